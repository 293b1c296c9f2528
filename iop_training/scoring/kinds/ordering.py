"""Net of pairs in right and in wrong order, never below 0:

    points x max(0, right pairs - wrong pairs) / pairs whose order matters

Steps whose order among themselves is free make no pair. The steps to move are the fewest that
have to go elsewhere for the order to be right; the others stand rightly to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations
from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.ordering import Ordering


def score(item: Ordering, value: list[str]) -> Score:
    points = item.points * max(0, item.net(value)) / len(item.pairs())
    return Score(
        item=item.id,
        points=round(points, 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Ordering, value: list[str]) -> tuple[Part, ...]:
    """One for each step, and one for each dangerous order that was given."""
    staying = _staying(item, value)
    texts = {s.id: " ".join(s.text.split()) for s in item.steps}
    steps = [
        Part(
            id=step.id,
            text=step.text,
            chosen=bool(value),
            right=not value or step.id in staying,
            answer=_place([value.index(step.id)], item) if value else "",
            better="" if step.id in staying else _place(_right_places(item, step.id), item),
            rationale=step.rationale,
        )
        for step in item.steps
    ]
    dangers = [
        Part(
            id=f"danger-{danger.first}-{danger.then}",
            text=f"“{texts[danger.first]}” before “{texts[danger.then]}”",
            chosen=True,
            right=False,
            harm=danger.harm,
            harm_reason=danger.harm_reason,
        )
        for danger in item.dangers
        if value and value.index(danger.first) < value.index(danger.then)
    ]
    return (*steps, *dangers)


def solution(item: Ordering) -> list[str]:
    return [i for group in item.groups() for i in group]


def guess(item: Ordering, chance: Random) -> list[str]:
    return chance.sample(item.shuffled(), len(item.steps))


def every_guess(item: Ordering) -> list[list[str]] | None:
    """None for more than six steps: 5,040 orders are more than are drawn otherwise."""
    return list(map(list, permutations(item.shuffled()))) if len(item.steps) <= 6 else None


def _staying(item: Ordering, value: Sequence[str]) -> frozenset[str]:
    """The largest set of steps that stand rightly to each other; of several, one by the key's
    order, so that the same answer always gets the same words."""
    ranks = {i: n for n, i in enumerate(solution(item))}
    wrong = item.pairs()
    for size in range(len(value), 0, -1):
        fitting = [
            kept
            for kept in combinations(value, size)
            if not any(pair[::-1] in wrong for pair in combinations(kept, 2))
        ]
        if fitting:
            return frozenset(min(fitting, key=lambda kept: sorted(ranks[i] for i in kept)))
    return frozenset()


def _right_places(item: Ordering, step: str) -> list[int]:
    """The places (from 0) that a step may have."""
    before = 0
    for group in item.groups():
        if step in group:
            return list(range(before, before + len(group)))
        before += len(group)
    return []


def _place(places: Sequence[int], item: Ordering) -> str:
    named = " or ".join(str(place + 1) for place in places)
    return f"place {named} of {len(item.steps)}"
