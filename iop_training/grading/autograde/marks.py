"""Marks: what the gradebook takes of a Score, the same whoever writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from iop_training.errors import GradingError
from iop_training.model import Score

NO_RESPONSE = "No response."
"""nbgrader's own words."""


class Mark(NamedTuple):
    """One cell by its grade id: ``auto_score`` is None while a person has yet to grade it,
    ``waits`` whether a person is to look; a cell that is answered has ``auto_comment`` None.
    ``is_grade`` and ``is_solution`` say which of nbgrader's tables it has a row in."""

    grade_id: str
    auto_score: float | None
    waits: bool
    auto_comment: str | None
    max_points: float
    is_grade: bool
    is_solution: bool

    def check(self, max_score: float, assignment: str) -> None:
        """GradingError when the gradebook has other points for the cell."""
        if max_score != self.max_points:
            raise GradingError(
                f"{self.grade_id} has {max_score:g} points in the gradebook and "
                f"{self.max_points:g} in the release. Run: iop-training release {assignment}"
            )


def marks_of(
    cells: Iterable[Mapping[str, Any]], scores: Mapping[str, Score], assignment: str
) -> list[Mark]:
    """The marks of all cells of the released notebook that nbgrader keeps a row of."""
    about = ((cell, cell["metadata"].get("nbgrader", {})) for cell in cells)
    return [
        mark_of(cell, scores, assignment)
        for cell, nbgrader in about
        if nbgrader.get("grade") or nbgrader.get("solution")
    ]


def mark_of(cell: Mapping[str, Any], scores: Mapping[str, Score], assignment: str) -> Mark:
    """The mark of one cell; GradingError when nothing was scored for it."""
    about = cell["metadata"]["nbgrader"]
    item = about["grade_id"]
    if item not in scores:
        raise GradingError(
            f"The released notebook of {assignment} asks for {item}, which the snapshot of that "
            "release has not. Restore release/ and data/snapshots/ together."
        )
    score = scores[item]
    yet = score.points is None
    return Mark(
        item,
        # Without a score nbgrader adds no extra credit either: all that an optional task has.
        None if yet and score.max_points else float(score.points or 0),
        yet or bool(score.look),
        NO_RESPONSE if score.blank else None,
        score.max_points,
        bool(about.get("grade")),
        bool(about.get("solution")),
    )
