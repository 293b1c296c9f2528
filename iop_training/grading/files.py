"""Reading and writing files that other people named: bounded, no links, whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from iop_training.grading import fast_json

_HELD = {os.open, os.stat} <= os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether a folder can be held open and files be reached through it; Windows can't."""
_FLAGS = os.O_RDONLY
for _name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY"):
    _FLAGS |= getattr(os, _name, 0)
_SPECIAL = (
    (stat.S_ISLNK, "it is a link"),
    (stat.S_ISFIFO, "it is a pipe (FIFO)"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


def special(info: os.stat_result) -> str | None:
    """A phrase for what is neither file nor folder, such as "it is a link"."""
    return next((phrase for test, phrase in _SPECIAL if test(info.st_mode)), None)


class Folder:
    """A folder that is held open. What is in it is reached through it and never by a path, so
    that nobody gains by putting a link in the place of a file or folder between look and read.

    Links are never followed, pipes and devices never opened. What can't be taken is an OSError
    whose ``strerror`` is a phrase; what isn't there is a FileNotFoundError.
    """

    def __init__(self, path: Path, within: Folder | None = None) -> None:
        self.path = path
        self._held: int | None = None
        info = within.look(path.name) if within else path.lstat()
        if phrase := special(info) or (None if stat.S_ISDIR(info.st_mode) else "it is a file"):
            raise OSError(0, f"{phrase}, not a folder")
        if _HELD:
            name, above = (path.name, within._held) if within else (path, None)
            self._held = os.open(name, _FLAGS | os.O_DIRECTORY, dir_fd=above)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._held is not None:
            os.close(self._held)

    def info(self) -> os.stat_result:
        """What is held, whatever has its name by now."""
        return self.path.lstat() if self._held is None else os.fstat(self._held)

    def look(self, name: str) -> os.stat_result:
        """What has this name in the folder; a link is not followed."""
        if self._held is None:
            return (self.path / name).lstat()
        return os.stat(name, dir_fd=self._held, follow_symlinks=False)

    def folder(self, name: str) -> Folder:
        """A folder in this one."""
        return Folder(self.path / name, self)

    def names(self, limit: int) -> tuple[list[str], bool]:
        """At most ``limit`` names, sorted, and whether there are more; the rest isn't listed."""
        with os.scandir(self.path if self._held is None else self._held) as entries:
            found = [entry.name for entry in islice(entries, limit + 1)]
        return sorted(found[:limit]), len(found) > limit

    @contextmanager
    def opened(
        self, name: str, limit: int, alone: bool = False, owners: Container[int] | None = None
    ) -> Iterator[BinaryIO]:
        """A regular file of at most ``limit`` bytes, to read from. ``alone`` refuses a file that
        has a second name somewhere (a hard link), ``owners`` those of other accounts."""
        seen = self.look(name)
        _check(seen, limit, alone, owners)
        path = self.path / name if self._held is None else name
        with os.fdopen(os.open(path, _FLAGS, dir_fd=self._held), "rb") as file:
            held = os.fstat(file.fileno())
            # The look came first and was of this very file: a hard link that was there only
            # while it was opened had been counted then.
            if _HELD and not os.path.samestat(seen, held):
                raise OSError(0, "it was exchanged while it was read")
            _check(held, limit, alone, owners)
            yield file

    def read(
        self, name: str, limit: int, alone: bool = False, owners: Container[int] | None = None
    ) -> bytes:
        """The bytes of such a file, which may be in a folder of this one: ``answers/m01.jsonl``."""
        above, _, below = name.partition("/")
        if below:
            with self.folder(above) as folder:
                return folder.read(below, limit, alone, owners)
        with self.opened(name, limit, alone, owners) as file:
            before = os.fstat(file.fileno())
            # Not the limit, which would be memory for the largest file at every small one.
            raw = file.read(min(before.st_size, limit) + 1)
            after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise OSError(0, "it was changed while it was read")
        if len(raw) > limit:
            raise OSError(0, _too_long(limit))
        return raw


def _check(
    info: os.stat_result, limit: int, alone: bool, owners: Container[int] | None = None
) -> None:
    if phrase := special(info):
        raise OSError(0, f"{phrase}, not a file")
    if not stat.S_ISREG(info.st_mode):
        raise OSError(0, "it is a folder, not a file")
    if alone and info.st_nlink > 1:
        raise OSError(0, "it is a hard link: the same file has another name on this disk")
    if owners is not None and info.st_uid not in owners:
        raise OSError(0, "it belongs to another account than its folder")
    if info.st_size > limit:
        raise OSError(0, _too_long(limit))


def _too_long(limit: int) -> str:
    return f"it has more than {limit:,} bytes"


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most ``limit`` bytes; OSError with a phrase for links,
    devices, folders and longer files, and for a file in a folder that is a link."""
    with Folder(path.parent) as folder:
        return folder.read(path.name, limit)


def read_json(path: Path, limit: int) -> Any:
    """The JSON value in a small regular file, or None when there is none that can be read."""
    try:
        return fast_json.loads(read_regular(path, limit))
    except (OSError, ValueError, RecursionError):
        return None


def write_whole(path: Path, content: str) -> None:
    """Write a text file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(content, encoding="utf-8")
    temporary.replace(path)


def write_new(path: str, content: bytes, mode: int) -> None:
    """Write a file that isn't there yet, with these permissions whatever the umask."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        if sys.platform == "win32":  # has no fchmod before Python 3.13
            Path(path).chmod(mode)
        else:
            os.fchmod(descriptor, mode)


def share(folder: Path) -> None:
    """Give a folder to its group, as nbgrader's setting ``groupshared`` has it."""
    mode = folder.stat().st_mode
    if mode & 0o2770 != 0o2770:
        folder.chmod((mode | 0o2770) & 0o2777)
