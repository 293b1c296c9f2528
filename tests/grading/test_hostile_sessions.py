"""Sessions written by hand, graded in one batch with an honest one: what can't have been played
has no points, and a person is asked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from content.sessions import GOOD, ITEM, answer, session, the_case
from grading.hostile.declare import Hostile
from grading.hostile.everybody import SESSION_SET
from grading.people import session_zip
from nbgrader.api import Gradebook

from iop_training.grading.collect import collect
from iop_training.grading.grade import Result, grade

HONEST = "z-honest"


@pytest.fixture(scope="module")
def graded(sessions: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Result]]:
    """The course with everybody's session graded."""
    made = tmp_path_factory.mktemp("hostile-sessions")
    course = Path(shutil.copytree(sessions, made / "course"))
    case = the_case(course)
    values = {name: one.make(case) for name, one in SESSION_SET.items()}
    values[HONEST] = answer(session(case, GOOD))
    zips = [session_zip(course, made, who, value) for who, value in values.items()]
    assert not collect(course, "m13", zips).refused
    return course, grade(course, "m13")


@pytest.mark.parametrize("one", SESSION_SET.values(), ids=SESSION_SET.keys())
def test_does_a_session_earn_what_can_have_been_played(
    graded: tuple[Path, list[Result]], one: Hostile
) -> None:
    course, results = graded
    result = next(r for r in results if r.student == one.name)
    assert result.status == "graded", result.message
    report = course / "autograded" / one.name / "m13" / "iop-report.json"
    told = "\n".join([*result.flags, *json.loads(report.read_text(encoding="utf-8"))["repairs"]])
    for words in one.says:
        assert words in told, told
    assert row(course, one.name) == (pytest.approx(one.earns[0][0]), one.earns[0][1])
    page = report.with_name("m13.ipynb").read_text(encoding="utf-8")
    assert "<script>window" not in page


def test_is_the_honest_session_served_as_ever(graded: tuple[Path, list[Result]]) -> None:
    course, results = graded
    (honest,) = [r for r in results if r.student == HONEST]
    assert (honest.points, honest.flags) == (28.0, ())
    assert row(course, HONEST) == (26.0, False)


def row(course: Path, student: str) -> tuple[float | None, bool]:
    """What the gradebook has for the session, and whether a person is asked."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        found = book.find_grade(ITEM, "m13", "m13", student)
        return found.auto_score, found.needs_manual_grade
