"""Case: a simulated client, group or family, with a state that the trainee's lines change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from iop_training.model.base import Key, Model, ProseText
from iop_training.model.case_moments import (
    BEST,
    CaseObservation,
    Decision,
    Drill,
    Ending,
    Moment,
    PlayEnding,
    PlayMoment,
)
from iop_training.model.case_note import Note, PlayNote
from iop_training.model.case_people import (
    CaseId,
    CaseObjective,
    Chart,
    Flag,
    Person,
    PlayFlag,
    PlayPerson,
    PlayVariable,
    Prebrief,
    Variable,
)
from iop_training.model.item import Review

MINUTES = "minutes"
"""A variable of this name counts the case time that lines take, so that conditions can use it."""


class Weights(Model):
    """Points of the three parts of the score (whole numbers >= 0), and the points to pass.

    Process: the mean quality of the lines outside of decisions. Decisions: the quality of the
    lines at decision points; one that was never met earns nothing. Ending: its score."""

    process: Annotated[int, Field(ge=0, le=100)]
    decisions: Annotated[int, Field(ge=0, le=100)]
    ending: Annotated[int, Field(ge=0, le=100)]
    pass_mark: Annotated[int, Field(gt=0, le=300)]

    @property
    def total(self) -> int:
        """The most a case can earn."""
        return self.process + self.decisions + self.ending

    def points(self, quality: int, turns: int, decided: int, decisions: int, ending: int) -> float:
        """What a run earns, 0 to :attr:`total`.

        ``quality``: the sum over its ``turns`` outside of decisions, 0 to 3 each. ``decided``: the
        sum over the ``decisions`` that the case has. ``ending``: the score of its ending, 0 to 3.
        """
        process = self.process * quality / (BEST * turns) if turns else 0.0
        deciding = self.decisions * decided / (BEST * decisions) if decisions else 0.0
        return process + deciding + self.ending * ending / BEST

    @model_validator(mode="after")
    def _can_be_passed(self) -> Self:
        if self.pass_mark > self.total:
            raise ValueError(f"pass_mark {self.pass_mark} is above all points ({self.total})")
        return self


class PlayCase(Model):
    """What a session runs on, and what a learner may have of an assessed case."""

    id: CaseId
    title: ProseText
    mode: Literal["practice", "assessed"]
    prebrief: Prebrief
    chart: Chart = Chart()
    objectives: Annotated[tuple[CaseObjective, ...], Field(min_length=1)]
    people: Annotated[tuple[PlayPerson, ...], Field(min_length=1, max_length=10)]
    state: tuple[PlayVariable, ...] = ()
    flags: tuple[PlayFlag, ...] = ()
    turn_limit: Annotated[int, Field(ge=3, le=60)]
    moments: Annotated[tuple[PlayMoment, ...], Field(min_length=1)]
    endings: Annotated[tuple[PlayEnding, ...], Field(min_length=1)]
    note: PlayNote | None = None

    def variables(self) -> Iterator[tuple[str, PlayVariable]]:
        """Every variable with its full name, those of the case first."""
        for variable in self.state:
            yield variable.id, variable
        for person in self.people:
            for variable in person.state:
                yield f"{person.id}.{variable.id}", variable


class Case(PlayCase):
    """All of a case, as ``data/cases/<id>.yaml`` has it."""

    people: Annotated[tuple[Person, ...], Field(min_length=1, max_length=10)]
    state: tuple[Variable, ...] = ()
    flags: tuple[Flag, ...] = ()
    moments: Annotated[tuple[Moment, ...], Field(min_length=1)]
    endings: Annotated[tuple[Ending, ...], Field(min_length=1)]
    note: Note | None = None
    decisions: tuple[Decision, ...] = ()
    observations: tuple[CaseObservation, ...] = ()
    drills: tuple[Drill, ...] = ()
    scoring: Weights
    source: Annotated[tuple[Key, ...], Field(min_length=1)]
    review: Review = Review()
    review_by: dt.date | None = None

    def sources(self) -> list[str]:
        """Keys of everything that the case and its lines rest on, sorted."""
        lines = [move for moment in self.moments for move in moment.moves]
        drilled = [move for drill in self.drills for move in drill.moves]
        return sorted({*self.source, *(s for move in (*lines, *drilled) for s in move.source)})
