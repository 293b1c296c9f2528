"""Net of right and wrong entries, never below 0:

    points x max(0, right - wrong / (categories - 1)) / entries

A wrong entry takes off what a guess gains on average: with two categories a whole one, with
more a part. An entry without a category earns nothing and takes nothing off.
"""

from __future__ import annotations

from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.categorise import Categorise
from iop_training.scoring.placing import placing_parts, right_and_wrong


def score(item: Categorise, value: dict[str, str]) -> Score:
    right, wrong = right_and_wrong(item, value)
    net = max(0.0, right - wrong / (len(item.categories) - 1))
    return Score(
        item=item.id,
        points=round(item.points * net / len(item.entries), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Categorise, value: dict[str, str]) -> tuple[Part, ...]:
    return placing_parts(item, value)


def solution(item: Categorise) -> dict[str, str]:
    return {e.id: e.key for e in item.entries}


def guess(item: Categorise, chance: Random) -> dict[str, str]:
    return {e.id: chance.choice(item.categories).id for e in item.entries}
