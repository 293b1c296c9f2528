"""The feedback page by the sort of assignment: nbgrader's own where code is the answer."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor

from iop_training.grading.code.sort import has_code
from iop_training.grading.feedback import FeedbackPage


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
