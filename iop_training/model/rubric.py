"""Rubric: criteria and levels for what people grade."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from iop_training.model.base import Key, Model, ProseText

LEVELS: tuple[str, ...] = (
    "awareness",
    "initial_application",
    "competent_practice",
    "mastery",
)
"""The four levels, lowest first, worth 1, 2, 3 and 4 points a criterion; blank earns 0."""


class Levels(Model):
    """One text for each of the four levels."""

    awareness: ProseText
    initial_application: ProseText
    competent_practice: ProseText
    mastery: ProseText

    def rows(self) -> list[tuple[str, int, str]]:
        """(level in words, points, text), lowest first."""
        return [
            (name.replace("_", " "), points, getattr(self, name))
            for points, name in enumerate(LEVELS, start=1)
        ]


class Criterion(Model):
    """One thing looked for in an answer, with what each level looks like."""

    id: Key
    name: ProseText
    levels: Levels


class Rubric(Model):
    """Criteria of one written item, and a whole example answer (anchor) for each level."""

    id: str
    source: Annotated[list[Key], Field(min_length=1)]
    criteria: Annotated[list[Criterion], Field(min_length=1, max_length=6)]
    anchors: Levels

    @property
    def points(self) -> int:
        """The most an answer can earn."""
        return len(LEVELS) * len(self.criteria)
