"""The batch grader and ``nbgrader autograde`` give the same: every row, every file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from grading.books import autograded, sqlite_book
from grading.people import RIGHT, journal_of, release_hash, submitted
from nbgrader.api import Gradebook

from iop_training.grading.grade import grade
from iop_training.grading.registry import register_release
from iop_training.responses import Journal

WRITTEN = {**RIGHT, "m01-w01": "I would ask, then <b>listen</b>."}
LATER = "2026-11-30 08:00:00.000000 UTC"
Spoil = Callable[[Path, Path], None]


def _write(name: str, content: bytes) -> Spoil:
    return lambda course, folder: (folder / name).write_bytes(content) and None


def _remove(name: str) -> Spoil:
    return lambda course, folder: (folder / name).unlink()


def _append(line: bytes) -> Spoil:
    def spoil(course: Path, folder: Path) -> None:
        path = journal_of(folder)
        path.write_bytes(path.read_bytes() + line)

    return spoil


def _again(course: Path, folder: Path) -> None:
    """A second answer after handing in."""
    Journal.open(folder, "m01", "m01", folder.parent.name, release_hash(course)).answer(
        "m01-q01", "a"
    )
    (folder / "answers" / ".m01.lock").unlink()


ODD: dict[str, tuple[dict[str, Any], Spoil | None]] = {
    "right": (WRITTEN, None),
    "wrong": ({"m01-q01": "a", "m01-q02": ["b"]}, None),
    "part": ({"m01-q01": "b", "m01-q02": ["a"], "m01-w01": "x"}, None),
    "blank": ({}, None),
    "spaces": ({"m01-w01": " \n"}, None),
    "torn": (WRITTEN, _append(b'{"v":1,"seq":99,"pr')),
    "foreign": (RIGHT, _append(b'{"v":1,"seq":50,"prev":"","at":"","type":"answer"}\n')),
    "unknown": (
        RIGHT,
        _append(
            b'{"v":1,"seq":9,"prev":"","at":"","type":"answer","item":"m09-q01","value":"a"}\n'
        ),
    ),
    "wrongtype": (
        RIGHT,
        _append(
            b'{"v":1,"seq":9,"prev":"","at":"","type":"answer","item":"m01-q01","value":[7]}\n'
        ),
    ),
    "changed": (WRITTEN, _again),
    "nojournal": ({}, _remove("answers/m01.jsonl")),
    "noreceipt": (RIGHT, _remove("receipt.json")),
    "otherpage": (RIGHT, _write("m01.ipynb", b'{"cells": [], "metadata": {}, "nbformat": 4}')),
    "late": (WRITTEN, _write("timestamp.txt", LATER.encode())),
    "notime": (RIGHT, _remove("timestamp.txt")),
    "says": (
        RIGHT,
        _write("lesson.json", b'{"objections":[{"item":"m01-f01","at":"","text":"No <i>"}]}'),
    ),
}
"""Everybody's answers, and what is done to the submission then."""


@pytest.fixture(scope="module")
def cohort(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with everybody's submission, a due date, and one person with an extension."""
    course = Path(shutil.copytree(template, tmp_path_factory.mktemp("cohort") / "course"))
    for student, (answers, spoil) in ODD.items():
        folder = submitted(course, student, answers, tmp_path_factory.mktemp(student))
        if spoil:
            spoil(course, folder)
    register_release(course, "m01")
    with _open(course) as book:
        book.update_or_create_assignment("m01", duedate=datetime(2026, 11, 25))
    return course


def _open(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop")


def _by_hand(course: Path) -> None:
    """What a supervisor does in Formgrader."""
    with _open(course) as book:
        mark = book.find_grade("m01-w01", "m01", "m01", "right")
        mark.manual_score, mark.extra_credit, mark.needs_manual_grade = 3.0, 0.5, False
        book.find_comment("m01-w01", "m01", "m01", "right").manual_comment = "Good."
        mark = book.find_grade("m01-q01", "m01", "m01", "wrong")
        mark.manual_score, mark.needs_manual_grade = 2.0, False
        book.grant_extension("m01", "late", days=2)
        book.find_submission("m01", "late").notebooks[0].flagged = True
        book.db.commit()


def _same_after(one: Path, other: Path) -> None:
    assert sqlite_book(one) == sqlite_book(other)
    ours, theirs = autograded(one), autograded(other)
    assert ours.keys() == theirs.keys()
    for name, content in ours.items():
        assert content == theirs[name], name


@pytest.mark.parametrize("penalty", ["none", "zero"])
def test_the_same_rows_and_files_as_nbgrader(
    cohort: Path, tmp_path: Path, program: Any, penalty: str
) -> None:
    ours, theirs = (Path(shutil.copytree(cohort, tmp_path / n)) for n in ("ours", "theirs"))
    for course in (ours, theirs):
        config = course / "nbgrader_config.py"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace('penalty_method = "none"', f'penalty_method = "{penalty}"'))
    for again in ([], ["--force"]) if penalty == "none" else ([],):
        results = grade(ours, "m01", again=bool(again))
        assert {r.status for r in results} == {"graded"}
        done = program("-m", "nbgrader", "autograde", "m01", *again, cwd=theirs)
        assert done.returncode == 0, done.stderr
        _same_after(ours, theirs)
        for course in (ours, theirs):
            _by_hand(course)
