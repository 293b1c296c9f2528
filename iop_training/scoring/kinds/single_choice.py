"""All points for the key, none for another option."""

from __future__ import annotations

from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.single_choice import SingleChoice
from iop_training.scoring.options import option_parts


def score(item: SingleChoice, value: str) -> Score:
    points = item.points if value == item.key else 0.0
    return Score(
        item=item.id, points=points, max_points=item.points, blank=False, parts=parts(item, value)
    )


def parts(item: SingleChoice, value: str | None) -> tuple[Part, ...]:
    return option_parts(item, {value} if value else set())


def solution(item: SingleChoice) -> str:
    return item.key


def guess(item: SingleChoice, chance: Random) -> str:
    return chance.choice(item.options).id


def every_guess(item: SingleChoice) -> list[str]:
    return [o.id for o in item.options]
