"""The feedback page by nbgrader's own way: its command, and Formgrader's button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades
from traitlets import default

from iop_training.grading.autograde.report import read_report
from iop_training.grading.feedback.page import Entries, Entry, feedback_page
from iop_training.grading.standing import standard_of


class Grades(GetGrades):
    """nbgrader's step that brings scores and comments; also tells what nobody graded yet, and
    what a person is to look at (again)."""

    def _get_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata["nbgrader"]["grade_id"],
            self.notebook_id,
            self.assignment_id,
            self.student_id,
        )
        waiting = grade.auto_score is None and grade.manual_score is None
        cell.metadata["nbgrader"]["waiting"] = waiting
        cell.metadata["nbgrader"]["to_read"] = grade.needs_manual_grade


class FeedbackPage(Exporter):
    """The same page as :func:`iop_training.grading.feedback.generate_feedback` writes.

    Not an HTMLExporter: Formgrader sets the template of every HTMLExporter to nbgrader's own.
    """

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook after :class:`Grades`."""
        nb, resources = super().from_notebook_node(nb, resources)
        submission = resources["nbgrader"]
        standard = standard_of(Path(self.parent.coursedir.root), submission["assignment"])
        report = read_report(Path(resources["metadata"]["path"]))
        page = feedback_page(nb.cells, report, _entries(nb, submission), standard)
        return "".join(page), resources


def _entries(nb: NotebookNode, submission: dict[str, Any]) -> Entries:
    items = {}
    for cell in nb.cells:
        mark = cell.metadata.get("nbgrader", {})
        if "score" in mark:
            items[mark["grade_id"]] = Entry(
                mark["score"],
                mark["points"],
                mark["waiting"],
                mark["to_read"],
                mark.get("comment") or "",
            )
    return Entries(
        submission["student"],
        submission["score"],
        submission["max_score"],
        submission["late_penalty"],
        items,
    )
