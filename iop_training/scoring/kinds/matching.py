"""The share of prompts that have their answer:

    points x right / prompts

A wrong answer and a missing one earn nothing.
"""

from __future__ import annotations

from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.matching import Matching
from iop_training.scoring.placing import placing_parts, right_and_wrong


def score(item: Matching, value: dict[str, str]) -> Score:
    right, _ = right_and_wrong(item, value)
    return Score(
        item=item.id,
        points=round(item.points * right / len(item.prompts), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Matching, value: dict[str, str]) -> tuple[Part, ...]:
    return placing_parts(item, value)


def solution(item: Matching) -> dict[str, str]:
    return {p.id: p.key for p in item.prompts}


def guess(item: Matching, chance: Random) -> dict[str, str]:
    answers = [a.id for a in item.answers]
    chosen = (
        [chance.choice(answers) for _ in item.prompts]
        if item.reuse
        else chance.sample(answers, len(item.prompts))
    )
    return {p.id: a for p, a in zip(item.prompts, chosen, strict=True)}
