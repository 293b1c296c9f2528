"""Where the exchange keeps feedback for trainees to fetch: ``<exchange>/<course>/feedback/``.

A page has a name that only the trainee can tell: a digest of the secret that was handed in with
the submission. nbgrader's ExchangeReleaseFeedback does the same for one student at a time; the
tests compare the two and let nbgrader fetch.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from iop_training.errors import GradingError
from iop_training.grading.course import CourseFolder

NBGRADERS_EXCHANGE = "/usr/local/share/nbgrader/exchange"
"""Where nbgrader has its exchange when the config file doesn't say."""


@dataclass(frozen=True)
class Outbox:
    """A feedback folder of the exchange that can be written."""

    folder: Path

    @classmethod
    def open(cls, course: CourseFolder) -> Outbox:
        """The course's; it is made when it isn't there. GradingError where it can't be used, for
        nbgrader's reasons."""
        if sys.platform == "win32":
            raise GradingError("The exchange needs Linux or macOS. Send the pages yourself.")
        root, shared = exchange_root(course), course.setting("groupshared")
        if not shared and not (root.is_dir() and os.access(root, os.W_OK | os.X_OK)):
            raise GradingError(f"The exchange {root} is no folder that you can write.")
        folder = root / course.setting("course_id") / "feedback"
        if not course.setting("course_id"):
            raise GradingError("c.CourseDirectory.course_id is not set in nbgrader_config.py.")
        if not folder.is_dir():
            folder.mkdir(parents=True)
            # Others can open a page whose name they know, and can't list the names.
            folder.chmod(0o2771 if shared else 0o711)
        elif not shared and folder.stat().st_uid != os.getuid():
            raise GradingError(f"{folder} belongs to another account, so nothing was put there.")
        return cls(folder)

    def put(self, page: Path, secret: str) -> None:
        """Put a page where who has the secret finds it; nobody ever sees half of it."""
        digest = hashlib.md5(f"{secret}{page.stem}".encode(), usedforsecurity=False).hexdigest()
        temporary = self.folder / f"{digest}-tmp.html"
        shutil.copy(page, temporary)
        temporary.replace(self.folder / f"{digest}.html")


def exchange_root(course: CourseFolder) -> Path:
    """The folder of the exchange by the course's config file."""
    for section in (course.config.ExchangeReleaseFeedback, course.config.Exchange):
        if "root" in section:
            return Path(section.root)
    return Path(NBGRADERS_EXCHANGE)
