"""Score: what an answer earned and why, part by part."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import Field, InstanceOf, SerializeAsAny, model_validator

from iop_training.model.base import Model
from iop_training.model.item import Harm


class Part(NamedTuple):
    """One thing judged: an option (was it chosen, should it have been?) or something to fill or
    to place (was that done, and rightly?), and why.

    ``answer`` and ``better`` are the trainee's answer and a right one in words, where ``text``
    alone doesn't tell; "" for none. ``harm`` counts only when ``chosen``, or, with
    ``harm_if_left``, only when it is not.
    """

    id: str
    text: str
    chosen: bool
    right: bool
    answer: str = ""
    better: str = ""
    rationale: str = ""
    harm: Harm = "none"
    harm_reason: str | None = None
    harm_if_left: bool = False

    @property
    def agrees(self) -> bool:
        """Whether choosing (or leaving) it was right."""
        return self.chosen == self.right

    @property
    def harmful(self) -> bool:
        """Whether what was done could hurt a client."""
        return self.chosen != self.harm_if_left and self.harm != "none"


class Score(Model):
    """``points`` in [0, max_points]; None while a person has yet to grade the answer.
    ``max_points`` is 0 for an optional item: what it earns is added by a person. ``look`` is a
    sentence when a supervisor should look at the answer although it has its points; else "".
    ``fields`` has the points of each field of a form, ``detail`` what else a kind has to say."""

    item: str
    points: Annotated[float, Field(ge=0)] | None
    max_points: Annotated[float, Field(ge=0)]
    blank: bool
    parts: tuple[InstanceOf[Part], ...] = ()
    look: str = ""
    fields: dict[str, float] = {}
    detail: SerializeAsAny[Model] | None = None

    @model_validator(mode="after")
    def _within_bounds(self) -> Score:
        if self.points is not None and self.points > self.max_points:
            raise ValueError(f"{self.item}: {self.points} points of {self.max_points}")
        return self

    @property
    def full(self) -> bool:
        """Whether nothing was lost."""
        return self.points == self.max_points
