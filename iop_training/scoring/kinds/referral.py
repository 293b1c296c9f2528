"""The mean of three parts, signs, decision and steps, each 0 to 1:

    points x mean of (net of the signs, 1 or 0 for the decision, net of the steps)
    net = max(0, right - wrong / (places - 1)) / what is to be placed

A wrong place takes off what a guess gains on average; what has no place earns nothing and takes
nothing off. Harm is told apart from the points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from statistics import fmean
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.referral import Referral
from iop_training.model.referral_parts import Hand, Lane, Placeable


def score(item: Referral, value: dict[str, Any]) -> Score:
    shares = (
        _net(item.signs, value["signs"], item.lanes),
        float(value["decision"] == item.decision.key),
        _net(item.steps.entries, value["steps"], item.steps.hands),
    )
    return Score(
        item=item.id,
        points=round(item.points * fmean(shares), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Referral, value: dict[str, Any]) -> tuple[Part, ...]:
    """One part a sign, one an option of the decision, one a step."""
    return (
        *(_part(s, value["signs"].get(s.id), item.lanes) for s in item.signs),
        *(
            Part(
                id=o.id,
                text=o.text,
                chosen=value["decision"] == o.id,
                right=o.id == item.decision.key,
                rationale=o.rationale,
                harm=o.harm,
                harm_reason=o.harm_reason,
            )
            for o in item.decision.options
        ),
        *(_part(s, value["steps"].get(s.id), item.steps.hands) for s in item.steps.entries),
    )


def solution(item: Referral) -> dict[str, Any]:
    return {
        "signs": {s.id: s.key for s in item.signs},
        "decision": item.decision.key,
        "steps": {s.id: s.key for s in item.steps.entries},
    }


def guess(item: Referral, chance: Random) -> dict[str, Any]:
    return {
        "signs": {s.id: chance.choice(item.lanes).id for s in item.signs},
        "decision": chance.choice(item.decision.options).id,
        "steps": {s.id: chance.choice(item.steps.hands).id for s in item.steps.entries},
    }


def _net(
    placed: Sequence[Placeable], value: Mapping[str, str], places: Sequence[Lane | Hand]
) -> float:
    right = sum(value.get(one.id) == one.key for one in placed)
    wrong = len(value) - right
    return max(0.0, right - wrong / (len(places) - 1)) / len(placed)


def _part(one: Placeable, chosen: str | None, places: Sequence[Lane | Hand]) -> Part:
    names = {place.id: place.name for place in places}
    harm = next((h for h in one.hurts if h.where == chosen), None)
    return Part(
        id=one.id,
        text=one.text,
        chosen=chosen is not None,
        right=chosen in (one.key, None),
        answer=names[chosen] if chosen else "",
        better="" if chosen == one.key else names[one.key],
        rationale=one.rationale,
        harm=harm.harm if harm else "none",
        harm_reason=harm.harm_reason if harm else None,
    )
