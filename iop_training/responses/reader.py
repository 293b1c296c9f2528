"""Reader: takes what a journal holds, whatever happened to it, and says what it did.

Torn, foreign, duplicated, reordered, oversized and hostile lines never raise. Lines count in
the order of their sequence numbers (the order in the file breaks ties); the last answer that
fits its item wins.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from iop_training.errors import ResponseError
from iop_training.model import Item
from iop_training.model.opinion import validate_opinion
from iop_training.model.remark import REMARKS, validate_remark
from iop_training.responses.lines import NO_LINE, decode, line_hash, parse_time

MAX_BYTES = 32_000_000
PAUSE_SECONDS = 300
"""A gap longer than this is a pause and counts as no active time."""
Fault = Callable[[str, Any], str]
_TEXTS = ("trainee", "notebook", "release", "seed")


@dataclass(frozen=True)
class Answer:
    """The answer that counts for an item: its value, its time (ISO) and how many there were."""

    value: Any
    at: str
    attempts: int


@dataclass
class Record:
    """What a journal says. ``repairs`` are sentences for the supervisor, empty when sound.

    ``minutes`` is active time: gaps between lines, those over five minutes left out.
    ``remarks`` has what was said beside the answers, by (item, name); a value of "" was taken
    back. ``checked`` has the different answers of each item that were checked, oldest first.
    ``handed`` has, for each item, the answers that stood at a hand-in this file knows of,
    oldest first. ``sha256`` is of the whole file; "" when there is none.
    """

    trainee: str | None = None
    assignment: str | None = None
    notebook: str | None = None
    release: str | None = None
    seed: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    remarks: dict[tuple[str, str], Answer] = field(default_factory=dict)
    checked: dict[str, list[Any]] = field(default_factory=dict)
    handins: list[dict[str, Any]] = field(default_factory=list)
    handed: dict[str, list[Answer]] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    minutes: float = 0.0
    sittings: int = 0
    sha256: str = ""

    @property
    def exists(self) -> bool:
        """Whether there was a file at all."""
        return bool(self.sha256)

    @property
    def only_opened(self) -> bool:
        """Whether a sound file holds openings and nothing else."""
        return self.sittings > 0 and not (
            self.answers or self.remarks or self.handins or self.repairs
        )

    def said(self, name: str) -> dict[str, str]:
        """Item to what was said under ``name`` ("stance", "objection" or a question about the
        lesson, whose item is the lesson); blanks are left out."""
        return {
            item: remark.value
            for (item, kind), remark in self.remarks.items()
            if kind == name and remark.value.strip()
        }


def read_journal(path: Path, items: Mapping[str, Item] | None = None) -> Record:
    """Read the journal at ``path``. With ``items``, answers they can't have are left out and
    reported. A missing file gives an empty record; nothing raises."""
    try:
        journal = JournalText.of(read_bounded(path))
    except FileNotFoundError:
        return Record()
    except OSError as error:
        return unreadable(error.strerror or type(error).__name__)
    return journal.record(items)


def unreadable(why: str) -> Record:
    """The record of a journal that is there and can't be read."""
    return Record(repairs=[f"The journal can't be read ({why})."])


@dataclass(frozen=True)
class JournalText:
    """A journal taken apart: its usable lines in the order in which they count, each with the
    number it has in the file."""

    lines: list[tuple[int, dict[str, Any]]]
    repairs: tuple[str, ...]
    sha256: str

    @classmethod
    def of(cls, raw: bytes) -> JournalText:
        """From the bytes of the file; what is longer than MAX_BYTES is left out and reported."""
        repairs: list[str] = []
        if len(raw) > MAX_BYTES:
            raw = raw[:MAX_BYTES]
            repairs.append(
                f"The journal is longer than {MAX_BYTES:,} bytes; the rest was left out."
            )
        digest = hashlib.sha256(raw).hexdigest()
        return cls(sorted(_valid_lines(raw, repairs), key=_sequence), tuple(repairs), digest)

    @property
    def release(self) -> str | None:
        """The release that the answers name, None without one."""
        record = Record()
        _openings(self.lines, record)
        return record.release

    def record(self, items: Mapping[str, Item] | None = None, fault: Fault | None = None) -> Record:
        """What the lines say; with ``items``, answers they can't have are left out and
        reported. ``fault`` is :func:`answer_fault` by the id of the item, if need be by heart."""
        record = Record(repairs=list(self.repairs), sha256=self.sha256)
        _openings(self.lines, record)
        _answers(self.lines, record, items, fault or _fault_by_id(items))
        record.minutes = _active_minutes(self.lines)
        return record


def read_history(path: Path, trainee: str) -> list[tuple[str, Answer]]:
    """Every answer in the journal of ``trainee`` at ``path``, with its item, oldest first;
    ``attempts`` counts from 1. Nothing when there is no such journal, or it is somebody else's;
    nothing raises."""
    record = Record()
    try:
        lines = JournalText.of(read_bounded(path)).lines
    except OSError:
        return []
    _openings(lines, record)
    history: list[tuple[str, Answer]] = []
    kept: dict[Any, Answer] = {}
    for _, line in lines if record.trainee == trainee else ():
        if line["type"] == "answer" and isinstance(line.get("item"), str):
            _keep(kept, line["item"], line.get("value"), line)
            history.append((line["item"], kept[line["item"]]))
    return history


