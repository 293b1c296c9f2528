"""nbgrader's step that reads a submission, scores it and draws it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from iop_training.content.program import read_program
from iop_training.grading.autograde.draw import draw
from iop_training.grading.autograde.report import REPORT, report_text
from iop_training.grading.autograde.submission import read_submission
from iop_training.grading.standing import standard_of, standing_so_far


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
        submission = read_submission(Path(course.root), folder, student, released)
        scores = submission.scores()
        root = Path(course.root)
        program, _ = read_program(root)
        standing = standing_so_far(standard_of(root, assignment), scores.values())
        draw(nb, submission, scores, standing, program)
        resources["iop"] = scores
        resources["outputs"] = {
            **(resources["outputs"] or {}),
            REPORT: report_text(submission, scores).encode(),
        }
        # Drawing leaves plain dicts; nbformat asks for its own.
        return from_dict(nb), resources
