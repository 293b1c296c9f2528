"""Which assignments have code. The released notebook says it, never a submitted one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from iop_training.content.notebooks import says_code
from iop_training.grading.files import read_json
from iop_training.grading.handed_in import MAX_NOTEBOOK

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory


def has_code(directory: CourseDirectory, assignment: str) -> bool:
    """Whether the released notebook of an assignment is marked as one with code; False as long as
    it is not released."""
    folder = directory.format_path(directory.release_directory, ".", assignment)
    return marked(Path(directory.root, folder, f"{assignment}.ipynb"))


def marked(released: Path) -> bool:
    """The same of the released notebook at this path."""
    try:
        return _marked(released, released.stat().st_mtime_ns)
    except OSError:
        return False


@lru_cache(maxsize=64)
def _marked(path: Path, _changed: int) -> bool:
    """Collecting asks for each submission; the file is read again only when it changed."""
    return says_code(read_json(path, MAX_NOTEBOOK))
