"""Work: one submission in, its marks and its drawn notebook out. Pure; runs in any process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from iop_training.content.snapshot import Snapshot
from iop_training.errors import CourseError
from iop_training.grading.autograde.draw import Drawer
from iop_training.grading.autograde.known import Known
from iop_training.grading.autograde.marks import Mark, marks_of
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.autograde.report import report_file
from iop_training.grading.autograde.scored import Scored
from iop_training.grading.autograde.submission import read_submission
from iop_training.grading.handed_in import HandedIn
from iop_training.grading.standing import standing_so_far
from iop_training.rendering.gates import urgent

_NEW_OBJECTS = 10_000
"""Objects made, and not yet gone, before a look for cycles among them; Python's own is 700."""


@dataclass(frozen=True)
class Graded:
    """What grading one submission made. ``notebook`` and ``report`` are the bytes of the files
    to write, the notebook's in pieces to join; ``flags`` are sentences for the supervisor, those
    about safety first, ``repairs`` what reading mended. With an ``error``, a sentence, all the rest
    is empty."""

    student: str
    marks: tuple[Mark, ...] = ()
    notebook: tuple[bytes, ...] = ()
    report: bytes = b""
    flags: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    error: str = ""


class Grader:
    """Grades the submissions of one assignment, one after the other. What repeats from one to the
    next is kept, within bounds: the first take several times as long as the later ones."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self._kept: dict[str, tuple[Known, Drawer]] = {}

    def grade(self, handed: HandedIn) -> Graded:
        """Grade a submission. Whatever happens is in the result: one never stops the others."""
        try:
            return self._graded(handed)
        except CourseError as error:
            return Graded(handed.student, error=str(error))
        except Exception as error:
            return Graded(handed.student, error=_unforeseen(error))

    def _graded(self, handed: HandedIn) -> Graded:
        prepared = self.prepared
        submission = read_submission(prepared, handed, lambda snapshot: self._of(snapshot)[0])
        drawer = self._of(submission.snapshot)[1]
        scores = submission.scores()
        marks = marks_of(prepared.notebook["cells"], scores, prepared.assignment)
        scored = Scored(submission, scores)
        drawn = drawer.notebook(scored, standing_so_far(prepared.standard, scores.values()))
        return Graded(
            handed.student,
            tuple(marks),
            (*drawn, b"\n"),
            report_file(scored),
            (*urgent(scored.gates), *scored.flags),
            submission.repairs,
        )

    def _of(self, snapshot: Snapshot) -> tuple[Known, Drawer]:
        if snapshot.release not in self._kept:
            drawer = Drawer(self.prepared.notebook, snapshot, self.prepared.program)
            self._kept[snapshot.release] = Known(snapshot.items), drawer
        return self._kept[snapshot.release]


@contextmanager
def settled() -> Iterator[None]:
    """For those who grade many: Python's garbage collector leaves out what is here by now, modules
    and keys, which it would go through every few hundred submissions, and looks for cycles once in
    several submissions, where it would do so several times in each."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _unforeseen(error: Exception) -> str:
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else "unknown place"
    return (
        f"It could not be graded, and nothing was recorded for it: {type(error).__name__}: "
        f"{error} ({place}). This is a fault of the grader; please report it with that line."
    )
