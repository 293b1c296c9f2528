"""Intake: what is taken from a submission, whichever way it came, and how it is stored.

Only files we know are taken, each bounded in size. They are written afresh into
``submitted/<student>/<assignment>/``; the newest submission wins.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from iop_training.errors import CourseError, GradingError
from iop_training.grading.code.sort import has_code
from iop_training.grading.files import read_regular
from iop_training.grading.handed_in import TIMESTAMP, journal_name
from iop_training.grading.names import folded, printable
from iop_training.grading.newer import goes_on, rank
from iop_training.responses.identity import check_id
from iop_training.responses.lines import decode
from iop_training.responses.reader import MAX_BYTES

_OPENING = 20
"""Lines of a journal in which its opening is looked for; it is the first of a sound one."""


@dataclass(frozen=True)
class Received:
    """One submission as it came: ``at`` is UTC without a zone (nbgrader's way), ``way`` is
    "exchange" or "zip", ``files`` has only what
    :func:`~iop_training.grading.handed_in.known_files` has, ``notes`` are sentences on what was
    amiss on the way."""

    student: str
    at: datetime
    way: str
    files: dict[str, bytes]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: "new", "updated" or "not newer" than the one that is there;
    ``notes`` are sentences on what was amiss."""

    student: str
    way: str
    result: str
    notes: tuple[str, ...] = ()


class Tally:
    """What a collecting does as it goes: outcomes, sentences about what was not taken, progress.

    Of one source at most ``MOST`` sentences are kept and the others counted, so that a flood
    doesn't bury what is said of others. ``tell`` gets how many submissions were looked at, and
    how many are known of; ``log`` gets each sentence that is kept.
    """

    MOST = 20

    def __init__(self, tell: Callable[[int, int], None] | None = None) -> None:
        self.outcomes: list[Outcome] = []
        self._sentences: list[str] = []
        self._of: dict[str, int] = {}
        self._tell, self._done, self._known = tell, 0, 0
        self.log: Callable[[str], object] = lambda sentence: None

    def expect(self, number: int) -> None:
        """So many more submissions are there."""
        self._known += number

    def step(self) -> None:
        """One was looked at."""
        self._done += 1
        if self._tell:
            self._tell(self._done, self._known)

    def refuse(self, source: str, sentence: str) -> None:
        """Keep a sentence about what came from ``source``."""
        self._of[source] = number = self._of.get(source, 0) + 1
        if number <= self.MOST:
            self._sentences.append(printable(sentence))
            self.log(self._sentences[-1])

    def refused(self) -> list[str]:
        """The sentences in the order they came, then how many were left out."""
        more = {source: number - self.MOST for source, number in self._of.items()}
        return self._sentences + [
            printable(f"{source}: {n:,} more were not taken.")
            for source, n in more.items()
            if n > 0
        ]

    @contextmanager
    def guard(self, source: str, label: str) -> Iterator[None]:
        """Whatever is wrong with one submission becomes its sentence and stops no other."""
        try:
            yield
        except OSError as error:
            self.refuse(source, f"{label}: {error.strerror or error}.")
        except CourseError as error:
            self.refuse(source, f"{label}: {error}")
        except Exception as error:
            self.refuse(source, f"{label}: it can't be read ({error!r}).")


class Intake:
    """Puts the submissions of one assignment into submitted/."""

    def __init__(self, directory: CourseDirectory, assignment: str) -> None:
        self.assignment = assignment
        self._directory = directory

    def folder(self, student: str) -> Path:
        """Where that person's submission is or will be; CourseError for what is no id."""
        if check_id(student) != student:
            raise GradingError(f"the id {student!r} has spaces around it.")
        return self._step("submitted", student)

    def has(self, student: str, at: datetime) -> bool:
        """Whether what is there is at least as new, by the clock."""
        target = self.folder(student)
        before = _time_of(self._directory, target) if target.is_dir() else None
        return before is not None and rank(before) >= rank(at)

    def store(self, received: Received) -> Outcome:
        """Put a submission in, whole or not at all.

        CourseError for an id that can't be a folder name and for what must not take the place of
        what is there; OSError from the disk.
        """
        student, target = received.student, self.folder(received.student)
        self._refuse_alike(student)
        fault = notebook_fault(received.files.get(f"{self.assignment}.ipynb"))
        if fault and self._has_code:
            raise GradingError(
                f"its notebook, which holds the answers, is {fault}. Ask for it to be handed in "
                "again."
            )
        fresh, old = (target.with_name(f".{self.assignment}.{word}") for word in ("new", "old"))
        if old.is_dir() and not target.exists():  # an earlier run was ended between two steps
            old.rename(target)
        there = self._journal_in(target)
        notes = [*received.notes, *self._other_person(there, received)]
        if not self._is_newer(there, received, notes):
            return Outcome(student, received.way, "not newer", tuple(notes))
        result = "updated" if target.is_dir() else "new"
        journal = journal_name(self.assignment)
        if journal not in received.files and (target / journal).is_file():
            raise GradingError(
                "it has no answers that can be taken, so what was collected before stays. "
                "Ask for it to be handed in again."
            )
        self._write(fresh, received, notes)
        remove(old)
        if target.exists():
            target.rename(old)
        fresh.rename(target)
        remove(old)
        self._spelled.setdefault(folded(student), set()).add(student)
        return Outcome(student, received.way, result, tuple(notes))

    def _step(self, name: str, student: str) -> Path:
        step = getattr(self._directory, f"{name}_directory")
        return Path(self._directory.format_path(step, student, self.assignment))

    @cached_property
    def _has_code(self) -> bool:
        """Whether the notebook is the answer, so that nothing can stand in for it."""
        return has_code(self._directory, self.assignment)

    @cached_property
    def _released(self) -> bytes:
        return (self._step("release", ".") / f"{self.assignment}.ipynb").read_bytes()

    @cached_property
    def _spelled(self) -> dict[str, set[str]]:
        """The ids that have a folder, by what they are to systems that know no capitals."""
        result: dict[str, set[str]] = {}
        everybody = self._step("submitted", "*").parents[1]
        for path in everybody.iterdir() if everybody.is_dir() else ():
            result.setdefault(folded(path.name), set()).add(path.name)
        return result

    def _refuse_alike(self, student: str) -> None:
        alike = self._spelled.get(folded(student), {student})
        if student not in alike:
            raise GradingError(
                f"the id {student!r} differs only in capitals from {min(alike)!r}, who has handed "
                "in already. Make sure that it is the same person, then give the zip the name with "
                "that id."
            )

    def _journal_in(self, target: Path) -> bytes:
        try:
            return read_regular(target / journal_name(self.assignment), MAX_BYTES)
        except OSError:
            return b""

    def _is_newer(self, there: bytes, received: Received, notes: list[str]) -> bool:
        """Whether it takes the place of the submission with the journal ``there``; ``notes`` get a
        sentence where the journals tell another order than the clock."""
        newer = not self.has(received.student, received.at)
        came = received.files.get(journal_name(self.assignment), b"")
        if self._has_code or not goes_on(*((there, came) if newer else (came, there))):
            return newer
        by_time, by_answers = ("newer", "older") if newer else ("older", "newer")
        notes.append(
            f"By its time it is the {by_time} of two hand-ins, by its answers the {by_answers}; "
            "the one that has more of them counts. Is a clock wrong?"
        )
        return not newer

    def _other_person(self, journal: bytes, received: Received) -> list[str]:
        """A sentence when the answers didn't begin with those that are there: a journal only
        grows, so one person's hand-ins begin alike."""
        there = opening(journal)
        came = opening(received.files.get(journal_name(self.assignment), b""))
        if there and came and there != came:
            return [
                "Two separate sets of answers were handed in under this id; the newest counts. "
                "Make sure that both are one person's."
            ]
        return []

    def _write(self, fresh: Path, received: Received, notes: list[str]) -> None:
        notebook = f"{self.assignment}.ipynb"
        files = dict(received.files)
        if fault := notebook_fault(files.get(notebook)):
            files[notebook] = self._released
            notes.append(_stands_in(fault))
        if journal_name(self.assignment) not in files and not self._has_code:
            notes.append("It has no answers in it; ask for it to be handed in again.")
        files[TIMESTAMP] = f"{received.at:%Y-%m-%d %H:%M:%S.%f} UTC".encode()
        remove(fresh)
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def opening(journal: bytes) -> dict[str, Any]:
    """The line with which a journal begins: whose it is, its seed, its time. Empty when there is
    none that can be read."""
    for line in journal.split(b"\n", _OPENING)[:_OPENING]:
        data = decode(line)
        if isinstance(data, dict) and data["type"] == "open":
            return data
    return {}


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with what is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _time_of(directory: CourseDirectory, folder: Path) -> datetime | None:
    """When the submission in ``folder`` was made; None where that can't be told."""
    try:
        time: datetime | None = directory.get_existing_timestamp(str(folder))
    except (ValueError, OverflowError, AttributeError):  # nbgrader's own error has a fault
        return None
    return time


def notebook_fault(raw: bytes | None) -> str:
    """What keeps nbgrader from reading a notebook: "missing", "damaged", or "" when nothing does.
    It reads UTF-8 and the format that Jupyter writes since 2014."""
    if raw is None:
        return "missing"
    try:
        notebook = json.loads(raw.decode("utf-8"))
        sound = notebook["nbformat"] == 4 and all(map(_is_cell, notebook["cells"]))
    except (ValueError, RecursionError, TypeError, KeyError):
        return "damaged"
    return "" if sound and isinstance(notebook["cells"], list) else "damaged"


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict):
        return False
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return isinstance(cell.get("cell_type"), str) and all(isinstance(t, str) for t in lines)


def _stands_in(fault: str) -> str:
    return (
        f"Its notebook is {fault}; the released one stands in. Answers are not in the notebook, "
        "so none is lost."
    )
