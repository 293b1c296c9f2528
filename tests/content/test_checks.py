"""Every fault an author can make is found, with file, line and remedy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from content.case_course import write_case_course
from content.course import write_course

from iop_training.content.checks import check_course
from iop_training.content.faults import Fault


def faults_of(root: Path) -> list[Fault]:
    return check_course(root, dt.date(2026, 11, 22))[1]


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first ``old``; returns the 1-based line it was in."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def test_is_a_sound_course_free_of_faults(tmp_path: Path) -> None:
    assert faults_of(write_course(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    points: 2\n", "    pionts: 2\n", "did you mean 'points'"),
        ("source: [guide]", "source: [giude]", "did you mean 'guide'"),
        ("source: [guide]", "source: []", "source"),
        ("kind: single_choice", "kind: single", "did you mean 'single_choice'"),
        ("use: graded", "use: grade", "allowed: 'formative' or 'graded'"),
        ("key: b", "key: z", "options are a, b, c"),
        ("key: [a, c]", "key: [a, b, c]", "at least one must not be"),
        ("id: m01-q02", "id: m01-q01", "used already"),
        ("id: m01-q02", "id: m02-q02", "must start with"),
        ("rubric: m01-w01", "rubric: m01-w02", "no rubric 'm01-w02'"),
        ("points: 4", "points: 5", "make them equal"),
        ("competency: [TAP21-074]", "competency: [TAP21-999]", "TAP21-999"),
        ("    stem: |\n      Which is first?", "    stem: Which is first?", "stem: |"),
        ("Which is first?", "Which addict is first?", "can stigmatize"),
        ("Which is first?", "Which is *really* first?", "'*really*' is Markdown"),
        ("Which is first?", "Which is [first](#glossary:iop)?", "is Markdown"),
        ("    key: b\n", "    key: b\n    review_by: 2026-01-01\n", "looked at again"),
        ("    key: b\n", "    key: b\n    domain: driving\n", "allowed: 'suicide'"),
        ("    key: b\n", "    key: b\n    review: {status: signed}\n", "needs a date"),
        (
            "        rationale: |\n"
            "          Reason for practice option a, kept secret when graded\n",
            "",
            "rationale is missing",
        ),
        (
            "        rationale: |\n          Reason for practice option a",
            "        harm: serious\n        rationale: |\n          Reason for practice option a",
            "harm and harm_reason go together",
        ),
        ("practice option b\n", "practice option a\n", "say the same"),
    ],
)
def test_is_a_fault_in_an_item_named_by_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    write_course(tmp_path)
    line = edit(tmp_path / "data/items/m01.yaml", old, new)
    found = [f for f in faults_of(tmp_path) if says in f.message]
    assert found, [str(f) for f in faults_of(tmp_path)]
    assert found[0].file == "data/items/m01.yaml"
    assert abs(found[0].line - line) <= 14


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('ask(\\"m01-q01\\")', 'ask(\\"m01-q09\\")', "did you mean 'm01-q0"),
        ('ask(\\"m01-q01\\")', 'ask(\\"m01-f01\\")', "takes graded items"),
        ('ask(\\"m01-q01\\")', "print(1)", "not a single course call"),
        ('ask(\\"m01-q01\\")', 'ask(\\"m01-q02\\")', "more than once"),
        ('"points": 2', '"points": 1', "make them equal"),
        ('"grade_id": "m01-q01"', '"grade_id": "x"', "grade_id must equal"),
        ('"id": "m01-w01"', '"id": "m01-w02"', "grade_id must equal"),
        ("{", "[", "not a readable notebook"),
    ],
)
def test_is_a_fault_in_a_notebook_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    write_course(tmp_path)
    edit(tmp_path / "source/m01/m01.ipynb", old, new)
    found = [f for f in faults_of(tmp_path) if says in f.message]
    assert found and found[0].file == "source/m01/m01.ipynb"


def test_does_a_graded_key_need_a_source_that_was_read(tmp_path: Path) -> None:
    write_course(tmp_path)
    edit(
        tmp_path / "data/references.yaml",
        "evidence: read\n    checked: 2026-01-01",
        "evidence: known",
    )
    found = [f for f in faults_of(tmp_path) if "nobody has read" in f.message]
    assert len(found) == 3


def test_are_all_faults_told_at_once(tmp_path: Path) -> None:
    write_course(tmp_path)
    path = tmp_path / "data/items/m01.yaml"
    edit(path, "use: graded", "use: grade")
    edit(path, "points: 3", "points: many")
    edit(tmp_path / "data/rubrics/m01-w01.yaml", "mastery: |", "mastry: |")
    files = {(f.file, f.line) for f in faults_of(tmp_path)}
    assert {f for f, _ in files} >= {"data/items/m01.yaml", "data/rubrics/m01-w01.yaml"}
    assert len(files) >= 3


@pytest.mark.parametrize(
    ("old", "new"), [("    points: 2\n", "    pionts: 2\n"), ("items:\n", "items: :\n")]
)
def test_does_one_slip_not_bury_itself_under_its_consequences(
    tmp_path: Path, old: str, new: str
) -> None:
    write_course(tmp_path)
    edit(tmp_path / "data/items/m01.yaml", old, new)
    assert {f.file for f in faults_of(tmp_path)} == {"data/items/m01.yaml"}


def test_is_a_graded_reason_told_that_a_lesson_gives_away(tmp_path: Path) -> None:
    write_course(tmp_path)
    reason = "Reason for graded option a, kept secret when graded"
    edit(tmp_path / "notebooks/m01.ipynb", "# A lesson", f"# A lesson: {reason}")
    found = [f for f in faults_of(tmp_path) if "word for word" in f.message]
    assert [f.file for f in found] == ["data/items/m01.yaml"]
    lines = (tmp_path / "data/items/m01.yaml").read_text().splitlines()
    assert lines[found[0].line].strip() == reason
    assert "notebooks/m01.ipynb, cell 2" in found[0].message


def test_is_a_reason_of_an_assessed_case_not_that_of_a_practice_case(tmp_path: Path) -> None:
    course = write_case_course(tmp_path)
    why = '"Done" can mean suicide. Asking directly puts no idea'
    edit(course / "data/cases/c90.yaml", why, f"Graded. {why}")
    (copied,) = [f for f in faults_of(course) if "word for word" in f.message]
    assert copied.file == "data/cases/a90.yaml" and copied.line > 1
    assert "data/cases/c90.yaml" in copied.message and copied.level == "error"
