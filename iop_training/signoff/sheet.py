"""The sign-off sheet: a plain text file, one line a question, for whoever types a review back.

It is no YAML on purpose: a comment is typed as it was written on paper, with colons, quotation
marks and number signs, and nothing of it may get lost.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from iop_training.content.faults import Fault, did_you_mean, shown_path
from iop_training.errors import ContentError
from iop_training.model.base import ITEM

_HEAD = re.compile(r"(name|credential|date)\s*:(.*)", re.I)
_LINE = re.compile(rf"({ITEM}|[ac]\d\d)\s+([0-9a-f]{{12}})\s*:(.*)", re.I)
_SIGN = re.compile(r"sign(?:ed)?[.!]?", re.I)
_CHANGE = re.compile(r"change\b[\s:,]*(.*)", re.I | re.S)
ALLOWED = "write: sign, or: change and what to change"

_TEXT = """\
# Sign-off sheet for {module}, {title}
# Made {date} together with {packet}. Questions: {count}.
#
# How to fill it in: name, credential and date of the clinician who read the packet, then behind the
# colon of each question one of
#     sign
#     change and what to change, in any words; a long comment may go on in the next line, indented
# What stays empty is not signed and not changed. Leave the number behind each question as it is:
# it says which text was printed. Then save this file and run:
#     iop-training review {module} --read {sheet}

Name:
Credential:
Date:

"""


@dataclass(frozen=True)
class Answer:
    """One question's line: 1-based ``line``, the ``content`` that was printed, and what the
    clinician said: ``signed``, or a ``comment``, or (both unset) nothing yet."""

    line: int
    content: str
    signed: bool
    comment: str = ""


@dataclass
class Sheet:
    """A sheet that was read. ``date`` is None when nobody signed and none was given."""

    file: str
    name: str = ""
    credential: str = ""
    date: dt.date | None = None
    answers: dict[str, Answer] = field(default_factory=dict)


def sheet_text(
    module: str, title: str, marks: Mapping[str, str], date: dt.date, packet: str, sheet: str
) -> str:
    """An empty sheet; ``marks`` are item ids with the content that the packet shows of them."""
    head = _TEXT.format(
        module=module, title=title, date=date, packet=packet, sheet=sheet, count=len(marks)
    )
    return head + "".join(f"{item} {mark}:\n" for item, mark in marks.items())


def read_sheet(path: Path, root: Path, today: dt.date) -> Sheet:
    """The sheet at ``path``; ContentError with every line that can't be read, and nothing is
    taken from it then. ``root`` is the course folder, which shown paths start from."""
    sheet = Sheet(shown_path(path.resolve(), root.resolve()))
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ContentError([f"{path}: can't be read ({error.strerror})"]) from error
    except UnicodeDecodeError as error:
        raise ContentError([f"{path}: is not UTF-8 text; save it as UTF-8"]) from error
    reader = _Reader(sheet, today)
    for number, line in enumerate(lines, start=1):
        reader.take(number, line)
    reader.finish()
    if reader.faults:
        raise ContentError(sorted(reader.faults))
    return sheet


class _Reader:
    """Takes the lines one after the other. ``said`` is what was typed of each question."""

    def __init__(self, sheet: Sheet, today: dt.date) -> None:
        self.sheet, self.today = sheet, today
        self.faults: list[Fault] = []
        self.head: dict[str, tuple[int, str]] = {}
        self.said: dict[str, tuple[int, str, list[str]]] = {}
        self.open: list[str] | None = None

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.sheet.file, line, message))

    def take(self, number: int, line: str) -> None:
        text = line.strip()
        question = _LINE.fullmatch(text)
        head = _HEAD.fullmatch(text)
        if question:
            self._question(number, question[1].lower(), question[2].lower(), question[3])
        elif head and not self.said:
            self.head[head[1].lower()] = (number, head[2].strip())
        elif self.open is not None and text and line[0].isspace():
            self.open.append(text)
        elif text and not text.startswith("#"):
            self.fault(number, self._unknown(text))

    def _question(self, number: int, item: str, content: str, said: str) -> None:
        if item in self.said:
            first = self.said[item][0]
            self.fault(number, f"{item} is here a second time (first in line {first}); keep one")
            return
        self.open = [said.strip()]
        self.said[item] = (number, content, self.open)

    def _unknown(self, text: str) -> str:
        word = text.split(":")[0].strip()
        if ":" in text and not self.said:
            return f"{word[:40]!r} is not known here; " + did_you_mean(
                word, ("Name", "Credential", "Date")
            )
        return (
            f"{text[:40]!r} is no line of this sheet; a question's line is its id, its number and "
            "a colon, and a comment that goes on begins with blanks"
        )

    def finish(self) -> None:
        for item, (line, content, said) in self.said.items():
            text = "\n".join(part for part in said if part)
            change = _CHANGE.fullmatch(text)
            signed = bool(_SIGN.fullmatch(text))
            if text and not signed and not change:
                self.fault(line, f"{item}: {text[:40]!r} is not known here; {ALLOWED}")
            elif change and not change[1].strip():
                self.fault(line, f"{item}: change what? Write it behind the word")
            else:
                comment = change[1].strip() if change else ""
                self.sheet.answers[item] = Answer(line, content, signed, comment)
        self._who()

    def _who(self) -> None:
        self.sheet.name = self.head.get("name", (0, ""))[1]
        self.sheet.credential = self.head.get("credential", (0, ""))[1]
        line, typed = self.head.get("date", (1, ""))
        try:
            self.sheet.date = dt.date.fromisoformat(typed) if typed else None
        except ValueError:
            self.fault(line, f"Date is {typed[:40]!r}; write year, month and day, as 2026-11-22")
        if self.sheet.date and self.sheet.date > self.today:
            self.fault(line, f"Date is {typed}, which is still to come; write the day of signing")
        if any(answer.signed for answer in self.sheet.answers.values()):
            for name in ("name", "credential", "date"):
                line, typed = self.head.get(name, (1, ""))
                if not typed:
                    self.fault(
                        line, f"{name.capitalize()} is empty; it belongs to what is signed below"
                    )
