"""Several programs at one gradebook: what each does, run in processes that begin together."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from iop_training.grading import grade as batch
from iop_training.grading.course import CourseFolder
from iop_training.grading.database import alone
from iop_training.grading.registry import register_release

# Importing nbgrader takes seconds: one process does it, and all others are copies of it. That one
# knows installed packages only, and passes over a name that it doesn't find.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["iop_training.grading.grade"])
WAIT_SECONDS = 120


def at_once(*jobs: tuple[Callable[..., Any], Any]) -> list[Any]:
    """The results of (function, *arguments), each in a process of its own; what one raises is
    raised here."""
    together = CONTEXT.Barrier(len(jobs))
    with ProcessPoolExecutor(len(jobs), CONTEXT, _meet, (together,)) as pool:
        return [f.result(WAIT_SECONDS) for f in [pool.submit(*job) for job in jobs]]


def _meet(together: Any) -> None:
    together.wait(WAIT_SECONDS)


def grade_them(root: Path, students: Sequence[str], again: bool) -> list[tuple[str, str, str]]:
    """One grader's share: (student, status, message). In transactions of two, so that there are
    many to get in the way of."""
    batch.CHUNK = 2
    results = batch.grade(root, "m01", list(students), again=again)
    return [(r.student, r.status, r.message) for r in results]


def score_by_hand(root: Path, points: dict[str, float]) -> None:
    """What Formgrader does when somebody types points and a comment for each written answer:
    one gradebook that stays open, and a commit for each field."""
    directory = CourseFolder.open(root).directory()
    with Gradebook(directory.db_url, directory.course_id) as book:
        for student, score in points.items():
            cell = ("m01-w01", "m01", "m01", student)
            given = book.find_grade_by_id(book.find_grade(*cell).id)
            given.manual_score, given.extra_credit, given.needs_manual_grade = score, 0.5, False
            book.db.commit()
            comment = book.find_comment_by_id(book.find_comment(*cell).id)
            comment.manual_comment = f"Well said, {student}."
            book.db.commit()


def register(root: Path) -> bool:
    """Whether it was this process that registered the release."""
    return register_release(root, "m01")


def die_holding_the_lock(root: Path) -> None:
    """Killed, as by the system, in the middle."""
    with alone(CourseFolder.open(root).directory().db_url):
        os.kill(os.getpid(), signal.SIGKILL)
