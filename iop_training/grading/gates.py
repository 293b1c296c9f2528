"""The safety domains of each trainee, over all assignments that were autograded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry

from iop_training.grading.autograde.report import read_observations, read_report
from iop_training.grading.course import CourseFolder
from iop_training.scoring.gates import Gate, Observation, judge_all


@dataclass(frozen=True)
class TraineeGates:
    """One trainee: the domains observed so far, and the assignments they come from."""

    student: str
    assignments: tuple[str, ...]
    gates: tuple[Gate, ...]

    @property
    def urgency(self) -> int:
        """That of the most urgent gate, 0 without any."""
        return max((gate.urgency for gate in self.gates), default=0)


def trainee_gates(course_root: Path, students: Sequence[str] = ()) -> list[TraineeGates]:
    """Everybody's gates (or those of ``students``), the most urgent first, then by id.

    Points that a person gave in the gradebook count; harm stays what the answer did.
    GradingError when a report is missing or older than the gates.
    """
    course = CourseFolder.open(course_root)
    folders: dict[str, dict[str, Path]] = {}
    for folder in sorted(course.step("autograded", "*").parent.glob("*/*")):
        if folder.is_dir() and (not students or folder.parent.name in students):
            folders.setdefault(folder.parent.name, {})[folder.name] = folder
    with course.gradebook() as book:
        found = [_gates(book, student, each) for student, each in folders.items()]
    return sorted(found, key=lambda trainee: (-trainee.urgency, trainee.student))


def _gates(book: Any, student: str, folders: dict[str, Path]) -> TraineeGates:
    seen: list[Observation] = []
    for assignment, folder in folders.items():
        points = _points(book, assignment, student)
        seen += [o.with_points(points.get(o.item)) for o in read_observations(read_report(folder))]
    return TraineeGates(student, tuple(folders), judge_all(seen))


def _points(book: Any, assignment: str, student: str) -> dict[str, float]:
    """Item to points as the gradebook has them now; empty when it knows of no submission."""
    try:
        submission = book.find_submission(assignment, student)
    except MissingEntry:
        return {}
    return {g.name: g.score for notebook in submission.notebooks for g in notebook.grades}
