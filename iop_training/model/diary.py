"""Diary: the cards on which a client notes urges, feelings, use and skills, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iop_training.model.base import Key, Model, Path, ProseText

WEEK = 7
"""Days on a card."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class DiaryLine(Model):
    """A line of the card: a number from low to high, or yes and no (1 and 0)."""

    id: Key
    name: ShortText
    low: Annotated[int, Field(ge=0, le=99)] = 0
    high: Annotated[int, Field(ge=1, le=100)] = 1
    yes_no: bool = False


class DiarySkill(Model):
    """A skill that the card lists, with its module of skills training."""

    id: Key
    name: ShortText
    module: Literal[
        "mindfulness", "distress_tolerance", "emotion_regulation", "interpersonal_effectiveness"
    ]


class Day(Model):
    """A day: ``values`` has a number for each line that was filled in, ``skills`` the ids of
    those that were noted."""

    day: Annotated[int, Field(ge=1)]
    weekday: Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    values: dict[str, int]
    skills: list[str]
    note: str


class DiaryHead(Model):
    """``data/diaries/<id>.yaml``: whose cards these are, what is on them, and a sentence for each
    week. ``sentence`` says in words what the whole picture shows."""

    id: Key
    title: ProseText
    person: ProseText
    sentence: ProseText
    source: Annotated[list[Key], Field(min_length=1)]
    lines: Annotated[list[DiaryLine], Field(min_length=3, max_length=8)]
    skills: Annotated[list[DiarySkill], Field(min_length=4, max_length=12)]
    weeks: Annotated[list[ProseText], Field(min_length=2, max_length=6)]

    def check(self) -> Iterator[tuple[Path, str]]:
        """What no single field shows, as (path, sentence)."""
        for name in ("lines", "skills"):
            entries = getattr(self, name)
            count = Counter(entry.id for entry in entries)
            for n, entry in enumerate(entries):
                if count[entry.id] > 1 or entry.id in COLUMNS:
                    yield (name, n, "id"), f"id {entry.id!r} is used already; take another"
        for n, line in enumerate(self.lines):
            if line.yes_no and (line.low, line.high) != (0, 1):
                yield ("lines", n), "is yes_no; leave out low and high"
            if not line.yes_no and "high" not in line.model_fields_set:
                yield ("lines", n), "needs low and high, or yes_no: true"
            if line.low >= line.high:
                yield ("lines", n, "high"), f"is {line.high}; it must be above low, {line.low}"


class Diary(DiaryHead):
    """The head with its days, seven for each week."""

    days: list[Day]

    def week(self, number: int) -> list[Day]:
        """The days of a week, 1 for the first."""
        return self.days[WEEK * (number - 1) : WEEK * number]


COLUMNS = ("day", "weekday", "skills", "note")
"""Names of columns of a diary's days that stand for no line of the card."""
