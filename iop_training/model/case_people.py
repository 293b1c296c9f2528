"""Who a case is about, what the counselor reads before it, and what it keeps track of.

Classes named ``Play...`` hold what a session needs to run and what a learner may have; the class
that adds to one of them holds the rest. So a new field is secret until it is put into the first.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from iop_training.model.base import Competency, Key, Model, ProseText

CaseId = Annotated[str, StringConstraints(pattern=r"^[ac]\d\d$")]
Dimension = Literal["1", "2", "3", "4", "5", "6"]


class Prebrief(Model):
    """Half a page before the case. ``minutes`` is how long it takes most people, 1 to 120;
    ``counts`` says what the score looks at, ``content_note`` which heavy matters come up.
    ``summary`` tells the story from a distance, for who wants to know it first; ``instead`` names
    cases that train the same, for who would rather not meet this one."""

    role: ProseText
    setting: ProseText
    goal: ProseText
    counts: ProseText
    minutes: Annotated[int, Field(gt=0, le=120)]
    content_note: ProseText
    summary: ProseText | None = None
    instead: tuple[CaseId, ...] = ()


class Rating(Model):
    """One ASAM dimension: risk 0 (none) to 4 (severe), and why. The edition is the case's."""

    dimension: Dimension
    risk: Annotated[int, Field(ge=0, le=4)]
    why: ProseText


class Profile(Model):
    """A cognitive conceptualisation: why this person says what they say. For authors and for the
    debrief; a trainee meets it through the person's words first."""

    history: ProseText
    core_beliefs: ProseText
    rules: ProseText
    automatic_thoughts: ProseText
    triggers: ProseText
    coping: ProseText
    strengths: ProseText
    culture: ProseText
    substances: ProseText
    readiness: ProseText
    asam_edition: Literal["3", "4"] = "3"
    asam: tuple[Rating, ...] = ()


class PlayVariable(Model):
    """A whole number that the lines change: ``low <= start <= high``."""

    id: Key
    low: Annotated[int, Field(ge=-20, le=20)] = 0
    high: Annotated[int, Field(ge=-20, le=100)]
    start: int

    @model_validator(mode="after")
    def _start_is_inside(self) -> Self:
        if not self.low <= self.start <= self.high or self.low == self.high:
            raise ValueError(
                f"starts at {self.start} in {self.low} to {self.high}; low must be below high, "
                "and start between them"
            )
        return self


class Variable(PlayVariable):
    """``meaning`` says what low and high look like in the client. With ``curve`` the debrief draws
    it. A ``clamped`` one stops at its ends; for one that isn't, reaching past them is a fault."""

    meaning: ProseText
    curve: bool = True
    clamped: bool = True


class PlayFlag(Model):
    """Something that has happened or not; none is set at the start."""

    id: Key


class Flag(PlayFlag):
    """``meaning`` says what it is that happened, so that a note can be compared with it."""

    meaning: ProseText


class PlayPerson(Model):
    """Somebody who speaks in the case: the client, a member of the group or family, a caller.
    ``description`` is what the counselor knows of them. Their state is ``<id>.<variable>``."""

    id: Key
    name: Annotated[str, Field(min_length=1, max_length=40)]
    description: ProseText
    state: tuple[PlayVariable, ...] = ()


class Person(PlayPerson):
    """With the conceptualisation; needed of the person whom the case is about."""

    state: tuple[Variable, ...] = ()
    profile: Profile | None = None


class InstrumentScore(Model):
    """What an instrument gave: ``score`` of at most ``of`` on a day."""

    instrument: Annotated[str, Field(min_length=1, max_length=60)]
    score: float
    of: float
    date: dt.date
    means: ProseText


class Series(Model):
    """A value for each week, for a small plot. ``sentence`` says in words what it shows."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    unit: Annotated[str, Field(min_length=1, max_length=40)]
    weeks: Annotated[tuple[int, ...], Field(min_length=2)]
    values: Annotated[tuple[float, ...], Field(min_length=2)]
    sentence: ProseText

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if len(self.weeks) != len(self.values):
            raise ValueError(f"has {len(self.weeks)} weeks and {len(self.values)} values")
        return self


class ChartFact(Model):
    """A line of the chart, such as Medication: buprenorphine 16 mg, prescribed."""

    label: Annotated[str, Field(min_length=1, max_length=60)]
    text: ProseText


class Chart(Model):
    """What the counselor can read before they meet the client."""

    facts: tuple[ChartFact, ...] = ()
    instruments: tuple[InstrumentScore, ...] = ()
    series: tuple[Series, ...] = ()


class CaseObjective(Model):
    """What the case trains, and the competencies it belongs to."""

    text: ProseText
    competency: Annotated[tuple[Competency, ...], Field(min_length=1)]
