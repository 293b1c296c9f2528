"""Journal: appends answers so that what was acknowledged is on the disk.

Every append opens the file by its path, under a lock, reads the tail again, writes one line
and calls fsync. Two kernels on one notebook therefore continue one chain, and a file that was
replaced or removed is noticed. An answer counts as saved only when ``answer`` has returned.
"""

from __future__ import annotations

import errno
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from iop_training.errors import ForeignJournalError, JournalError
from iop_training.responses.lines import MAX_LINE, NO_LINE, decode, encode, line_hash, now
from iop_training.responses.reader import Record, read_journal

LOCK_SECONDS = 10
TAIL = 2 * MAX_LINE


def journal_path(folder: Path, notebook: str) -> Path:
    """Where the answers to a notebook are kept, beside it."""
    return folder / "answers" / f"{notebook}.jsonl"


@dataclass
class Journal:
    """The journal of one trainee in one notebook; ``record`` is what it held when opened."""

    path: Path
    trainee: str
    notebook: str
    assignment: str | None
    release: str
    seed: str
    record: Record

    @classmethod
    def open(
        cls, folder: Path, notebook: str, assignment: str | None, trainee: str, release: str
    ) -> Journal:
        """Continue the journal in ``folder``, or begin it; adds an "open" line.

        ForeignJournalError when it belongs to another person or notebook (nothing is written
        then), JournalError when it can't be written.
        """
        path = journal_path(folder, notebook)
        record = read_journal(path)
        if record.trainee != trainee and record.only_opened:
            # Nothing was answered before the id was changed: nothing to keep.
            path.unlink(missing_ok=True)
            record = Record()
        _refuse_foreign(record, path, trainee, assignment, notebook)
        seed = record.seed or secrets.token_hex(16)
        journal = cls(path, trainee, notebook, assignment, release, seed, record)
        journal._append(journal._opening())
        return journal

    def answer(self, item: str, value: Any) -> str:
        """Store an answer; returns its time (ISO, UTC) once it is on the disk."""
        return self._append({"type": "answer", "item": item, "value": value})

    def remark(self, item: str, name: str, value: str) -> str:
        """Store a remark on an item ("stance" or "objection"), or on the lesson itself (one of the
        questions about it); returns its time as above."""
        return self._append({"type": "remark", "item": item, "name": name, "value": value})

    def check(self, item: str) -> str:
        """Note that the answer to an item was checked; returns the time as above."""
        return self._append({"type": "check", "item": item})

    def handed_in(self, journal: str, answered: int, total: int, way: str, frozen: str) -> str:
        """Note that the journal with that SHA-256, as it was at ``frozen``, was handed in;
        returns the time."""
        body = {"journal": journal, "answered": answered, "total": total, "way": way}
        return self._append({"type": "handin", **body, "frozen": frozen})

    def read(self) -> Record:
        """What the file holds now."""
        return read_journal(self.path)

    def bytes(self) -> bytes:
        """The file as it is between two appends."""
        with self._lock():
            return self.path.read_bytes()

    def _opening(self) -> dict[str, Any]:
        return {
            "type": "open",
            "trainee": self.trainee,
            "assignment": self.assignment,
            "notebook": self.notebook,
            "release": self.release,
            "seed": self.seed,
        }

    def _lock(self) -> FileLock:
        return FileLock(self.path.parent / f".{self.path.stem}.lock", timeout=LOCK_SECONDS)

    def _append(self, body: dict[str, Any]) -> str:
        at = now()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock():
                self._write(body, at)
        except Timeout:
            raise JournalError(
                "Another program holds the answer file. Close other windows of this page; "
                "your answer is sent again by itself."
            ) from None
        except OSError as error:
            raise JournalError(disk_sentence(error, self.path)) from error
        return at

    def _write(self, body: dict[str, Any], at: str) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self.path, flags, 0o644)
        try:
            size = os.fstat(descriptor).st_size
            text = b""
            seq, prev, torn = _tail(descriptor, size)
            if torn:
                text = b"\n"
            if seq is None and body["type"] != "open":
                text += encode(0, prev, at, self._opening())
                seq, prev = 0, line_hash(text.splitlines()[-1])
            text += encode(0 if seq is None else seq + 1, prev, at, body)
            _write_all(descriptor, text, size)
        finally:
            os.close(descriptor)
        if size == 0:
            sync_folder(self.path.parent)


def _refuse_foreign(
    record: Record, path: Path, trainee: str, assignment: str | None, notebook: str
) -> None:
    if record.trainee is not None and record.trainee != trainee:
        raise ForeignJournalError(
            f"The answers in this folder belong to “{record.trainee}”, and you are “{trainee}”. "
            "Nothing is changed. Work in a folder of your own, or choose the id "
            f"“{record.trainee}” on Start here if that is you."
        )
    belongs_to = (record.assignment, record.notebook)
    if record.trainee is not None and belongs_to != (assignment, notebook):
        raise ForeignJournalError(
            f"The file {path.name} holds answers to “{record.notebook}”, not to this page. "
            "Nothing is changed. Move that file back to where it came from, then start this "
            "page again."
        )


def _tail(descriptor: int, size: int) -> tuple[int | None, str, bool]:
    """(last sequence number or None, hash of the last physical line, last line is torn)."""
    start = max(0, size - TAIL)
    lines = (
        os.pread(descriptor, size - start, start).split(b"\n")
        if hasattr(os, "pread")
        else (_read_at(descriptor, start, size - start).split(b"\n"))
    )
    torn = lines[-1] != b""
    complete = lines if torn else lines[:-1]
    if not complete:
        return None, NO_LINE, False
    for line in reversed(complete):
        data = decode(line)
        if isinstance(data, dict):
            return data["seq"], line_hash(complete[-1]), torn
    return None, line_hash(complete[-1]), torn


def _read_at(descriptor: int, start: int, count: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    return os.read(descriptor, count)


def _write_all(descriptor: int, text: bytes, size: int) -> None:
    """Write and fsync; on a full disk take back the half line before raising."""
    try:
        view = memoryview(text)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content (Windows has no such call)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def disk_sentence(error: OSError, path: Path) -> str:
    """What to tell a trainee when ``path`` can't be written."""
    kept = "Your answer is kept in this browser; it is saved by itself after that."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full, so the answer could not be saved. Free some space. {kept}"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            f"The folder “{path.parent.parent.name}” can't be written to, so the answer could "
            f"not be saved. Ask who looks after this computer for the right to write. {kept}"
        )
    return f"The answer could not be saved ({error.strerror or error}). {kept}"
