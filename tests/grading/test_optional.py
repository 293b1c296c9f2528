"""An optional written task: it can only add, and nobody is told that it is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from content.course import markdown
from people import RIGHT, submitted

from iop_training.content.checks import check_course
from iop_training.grading.autograde.report import read_report
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.release import release

REQUIRED = RIGHT | {"m01-w01": "Because of this."}


@pytest.fixture
def course(course: Path) -> Path:
    """The small course with its written task made optional, released anew."""
    items, source = course / "data" / "items" / "m01.yaml", course / "source" / "m01" / "m01.ipynb"
    text = items.read_text(encoding="utf-8")
    items.write_text(
        text.replace("    rubric: m01-w01\n", "    rubric: m01-w01\n    optional: true\n"),
        encoding="utf-8",
    )
    notebook = json.loads(source.read_text(encoding="utf-8"))
    at = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "m01-w01")
    notebook["cells"][at] = markdown(
        "m01-w01", "Your supervisor.", grade=True, solution=True, locked=False, points=0
    )
    source.write_text(json.dumps(notebook), encoding="utf-8")
    release(course, "m01")
    return course


def test_a_blank_one_costs_nothing_and_is_not_asked_for(course: Path, tmp_path: Path) -> None:
    submitted(course, "ann", RIGHT, tmp_path)
    (result,) = grade(course, "m01")
    assert (result.points, result.max_points, result.to_read) == (5.0, 5.0, 0)
    report = read_report(course / "autograded" / "ann" / "m01")
    assert (report["answered"], report["total"]) == (2, 2)


def test_what_a_supervisor_adds_comes_on_top(
    course: Path, tmp_path: Path, gradebook: Callable[[], Any]
) -> None:
    submitted(course, "ann", REQUIRED, tmp_path)
    (result,) = grade(course, "m01")
    assert (result.points, result.max_points, result.to_read) == (5.0, 5.0, 1)
    with gradebook() as book:
        book.find_grade("m01-w01", "m01", "m01", "ann").extra_credit = 3
        book.db.commit()
        assert book.find_submission("m01", "ann").score == 8.0


def test_does_feedback_say_what_an_optional_one_did(
    course: Path, tmp_path: Path, gradebook: Callable[[], Any]
) -> None:
    def points(student: str) -> str:
        generate_feedback(course, "m01", [student])
        page = course / "feedback" / student / "m01" / "m01.html"
        (last,) = re.findall(
            r'Question 3 <span class="points">(.*?)</span>', page.read_text("utf-8"), re.S
        )
        return " ".join(last.split())

    submitted(course, "ann", REQUIRED, tmp_path)
    submitted(course, "bob", RIGHT, tmp_path)
    grade(course, "m01")
    assert points("bob") == "optional, no answer"
    assert points("ann") == "optional, not read yet"
    with gradebook() as book:
        mark = book.find_grade("m01-w01", "m01", "m01", "ann")
        mark.extra_credit, mark.needs_manual_grade = 3, False
        book.db.commit()
    assert points("ann") == "optional: 3 points added"


def test_no_verdict_waits_for_one_and_added_points_count(
    course: Path, tmp_path: Path, gradebook: Callable[[], Any]
) -> None:
    submitted(course, "ann", REQUIRED | {"m01-q01": "a"}, tmp_path)
    (result,) = grade(course, "m01")
    assert result.standing and result.standing.verdict == "borderline: more evidence"
    error = result.standing.error
    with gradebook() as book:
        book.find_grade("m01-w01", "m01", "m01", "ann").extra_credit = 3
        book.db.commit()
    (result,) = grade(course, "m01")
    assert result.standing and (result.standing.points, result.standing.error) == (6.0, error)


def test_says_check_where_the_notebook_counts_it(course: Path) -> None:
    source = course / "source" / "m01" / "m01.ipynb"
    source.write_text(
        source.read_text(encoding="utf-8").replace('"points": 0', '"points": 4'), encoding="utf-8"
    )
    faults = [str(fault) for fault in check_course(course)[1] if fault.level == "error"]
    assert len(faults) == 1 and "0 in data/items (it is optional)" in faults[0]


def test_can_only_what_people_grade_be_optional(course: Path) -> None:
    items = course / "data" / "items" / "m01.yaml"
    text = items.read_text(encoding="utf-8")
    items.write_text(
        text.replace("    points: 2\n", "    points: 2\n    optional: true\n"), encoding="utf-8"
    )
    faults = [str(fault) for fault in check_course(course)[1] if fault.level == "error"]
    assert any("only an item that people grade" in fault for fault in faults)
