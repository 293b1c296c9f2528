"""HandedIn: the files of one submission, read once, bounded and without following links.

Everything that grades takes the bytes from here, so a file that changes meanwhile can't be one
thing for the score and another for the flags.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_training.grading.files import Folder
from iop_training.responses.handin import RECEIPT
from iop_training.responses.lesson import LESSON
from iop_training.responses.lesson import MAX_BYTES as MAX_LESSON
from iop_training.responses.reader import MAX_BYTES

SECRET = "submission_secret.txt"
TIMESTAMP = "timestamp.txt"
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"
"""Of what is in it."""
MAX_NOTEBOOK = 20_000_000
"""Bytes of a submitted notebook that are looked at; a saved one of ours has some 0.1 million."""
MAX_RECEIPT = 10_000
_MAX_LINE = 1_000


def journal_name(assignment: str) -> str:
    """Where the journal of an assignment is in a submission."""
    return f"answers/{assignment}.jsonl"


def known_files(assignment: str) -> dict[str, int]:
    """Relative path to size limit in bytes of every file a submission may have."""
    return {
        f"{assignment}.ipynb": MAX_NOTEBOOK,
        journal_name(assignment): MAX_BYTES,
        RECEIPT: MAX_RECEIPT,
        LESSON: MAX_LESSON,
        SECRET: _MAX_LINE,
    }


@dataclass(frozen=True)
class HandedIn:
    """``contents`` has the known files that could be read, by relative path, ``faults`` a phrase
    for each that is there and could not. A journal over its limit is cut one byte above it."""

    student: str
    assignment: str
    contents: Mapping[str, bytes]
    faults: Mapping[str, str]

    def json(self, name: str) -> Any:
        """The JSON value in a file, or None when there is none that can be read."""
        try:
            return json.loads(self.contents[name])
        except (KeyError, ValueError, RecursionError):
            return None

    def timestamp(self) -> str:
        """What timestamp.txt says; "" without one."""
        return self.contents.get(TIMESTAMP, b"").decode("utf-8", "replace").strip()

    def fingerprint(self) -> str:
        """SHA-256 over all of it: the same for the same submission only."""
        digest = hashlib.sha256(f"{self.student}\0{self.assignment}\0".encode())
        for name in sorted(self.contents):
            digest.update(f"{name}\0{len(self.contents[name])}\0".encode())
            digest.update(self.contents[name])
        digest.update(repr(sorted(self.faults.items())).encode())
        return digest.hexdigest()


def read_handed_in(folder: Path, student: str, assignment: str) -> HandedIn:
    """Read the submission in ``folder``; nothing raises, and what is wrong is in ``faults``."""
    contents: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    try:
        # Two steps: a link one above would lead to another student's just as well.
        with Folder(folder.parent) as above, above.folder(folder.name) as held:
            for name, limit in {**known_files(assignment), TIMESTAMP: _MAX_LINE}.items():
                try:
                    contents[name] = _read(held, name, limit)
                except FileNotFoundError:
                    continue
                except OSError as error:
                    faults[name] = _phrase(error)
    except OSError as error:
        faults[journal_name(assignment)] = _phrase(error)
    return HandedIn(student, assignment, contents, faults)


def _read(held: Folder, name: str, limit: int) -> bytes:
    if not name.endswith(".jsonl"):
        return held.read(name, limit)
    above, _, below = name.partition("/")
    with held.folder(above) as answers, answers.opened(below, sys.maxsize) as file:
        # A longer one counts as far as the limit, and says so.
        return file.read(min(os.fstat(file.fileno()).st_size, limit) + 1)


def _phrase(error: OSError) -> str:
    return error.strerror or type(error).__name__
