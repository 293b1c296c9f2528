"""Course folders to grade again and again: made once, put back before each run."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GRADEBOOK = "gradebook.db"


@dataclass(frozen=True)
class Folder:
    """A course folder in which ``count`` submissions of an assignment lie."""

    path: Path
    count: int
    kept: frozenset[str]

    @classmethod
    def of(cls, path: Path, count: int) -> Folder:
        """Remembers what is there now, with the gradebook as it is."""
        shutil.copyfile(path / GRADEBOOK, path / f"{GRADEBOOK}.before")
        names = frozenset(p.name for p in path.iterdir() if not p.name.startswith(GRADEBOOK))
        return cls(path, count, names)

    def reset(self) -> None:
        """As it was: what a run made is put away. Not removed, since ext4 then takes ten times as
        long to make files for a minute."""
        away = Path(tempfile.mkdtemp(prefix="away-", dir=self.path.parent))
        for path in self._made():
            path.rename(away / path.name)
        shutil.copyfile(self.path / f"{GRADEBOOK}.before", self.path / GRADEBOOK)

    def done(self) -> int:
        """How many submissions a run has graded so far."""
        return sum(path.is_dir() for path in (self.path / "autograded").glob("*"))

    def _made(self) -> Iterator[Path]:
        for path in list(self.path.iterdir()):
            if path.name not in self.kept and path.name != f"{GRADEBOOK}.before":
                yield path
