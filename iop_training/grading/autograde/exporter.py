"""What is graded: the released notebook, or the submitted one where that holds the answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.coursedir import CourseDirectory

from iop_training.errors import GradingError
from iop_training.grading.code.sort import has_code
from iop_training.grading.files import read_regular
from iop_training.grading.handed_in import MAX_NOTEBOOK


class ReleasedNotebook(NotebookExporter):
    """nbgrader's exporter for autograding. Asked for a submitted notebook it gives the
    released one and leaves the other unread: a broken or hostile file can do nothing then. Of an
    assignment with code it gives the submitted one. In the second pass it reads the autograded
    notebook as usual."""

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert; GradingError when the assignment isn't released, or when a notebook with code
        can't be read."""
        course, ids = self.parent.coursedir, resources["nbgrader"]
        submitted = course.format_path(
            course.submitted_directory, ids["student"], ids["assignment"]
        )
        path = Path(filename)
        if path.parent == Path(submitted):
            path = _graded(path, course, ids["assignment"])
        converted: tuple[str, dict[str, Any]] = super().from_filename(str(path), resources, **kw)
        return converted


def _graded(submitted: Path, course: CourseDirectory, assignment: str) -> Path:
    if has_code(course, assignment):
        _check(submitted)
        return submitted
    folder = course.format_path(course.release_directory, ".", assignment)
    path = Path(folder, submitted.name)
    if not path.is_file():
        raise GradingError(
            f"{path.name} is not in release/{assignment}. Run: iop-training release {assignment}"
        )
    return path


def _check(path: Path) -> None:
    """GradingError for a notebook that is no regular file, too long, or no JSON."""
    try:
        json.loads(read_regular(path, MAX_NOTEBOOK))
    except (OSError, ValueError, RecursionError) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or "it is damaged"
        raise GradingError(
            f"The notebook, which holds the answers, can't be read: {why}. Ask for it to be handed "
            "in again."
        ) from error
