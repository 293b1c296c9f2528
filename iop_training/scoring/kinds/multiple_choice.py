"""Net of right and wrong choices, never below 0:

    points x max(0, right chosen - wrong chosen) / number of right options

Choosing everything therefore earns no more than the share of right options allows, and
leaving a wrong option alone earns nothing by itself (a blank answer earns 0).
"""

from __future__ import annotations

from itertools import combinations
from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.multiple_choice import MultipleChoice
from iop_training.scoring.options import option_parts


def score(item: MultipleChoice, value: list[str]) -> Score:
    right = item.right_ids()
    net = sum(1 if option_id in right else -1 for option_id in value)
    points = item.points * max(0, net) / len(right)
    return Score(
        item=item.id,
        points=round(points, 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: MultipleChoice, value: list[str]) -> tuple[Part, ...]:
    return option_parts(item, value)


def solution(item: MultipleChoice) -> list[str]:
    return sorted(item.key)


def guess(item: MultipleChoice, chance: Random) -> list[str]:
    return [o.id for o in item.options if chance.random() < 0.5]


def every_guess(item: MultipleChoice) -> list[list[str]]:
    ids = [o.id for o in item.options]
    return [list(c) for size in range(len(ids) + 1) for c in combinations(ids, size)]
