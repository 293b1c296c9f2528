"""A feedback folder: the files nbgrader would put there, with its permissions, whole or not at
all."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_training.errors import GradingError
from iop_training.grading.course import CourseFolder
from iop_training.grading.files import Folder, share, write_new

MAX_FILE = 200_000_000


@dataclass(frozen=True)
class FolderRules:
    """What nbgrader's settings say of the folders: names that are ``ignored``, the permissions of
    files, whether a group ``shared`` them, and ``everything``, the folder of the step."""

    ignored: re.Pattern[str]
    permissions: int
    shared: bool
    everything: Path

    @classmethod
    def of(cls, course: CourseFolder) -> FolderRules:
        """As the course's nbgrader_config.py has them."""
        shared = course.setting("groupshared")
        settings = course.config.GenerateFeedback
        digits: Any = settings.get("permissions", 664 if shared else 644)
        return cls(
            _any_of([*course.setting("ignore"), "*.ipynb"]),
            int(str(digits), 8),
            shared,
            course.step("feedback", ".", "."),
        )

    def beside(self, graded: Path) -> dict[str, bytes]:
        """What goes along with a page: the files beside the graded notebook, by relative path.
        GradingError for links, which are never followed."""
        files = {}
        with Folder(graded) as held:
            for name in self._names(graded, ""):
                try:
                    files[name] = held.read(name, MAX_FILE)
                except OSError as error:
                    why = f"{graded / name} can't go along: {error.strerror}."
                    raise GradingError(why) from error
        return files

    def write(self, target: Path, files: dict[str, bytes]) -> None:
        """Make ``target`` a folder of exactly these files. One that is so already is left alone;
        else the new one is whole before it takes the place of the old one."""
        if self._is_so(target, files):
            return
        fresh = target.with_name(f".{target.name}.new")
        self.remove(fresh)
        try:
            self._fill(fresh, files)
            self.remove(target)
            fresh.rename(target)
        except OSError:
            self.remove(fresh)
            raise

    def remove(self, folder: Path) -> None:
        """Take away a folder, if there is one."""
        shutil.rmtree(folder, ignore_errors=True)

    def _names(self, folder: Path, within: str) -> Iterator[str]:
        with os.scandir(folder / within) as entries:
            kept = [e for e in entries if not self.ignored.fullmatch(e.name)]
        for entry in sorted(kept, key=lambda e: e.name):
            if entry.is_dir(follow_symlinks=False):
                yield from self._names(folder, f"{within}{entry.name}/")
            else:
                yield within + entry.name

    def _fill(self, folder: Path, files: dict[str, bytes]) -> None:
        for inner in sorted({(folder / name).parent for name in files}):
            inner.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_new(f"{folder}/{name}", content, self.permissions)
        if self.shared:
            for each in (self.everything, folder, *(p for p in folder.rglob("*") if p.is_dir())):
                share(each)

    def _is_so(self, target: Path, files: dict[str, bytes]) -> bool:
        there = {p.relative_to(target).as_posix(): p for p in target.rglob("*") if not p.is_dir()}
        return there.keys() == files.keys() and all(
            path.stat().st_mode & 0o7777 == self.permissions and path.read_bytes() == files[name]
            for name, path in there.items()
        )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Like a shell's patterns: a leading dot is matched by a dot only."""
    shells = [("" if p.startswith(".") else r"(?!\.)") + fnmatch.translate(p) for p in patterns]
    return re.compile("|".join(shells))
