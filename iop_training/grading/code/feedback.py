"""The feedback page by the sort of assignment: nbgrader's own where code is the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.converters import GenerateFeedback

from iop_training.grading.code.sort import has_code
from iop_training.grading.course import CourseFolder
from iop_training.grading.feedback.exporter import FeedbackPage
from iop_training.grading.log import reason, run


class FeedbackBySort(FeedbackPage):
    """Our page; of an assignment with code nbgrader's, with its scores beside code and outputs."""

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page about the autograded notebook ``filename``."""
        page: tuple[str, dict[str, Any]]
        if has_code(self.parent.coursedir, resources["nbgrader"]["assignment"]):
            page = self._of_nbgrader().from_filename(filename, resources, **kw)
        else:
            page = super().from_filename(filename, resources, **kw)
        return page

    def _of_nbgrader(self) -> HTMLExporter:
        exporter = HTMLExporter(parent=self.parent, config=self.parent.config)
        exporter.template_name = "feedback"
        exporter._preprocessors = list(self._preprocessors)
        exporter.register_preprocessor(CSSHTMLHeaderPreprocessor, enabled=True)
        return exporter


def generate_one_by_one(
    course: CourseFolder,
    assignment: str,
    students: Iterable[str],
    progress: Callable[[str], None] | None = None,
) -> dict[str, str]:
    """The same as ``nbgrader generate_feedback --force`` for each of ``students``; student id to
    "" or to the reason why there is no page."""
    results = {}
    for student in students:
        directory = course.directory(assignment_id=assignment, student_id=student)
        tool = GenerateFeedback(coursedir=directory, config=course.config)
        tool.force = True
        outcome = run(tool)
        results[student] = "" if outcome["success"] else reason(outcome)
        if progress:
            progress(student)
    return results
