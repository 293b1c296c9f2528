"""The batch grader and ``nbgrader autograde`` give the same: every row, every file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from grading.books import autograded, sqlite_book
from grading.odd import open_book

from iop_training.grading.grade import grade


def _by_hand(course: Path) -> None:
    """What a supervisor does in Formgrader."""
    with open_book(course) as book:
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
    odd: Path, tmp_path: Path, program: Any, penalty: str
) -> None:
    ours, theirs = (Path(shutil.copytree(odd, tmp_path / n)) for n in ("ours", "theirs"))
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
