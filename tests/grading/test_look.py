"""A short answer that is close in spelling: it waits for a supervisor, whose points stay."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from content.kinds import IDS, write_kinds
from nbgrader.api import Gradebook

from iop_training.content.snapshot import load_snapshot
from iop_training.grading.cohort import hand_in_zip
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import Result, grade
from iop_training.grading.keys import released_bundle
from iop_training.grading.release import release

ITEM = IDS["short_text"]
SENTENCE = "“nalaxone” is close to “naloxone” in spelling."


@pytest.fixture(scope="module")
def answered(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of every kind; ann is close, bob is right, cleo is neither."""
    made = tmp_path_factory.mktemp("look")
    course = write_kinds(made / "course")
    shutil.copyfile(root / "nbgrader_config.py", course / "nbgrader_config.py")
    release(course, "m00")
    released = course / "release/m00/m00.ipynb"
    snapshot = load_snapshot(course, "m00", released_bundle(released).release)
    answers = {"ann": "nalaxone", "bob": "Narcan", "cleo": "water"}
    zips = [
        hand_in_zip(made / who, released, snapshot, who, {ITEM: text})
        for who, text in answers.items()
    ]
    assert not collect(course, "m00", zips).refused
    return course


@pytest.fixture
def gradebook(answered: Path) -> Callable[[], Any]:
    """Opens the gradebook as Formgrader does."""

    @contextmanager
    def opened() -> Iterator[Gradebook]:
        with Gradebook(f"sqlite:///{answered / 'gradebook.db'}", "iop") as book:
            yield book

    return opened


def _grade(book: Gradebook, student: str) -> tuple[float, float | None, float, bool]:
    found = book.find_grade(ITEM, "m00", "m00", student)
    return found.auto_score, found.manual_score, found.score, found.needs_manual_grade


def test_does_a_slip_in_spelling_wait_and_do_given_points_stay(
    answered: Path, gradebook: Callable[[], Any]
) -> None:
    results: dict[str, Result] = {r.student: r for r in grade(answered, "m00")}
    assert {student: r.to_read for student, r in results.items()} == {"ann": 1, "bob": 0, "cleo": 0}
    assert any(SENTENCE in flag for flag in results["ann"].flags)
    assert not any("spelling" in flag for who in ("bob", "cleo") for flag in results[who].flags)
    page = (answered / "autograded/ann/m00/m00.ipynb").read_text(encoding="utf-8")
    assert page.count("in spelling") == 2, "once in the head, once at the item"
    with gradebook() as book:
        assert _grade(book, "ann") == (0.0, None, 0.0, True)
        assert _grade(book, "bob") == (2.0, None, 2.0, False)
        assert _grade(book, "cleo") == (0.0, None, 0.0, False)
        given = book.find_grade(ITEM, "m00", "m00", "ann")
        given.manual_score, given.needs_manual_grade = 1.5, False
        book.db.commit()

    grade(answered, "m00", again=True)
    with gradebook() as book:
        assert _grade(book, "ann") == (0.0, 1.5, 1.5, True)
    assert not any(generate_feedback(answered, "m00").values())
    feedback = (answered / "feedback/ann/m00/m00.html").read_text(encoding="utf-8")
    assert "1.5 of 2 points" in feedback and "in spelling" not in feedback
    assert "Your supervisor changed this score by hand" in feedback
