"""CourseFolder: a course folder with its nbgrader settings, read from its own config file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine
from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue, PyFileConfigLoader

from iop_training.errors import GradingError
from iop_training.grading.code.sort import marked
from iop_training.grading.database import prepare

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

CONFIG = "nbgrader_config.py"
STANDARD_SETTINGS: dict[str, Any] = {
    "course_id": "",
    "directory_structure": "{nbgrader_step}/{student_id}/{assignment_id}",
    "groupshared": False,
    "ignore": [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"],
    "student_id_exclude": "",
}
"""What nbgrader's CourseDirectory has where the config file says nothing. Importing nbgrader to
ask it takes longer than a few hundred feedback pages do; a test compares."""


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

    def setting(self, name: str) -> Any:
        """One of :data:`STANDARD_SETTINGS` as the course has it, without importing nbgrader."""
        said = self.config.CourseDirectory.get(name, STANDARD_SETTINGS[name])
        if isinstance(said, LazyConfigValue):  # such as c.CourseDirectory.ignore.append(...)
            return said.get_value(STANDARD_SETTINGS[name])
        return said

    @cached_property
    def base(self) -> Path:
        """The folder that nbgrader's folders are in."""
        return Path(self.config.CourseDirectory.get("root", Path.cwd())).absolute()

    @property
    def db_url(self) -> str:
        """Where the gradebook is."""
        return str(
            self.config.CourseDirectory.get("db_url", f"sqlite:///{self.base / 'gradebook.db'}")
        )

    def directory(self, **settings: Any) -> CourseDirectory:
        """nbgrader's view of the folder; ``settings`` such as assignment_id, student_id."""
        from nbgrader.coursedir import CourseDirectory

        return CourseDirectory(config=self.config, **settings)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """The gradebook, closed afterwards; made when it isn't there."""
        from nbgrader.api import Gradebook

        directory = self.directory()
        prepare(directory.db_url, directory.course_id)
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            yield gradebook

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """The gradebook's database, for who doesn't need nbgrader's Gradebook, which takes long to
        import; made when it isn't there."""
        prepare(self.db_url, self.setting("course_id"))
        engine = create_engine(self.db_url)
        try:
            yield engine
        finally:
            engine.dispose()

    def step(self, name: str, assignment: str, student: str = ".") -> Path:
        """Folder of a step ("release", "submitted", ...) of an assignment and a student."""
        structure: str = self.setting("directory_structure")
        folder = structure.format(
            nbgrader_step=self.config.CourseDirectory.get(f"{name}_directory", name),
            student_id=student,
            assignment_id=assignment,
        )
        return self.base / folder

    def released_notebook(self, assignment: str) -> Path:
        """The one notebook of a released assignment; GradingError when it isn't released."""
        path = self.step("release", assignment) / f"{assignment}.ipynb"
        if not path.is_file():
            raise GradingError(
                f"{assignment} is not released: release/{assignment}/{path.name} "
                f"is missing. Run: iop-training release {assignment}"
            )
        return path

    def has_code(self, assignment: str) -> bool:
        """Whether the answers to a released assignment are code in its notebook."""
        return marked(self.step("release", assignment) / f"{assignment}.ipynb")

    def students(self, step: str, assignment: str) -> list[str]:
        """Ids that have a folder of an assignment in a step ("submitted", "autograded"), sorted."""
        everybody = self.step(step, assignment, "*").parents[1]
        return sorted(p.parent.name for p in everybody.glob(f"*/{assignment}") if p.is_dir())

    def graded(self, assignment: str) -> list[str]:
        """Ids of those whose submission was graded, sorted, without those whom the config file
        leaves out (``student_id_exclude``)."""
        left_out = self.setting("student_id_exclude").split(",")
        return [s for s in self.students("autograded", assignment) if s not in left_out]
