"""Writes the scores into nbgrader's gradebook."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from iop_training.errors import GradingError
from iop_training.model import Score


class SaveScores(SaveAutoGrades):
    """nbgrader's step with our scores in the place of those it infers from outputs. Manual
    scores stay; nbgrader flags each of them so that a person looks again."""

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        score = _score(cell, resources)
        grade = self._find("grade", cell)
        if grade.max_score != score.max_points:
            raise GradingError(
                f"{score.item} has {grade.max_score:g} points in the gradebook and "
                f"{score.max_points:g} in the release. Run: iop-training release "
                f"{self.assignment_id}"
            )
        waits = score.points is None
        # Without a score nbgrader adds no extra credit either: all that an optional task has.
        grade.auto_score = None if waits and score.max_points else float(score.points or 0)
        grade.needs_manual_grade = waits or bool(score.look) or grade.manual_score is not None
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        comment = self._find("comment", cell)
        comment.auto_comment = "No response." if _score(cell, resources).blank else None
        self.gradebook.db.commit()

    def _find(self, what: str, cell: NotebookNode) -> Any:
        find = getattr(self.gradebook, f"find_{what}")
        return find(
            cell.metadata["nbgrader"]["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )


def _score(cell: NotebookNode, resources: dict[str, Any]) -> Score:
    item, scores = cell.metadata["nbgrader"]["grade_id"], resources["iop"]
    if item not in scores:
        raise GradingError(
            f"The released notebook asks for {item}, which the snapshot of that "
            "release has not. Restore release/ and data/snapshots/ together."
        )
    score: Score = scores[item]
    return score