def _sequence(numbered: tuple[int, dict[str, Any]]) -> Any:
    return numbered[1]["seq"]


def read_bounded(path: Path) -> bytes:
    """The file at ``path``, at most one byte more than MAX_BYTES of it; OSError with a phrase for
    links and devices."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is not a regular file")
        return file.read(MAX_BYTES + 1)


def _valid_lines(raw: bytes, repairs: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of each usable line; the others are reported."""
    seen: dict[int, str] = {}
    previous = NO_LINE
    breaks = 0
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line == b"":
            continue
        data = decode(line)
        digest = line_hash(line)
        if isinstance(data, str):
            repairs.append(f"Line {number} {data}; it was left out.")
        elif seen.get(data["seq"]) == digest:
            repairs.append(f"Line {number} repeats an earlier line; it counts once.")
        else:
            breaks += data.get("prev") != previous
            seen[data["seq"]] = digest
            yield number, data
        previous = digest
    if breaks:
        repairs.append(
            f"The chain of lines is broken in {breaks} places: lines were lost, "
            "moved or edited. Every answer that can be read is taken."
        )


def _openings(lines: list[tuple[int, dict[str, Any]]], record: Record) -> None:
    """Identity from the first opening; the release from the last that agrees with it."""
    for number, line in lines:
        if line["type"] != "open":
            continue
        if not all(isinstance(line.get(name), str) for name in _TEXTS) or not isinstance(
            line.get("assignment"), str | None
        ):
            record.repairs.append(f"Line {number} opens no notebook; it was left out.")
            continue
        identity = (line["trainee"], line["assignment"], line["notebook"])
        if record.trainee is None:
            record.trainee, record.assignment, record.notebook = identity
            record.seed = line["seed"]
        elif identity != (record.trainee, record.assignment, record.notebook):
            record.repairs.append(
                f"Line {number} is from the journal of {line['trainee']!r} in "
                f"{line['notebook']!r}; compare with this trainee's other answers."
            )
            continue
        record.sittings += 1
        record.release = line["release"]


def _answers(
    lines: list[tuple[int, dict[str, Any]]],
    record: Record,
    items: Mapping[str, Item] | None,
    fault_of: Fault,
) -> None:
    for number, line in lines:
        if line["type"] == "handin":
            record.handins.append(line)
            for item, answer in record.answers.items():
                handed = record.handed.setdefault(item, [])
                if answer not in handed[-1:]:
                    handed.append(answer)
        elif line["type"] == "check":
            item = str(line.get("item"))
            if item in record.answers:
                keep_check(record.checked, item, record.answers[item].value)
        elif line["type"] in ("answer", "remark"):
            item, value, name = str(line.get("item")), line.get("value"), line.get("name")
            is_remark = line["type"] == "remark"
            fault = _item_fault(line.get("item"), items) or (
                _remark_fault(name, value) if is_remark else fault_of(item, value)
            )
            if fault:
                record.repairs.append(f"Line {number} {fault}; it was left out.")
            elif is_remark:
                _keep(record.remarks, (item, str(name)), _remark(name, value), line)
            else:
                _keep(record.answers, item, value, line)


def _keep(kept: dict[Any, Answer], key: Any, value: Any, line: dict[str, Any]) -> None:
    before = kept.get(key)
    attempts = before.attempts + 1 if before else 1
    kept[key] = Answer(value, str(line.get("at", "")), attempts)


def keep_check(checked: dict[str, list[Any]], item: str, value: Any) -> None:
    """Add what was checked; the same once more is no other attempt."""
    if value not in checked.setdefault(item, [])[-1:]:
        checked[item].append(value)


def _item_fault(item: Any, items: Mapping[str, Item] | None) -> str:
    if not isinstance(item, str):
        return "names no item"
    if items is not None and item not in items:
        return f"answers {item[:40]!r}, which this notebook does not ask"
    return ""


def answer_fault(item: Item, value: Any) -> str:
    """Why the value can't be an answer to the item, as the end of a sentence; "" when it can."""
    try:
        item.validate_response(value)
    except ResponseError as error:
        return f"can't be an answer ({error})"
    return ""


def _fault_by_id(items: Mapping[str, Item] | None) -> Fault:
    return lambda item, value: "" if items is None else answer_fault(items[item], value)


def _remark(name: Any, value: Any) -> str:
    return (validate_remark if name in REMARKS else validate_opinion)(name, value)


def _remark_fault(name: Any, value: Any) -> str:
    try:
        _remark(name, value)
    except ResponseError as error:
        return f"can't be a remark ({error})"
    return ""


def _active_minutes(lines: list[tuple[int, dict[str, Any]]]) -> float:
    times: list[datetime] = [t for _, line in lines if (t := parse_time(line.get("at")))]
    times.sort()
    gaps = ((b - a).total_seconds() for a, b in pairwise(times))
    return round(sum(g for g in gaps if g <= PAUSE_SECONDS) / 60, 1)
