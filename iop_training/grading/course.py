"""CourseFolder: a course folder with its nbgrader settings, read from its own config file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from iop_training.errors import GradingError
from iop_training.grading.database import prepare

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class CourseFolder:
    """``root`` is absolute; ``config`` is what the course's nbgrader_config.py says, and
    nothing from a user-wide one, so that a course grades the same for everybody."""

    root: Path
    config: Config

    @classmethod
    def open(cls, root: Path) -> CourseFolder:
        """The course in ``root``; GradingError when there is none."""
        root = Path(root).absolute()
        if not (root / CONFIG).is_file():
            raise GradingError(
                f"{root} has no {CONFIG}, so it is no course folder. Run this in "
                "the folder of the course, or name that folder."
            )
        return cls(root, PyFileConfigLoader(CONFIG, path=str(root)).load_config())

    def directory(self, **settings: Any) -> CourseDirectory:
        """nbgrader's view of the folder; ``settings`` such as assignment_id, student_id."""
        return CourseDirectory(config=self.config, **settings)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """The gradebook, closed afterwards; made when it isn't there."""
        directory = self.directory()
        prepare(directory.db_url, directory.course_id)
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            yield gradebook

    def step(self, name: str, assignment: str, student: str = ".") -> Path:
        """Folder of a step ("release", "submitted", ...) of an assignment and a student."""
        directory = self.directory()
        step = getattr(directory, f"{name}_directory")
        return Path(directory.format_path(step, student, assignment))

    def released_notebook(self, assignment: str) -> Path:
        """The one notebook of a released assignment; GradingError when it isn't released."""
        path = self.step("release", assignment) / f"{assignment}.ipynb"
        if not path.is_file():
            raise GradingError(
                f"{assignment} is not released: release/{assignment}/{path.name} "
                f"is missing. Run: iop-training release {assignment}"
            )
        return path

    def students(self, step: str, assignment: str) -> list[str]:
        """Ids that have a folder of an assignment in a step ("submitted", "autograded"), sorted."""
        everybody = self.step(step, assignment, "*").parents[1]
        return sorted(p.parent.name for p in everybody.glob(f"*/{assignment}") if p.is_dir())
