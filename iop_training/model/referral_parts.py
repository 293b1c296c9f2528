"""What a referral is made of: lanes with signs, a decision, hands with steps."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import PartId
from iop_training.model.options import Option


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise ValueError("is empty; write a few words")
    return text


class Lane(Model):
    """A column of the board."""

    id: PartId
    name: ProseText
    about: ProseText | None = None


class Hand(Model):
    """Who does something; ``name`` is so short that quotes will do."""

    id: PartId
    name: Annotated[str, AfterValidator(_one_line)]

    def prose(self) -> Iterator[tuple[Path, str]]:
        yield ("name",), self.name


class Misplaced(Model):
    """A place that could hurt the person."""

    harm: Literal["minor", "serious"]
    harm_reason: ProseText

    @property
    @abstractmethod
    def where(self) -> str:
        """The id of the place."""


class LaneHarm(Misplaced):
    """A lane in which a sign could hurt."""

    lane: PartId

    @property
    def where(self) -> str:
        return self.lane


class HandHarm(Misplaced):
    """Hands in which a step could hurt: a wrong scope."""

    hand: PartId

    @property
    def where(self) -> str:
        return self.hand


class Placeable(Model):
    """What gets one place."""

    id: PartId
    text: ProseText
    rationale: ProseText

    @property
    @abstractmethod
    def key(self) -> str:
        """The id of its right place."""

    @property
    @abstractmethod
    def hurts(self) -> Sequence[Misplaced]:
        """The places that could hurt."""


class Sign(Placeable):
    """Something from the chart, or said; ``lane`` is the id of where it belongs."""

    lane: PartId
    harms: list[LaneHarm] = []

    @property
    def key(self) -> str:
        return self.lane

    @property
    def hurts(self) -> Sequence[Misplaced]:
        return self.harms


class Step(Placeable):
    """Something to do; ``hand`` is the id of who does it."""

    hand: PartId
    harms: list[HandHarm] = []

    @property
    def key(self) -> str:
        return self.hand

    @property
    def hurts(self) -> Sequence[Misplaced]:
        return self.harms


class Decision(Model):
    """What to do about the referral; ``key`` is the id of the one best option."""

    key: PartId
    options: Annotated[list[Option], Field(min_length=2, max_length=5)]


class Steps(Model):
    """Who does what."""

    hands: Annotated[list[Hand], Field(min_length=2, max_length=4)]
    entries: Annotated[list[Step], Field(min_length=4, max_length=10)]
