"""Folder: the autograded submission on disk, as nbgrader leaves it, whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

from iop_training.grading.autograde.report import REPORT
from iop_training.grading.batch.work import Graded
from iop_training.grading.course import CourseFolder
from iop_training.grading.files import share, write_new
from iop_training.grading.handed_in import HandedIn

_LEFT_OVER = 3600
"""Seconds after which a temporary folder is one that a killed run left, where it is not known
whether the run still goes on: it is on another machine that shares the disk, or on Windows."""
_HOST = socket.gethostname()


class Folders:
    """Writes what nbgrader would have written for one assignment, with its permissions."""

    def __init__(self, course: CourseFolder, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.shared: bool = course.setting("groupshared")
        digits = course.config.Autograde.get("permissions", 664 if self.shared else 444)
        self.mode = int(str(digits), 8)

    def write(self, handed: HandedIn, graded: Graded) -> None:
        """Put the drawn notebook, the report and what came with the submission into
        ``autograded/<student>/<assignment>``; OSError from the disk."""
        target = self.course.step("autograded", self.assignment, graded.student)
        self._sweep(target.parent)
        fresh = self._fresh(target.parent)
        for within in {name.rpartition("/")[0] for name in handed.contents} - {""}:
            (fresh / within).mkdir()
        for name, content in self._files(handed, graded).items():
            write_new(f"{fresh}/{name}", content, self.mode)
        self._put(fresh, target)
        if self.shared:
            inner = [path for path in target.rglob("*") if path.is_dir()]
            for folder in (self.course.step("autograded", ".", "."), target, *inner):
                share(folder)

    def _files(self, handed: HandedIn, graded: Graded) -> dict[str, bytes]:
        notebook = f"{self.assignment}.ipynb"
        others = {name: raw for name, raw in handed.contents.items() if name != notebook}
        return {**others, notebook: b"".join(graded.notebook), REPORT: graded.report}

    def _fresh(self, parent: Path) -> Path:
        """A new folder with a name that nobody has, whose maker can be told."""
        unique = secrets.token_hex(8)
        fresh = parent / f".{self.assignment}-{_HOST}-{os.getpid()}-{unique}"
        fresh.mkdir(0o700)
        fresh.chmod(0o755)
        return fresh

    def _put(self, fresh: Path, target: Path) -> None:
        """In the place of what is there; another grader may do the same at this moment."""
        old = fresh.with_name(fresh.name + ".old")
        for _ in range(10):
            with suppress(FileNotFoundError):
                target.rename(old)
            try:
                fresh.rename(target)
                break
            except OSError:
                shutil.rmtree(old, ignore_errors=True)
        else:
            raise OSError(f"{target} could not be replaced; is it open elsewhere?")
        if old.exists():
            shutil.rmtree(old, ignore_errors=True)

    def _sweep(self, parent: Path) -> None:
        """Make sure that there is ``parent``, without what killed runs left in it."""
        try:
            found = os.scandir(parent)
        except FileNotFoundError:
            parent.mkdir(parents=True, exist_ok=True)
            return
        with found:
            left = [entry for entry in found if entry.name.startswith(f".{self.assignment}-")]
        for entry in left:
            if _ended(entry.name) or _is_old(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_old(entry: os.DirEntry[str]) -> bool:
    """Whether a temporary folder is left over; not when its maker has just put it in its place."""
    try:
        return time.time() - entry.stat().st_mtime > _LEFT_OVER
    except FileNotFoundError:
        return False


def _ended(name: str) -> bool:
    """Whether the process that made the temporary folder ``name`` is known to be gone."""
    maker, _, process = name.rpartition("-")[0].rpartition("-")
    if sys.platform == "win32" or not maker.endswith(f"-{_HOST}") or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)  # only asks; on Windows it would end it
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
