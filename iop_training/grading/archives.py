"""Zip files that may be anything: looked at before they are opened, read entry by entry into
memory within limits, never unpacked."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from iop_training.errors import GradingError
from iop_training.grading.names import shown

MAX_CONTENTS = 4_000_000
"""Bytes of a zip's table of contents, which is read as a whole: some 20,000 entries."""
MAX_RATIO, MOST_UNSUSPECTED = 200, 1_000_000
"""A file of more than so many bytes that shrank more than so many times is no person's work;
a journal of one line over and over shrinks some 50 times."""
_HEADER = 30
"""Bytes before the name in front of each entry."""
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class Archive:
    """An opened zip: ``entries`` are its files, in their order, without the folders."""

    def __init__(self, archive: zipfile.ZipFile, most: int) -> None:
        entries = archive.infolist()
        if len(entries) > most:
            raise GradingError(f"it has {len(entries):,} entries; {most:,} are the most.")
        _refuse_overlaps(entries)
        self._archive = archive
        self.entries = [e for e in entries if not e.is_dir()]

    def read(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """The content of an entry of at most ``limit`` bytes; GradingError when it has more, or
        when what is there is not what the table of contents says."""
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise GradingError("it is packed in a way that is not opened here.")
        if entry.file_size > limit:
            raise GradingError(f"it has more than {limit:,} bytes.")
        if entry.file_size > max(MOST_UNSUSPECTED, MAX_RATIO * entry.compress_size):
            raise GradingError(f"it is packed {MAX_RATIO} times and more, as no work is.")
        with _as_sentence(), self._archive.open(entry) as file:
            return file.read(limit)


@contextmanager
def open_archive(file: BinaryIO, most: int) -> Iterator[Archive]:
    """The zip in ``file``, with at most ``most`` entries. GradingError when it is none, or one
    that nobody packs by chance."""
    bounded = _Bounded(file)
    with _as_sentence():
        archive = zipfile.ZipFile(bounded)
    with archive:
        bounded.most = None
        yield Archive(archive, most)


def trick(entry: zipfile.ZipInfo) -> str | None:
    """Why an entry is left alone whatever it is: its name leads elsewhere, or it is no file."""
    name = entry.orig_filename
    parts = name.split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if "\0" in name:
        return "its name has a NUL in it"
    if "\\" in name:
        return "its name has a backslash in it"
    if name.startswith("/") or re.match("[A-Za-z]:", name):
        return "its name is a path from the top of a disk"
    if ".." in parts or "." in parts:
        return "its name leads out of the zip"
    if kind == stat.S_IFLNK:
        return "it is a link"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a pipe, socket or device"
    return "it is encrypted" if entry.flag_bits & 1 else None


class _Bounded:
    """A file that gives no more than ``most`` bytes at once, as long as there is a ``most``: the
    table of contents is read at once, and its length is what the zip says."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.most: int | None = MAX_CONTENTS
        self.seek, self.tell = file.seek, file.tell

    def read(self, count: int = -1) -> bytes:
        if self.most is not None and not -1 <= count <= self.most:
            raise zipfile.BadZipFile("its table of contents is too long")
        return self._file.read(self.most if self.most is not None and count == -1 else count)

    def seekable(self) -> bool:
        return True


@contextmanager
def _as_sentence() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise GradingError(
            f"it can't be opened ({shown(str(error))}). Ask for it to be sent again."
        ) from error


def _refuse_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """GradingError where two entries share bytes, as in a small zip that unpacks to a huge one."""
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise GradingError(f"{shown(entry.filename)} in it shares its bytes with another file.")
        end = entry.header_offset + _HEADER + entry.compress_size
