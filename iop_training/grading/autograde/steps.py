"""What nbgrader runs on a submission (see nbgrader_config.py): answers are drawn, scores saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from iop_training.grading.autograde.draw import Drawer
from iop_training.grading.autograde.marks import mark_of
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.autograde.report import REPORT, report_file
from iop_training.grading.autograde.scored import Scored
from iop_training.grading.autograde.submission import read_submission
from iop_training.grading.handed_in import read_handed_in
from iop_training.grading.standing import standing_so_far


class DrawAnswers(NbGraderPreprocessor):
    """Reads and scores the submission, leaves ``resources["iop"]`` (item id to Score) for
    SaveScores, and writes iop-report.json beside the notebook."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Fill the outputs of the ask cells and the cells of written answers."""
        course, ids = self.parent.parent.coursedir, resources["nbgrader"]
        assignment, student = ids["assignment"], ids["student"]
        released = Path(
            course.format_path(course.release_directory, ".", assignment),
            f"{ids['notebook']}.ipynb",
        )
        folder = Path(course.format_path(course.submitted_directory, student, assignment))
        prepared = Prepared.load(Path(course.root), released)
        submission = read_submission(prepared, read_handed_in(folder, student, assignment))
        scores = submission.scores()
        standing = standing_so_far(prepared.standard, scores.values())
        scored = Scored(submission, scores)
        drawer = Drawer(nb, submission.snapshot, prepared.program)
        resources["iop"] = scores
        resources["outputs"] = {
            **(resources["outputs"] or {}),
            REPORT: report_file(scored),
        }
        drawn = json.loads(b"".join(drawer.notebook(scored, standing)))
        return nbformat.from_dict(drawn), resources


class SaveScores(SaveAutoGrades):
    """nbgrader's step with our scores in the place of those it infers from outputs. Manual
    scores stay; nbgrader flags each of them so that a person looks again."""

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        grade = self._find("grade", cell)
        mark = mark_of(cell, resources["iop"], self.assignment_id)
        mark.check(grade.max_score, self.assignment_id)
        grade.auto_score = mark.auto_score
        grade.needs_manual_grade = mark.waits or grade.manual_score is not None
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        mark = mark_of(cell, resources["iop"], self.assignment_id)
        self._find("comment", cell).auto_comment = mark.auto_comment
        self.gradebook.db.commit()

    def _find(self, what: str, cell: NotebookNode) -> Any:
        find = getattr(self.gradebook, f"find_{what}")
        return find(
            cell.metadata["nbgrader"]["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
