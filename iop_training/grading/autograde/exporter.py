"""The released notebook in the place of the submitted one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from iop_training.errors import GradingError


class ReleasedNotebook(NotebookExporter):
    """nbgrader's exporter for autograding. Asked for a submitted notebook it gives the
    released one and leaves the other unread: a broken or hostile file can do nothing then. In the
    second pass it reads the autograded notebook as usual."""

    def from_filename(
        self, filename: str, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert; GradingError when the assignment isn't released."""
        course, ids = self.parent.coursedir, resources["nbgrader"]
        submitted = course.format_path(
            course.submitted_directory, ids["student"], ids["assignment"]
        )
        path = Path(filename)
        if path.parent == Path(submitted):
            path = Path(
                course.format_path(course.release_directory, ".", ids["assignment"]), path.name
            )
            if not path.is_file():
                raise GradingError(
                    f"{path.name} is not in release/{ids['assignment']}. Run: "
                    f"iop-training release {ids['assignment']}"
                )
        converted: tuple[str, dict[str, Any]] = super().from_filename(str(path), resources, **kw)
        return converted
