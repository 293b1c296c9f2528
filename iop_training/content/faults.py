"""Fault: what is wrong, where, what is allowed and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, order=True)
class Fault:
    """One finding. ``level`` "error" stops a release; "warning" and "note" inform.

    ``line`` is 1-based; 0 where a finding concerns a whole file.
    """

    file: str
    line: int
    message: str
    level: Literal["error", "warning", "note"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        mark = "" if self.level == "error" else f"{self.level}: "
        return f"{place}: {mark}{self.message}"


MOST_NAMES = 24
"""More allowed names than this are not all listed: a hundred would hide the fault itself."""


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """``allowed: a, b, c`` with the nearest one named first when one is near; of many names only
    the nearest are listed."""
    names = sorted(allowed)
    near = difflib.get_close_matches(found, names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    if len(names) > MOST_NAMES:
        some = sorted(difflib.get_close_matches(found, names, n=MOST_NAMES // 2, cutoff=0.3))
        return f"{hint}{len(names)} are allowed, such as: {', '.join(some or names[:3])}"
    return f"{hint}allowed: {', '.join(names)}"


def shown_path(path: Path, root: Path) -> str:
    """``path`` as an author would name it, relative to the course folder."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
