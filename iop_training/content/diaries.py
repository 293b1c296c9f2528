"""Reading a diary: its head from strict YAML, its days from a strict table of comma-separated
values beside it. Each fault says where it is, what was found and what is allowed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from iop_training.content.faults import Fault, did_you_mean, shown_path
from iop_training.content.parse import parse
from iop_training.content.strict_yaml import Document
from iop_training.model import Diary, DiaryHead
from iop_training.model.diary import WEEK, WEEKDAYS, Day, DiaryLine

MAX_NOTE = 120
"""Characters of a day's note."""
MAX_BYTES = 100_000

Say = Callable[[int, str], None]
"""Records a fault: 1-based line and sentence."""


def diary_names(root: Path) -> list[str]:
    """Names of the diaries of which there is a head, or days."""
    folder = root / "data" / "diaries"
    return sorted({path.stem for end in ("yaml", "csv") for path in folder.glob(f"*.{end}")})


def head_path(root: Path, name: str) -> Path:
    """The head of the diary ``name``; its days stand beside it in a file that ends in .csv."""
    return root / "data" / "diaries" / f"{name}.yaml"


def parse_diary(document: Document, root: Path, name: str) -> tuple[Diary | None, list[Fault]]:
    """The diary of a head that was read, and the faults of its days; those of the head are in
    ``document``. None where anything is wrong."""
    head = parse(document, (), document.data, DiaryHead)
    if head is None:
        return None, []
    if head.id != name:
        document.fault(("id",), f"id is {head.id!r}; the file is named {name!r}: make them equal")
        return None, []
    path = head_path(root, name).with_suffix(".csv")
    faults: list[Fault] = []
    file = shown_path(path, root)
    days = _days(path, head, lambda line, message: faults.append(Fault(file, line, message)))
    if faults:
        return None, faults
    return Diary(**dict(head), days=days), []


def _days(path: Path, head: DiaryHead, say: Say) -> list[Day]:
    """The days of a file; what is wrong is said, and then what is returned has gaps."""
    columns = ["day", "weekday", *(line.id for line in head.lines), "skills", "note"]
    try:
        (line, names), *others = _rows(path)
    except _UnreadableError as error:
        say(*error.args)
        return []
    if names != columns:
        say(line, f"begins with {','.join(names)}; it must be {','.join(columns)}")
        return []
    days: list[Day] = []
    for line, row in others:
        if len(row) != len(columns):
            say(line, f"has {len(row)} cells; there are {len(columns)} columns, so as many cells")
            continue
        cells = dict(zip(columns, row, strict=True))
        if cells["day"] != str(len(days) + 1):
            say(line, f"day is {cells['day']!r}; one row a day, in order: {len(days) + 1}")
        weekday = _weekday(cells["weekday"], days[-1].weekday if days else None, line, say)
        days.append(_day(cells, len(days) + 1, weekday, head, line, say))
    if len(days) != WEEK * len(head.weeks) and len(days) == len(others):
        say(
            others[-1][0] if others else line,
            f"there are {len(days)} days; {len(head.weeks)} sentences under weeks: take "
            f"{WEEK * len(head.weeks)}. A day that was not filled in has empty cells",
        )
    return days


class _UnreadableError(Exception):
    """(1-based line, sentence): the file as a whole is no table."""


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """(1-based line, cells without blank ends) of each row, at least one."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for row in reader:
            if reader.line_num != before + 1:
                raise csv.Error("a cell goes on in the next line")
            before = reader.line_num
            if row:
                rows.append((before, [cell.strip() for cell in row]))
    except csv.Error as error:
        hint = 'a note with a comma stands in " ", both of them'
        raise _UnreadableError(before + 1, f"isn't readable here ({error}); {hint}") from error
    if not rows:
        raise _UnreadableError(0, "is empty; the days of the diary stand in it")
    return rows


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"can't be read ({error.strerror}); the days of the diary stand in it"
        raise _UnreadableError(0, message) from error
    if len(raw) > MAX_BYTES:
        raise _UnreadableError(0, f"has {len(raw):,} bytes; a diary may have {MAX_BYTES:,}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _UnreadableError(line, "is not UTF-8 text; save it as UTF-8") from error


def _weekday(cell: str, before: str | None, line: int, say: Say) -> Any:
    """The weekday of a row, which follows the one ``before``."""
    following = WEEKDAYS[(WEEKDAYS.index(before) + 1) % WEEK] if before else None
    if cell not in WEEKDAYS:
        say(line, f"weekday is {cell!r}; " + did_you_mean(cell, WEEKDAYS))
        return following or WEEKDAYS[0]
    if following and cell != following:
        say(line, f"weekday is {cell}; after {before} comes {following}")
    return cell


def _day(
    cells: dict[str, str], number: int, weekday: Any, head: DiaryHead, line: int, say: Say
) -> Day:
    values = {entry.id: _value(cells[entry.id], entry, line, say) for entry in head.lines}
    skills = [part.strip() for part in cells["skills"].split(";") if part.strip()]
    known = [skill.id for skill in head.skills]
    for skill in sorted(set(skills)):
        if skill not in known:
            say(line, f"skill {skill!r} is not on the card; " + did_you_mean(skill, known))
        elif skills.count(skill) > 1:
            say(line, f"skill {skill!r} stands twice; keep one")
    if len(cells["note"]) > MAX_NOTE:
        say(line, f"the note has {len(cells['note'])} characters; {MAX_NOTE} are allowed")
    return Day(
        day=number,
        weekday=weekday,
        values={name: value for name, value in values.items() if value is not None},
        skills=skills,
        note=cells["note"],
    )


def _value(cell: str, entry: DiaryLine, line: int, say: Say) -> int | None:
    """The number of a cell; None where it was not filled in."""
    if cell == "":
        return None
    if cell.isascii() and cell.isdigit() and entry.low <= int(cell) <= entry.high:
        return int(cell)
    allowed = "0 or 1" if entry.yes_no else f"a whole number from {entry.low} to {entry.high}"
    say(line, f"{entry.id} is {cell!r}; allowed: {allowed}, or nothing where it was not filled in")
    return None
