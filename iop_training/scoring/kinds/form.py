"""The sum of what the fields earn; a field left out earns nothing."""

from __future__ import annotations

from random import Random
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.form import Form
from iop_training.scoring import guess as guess_at
from iop_training.scoring import score as score_of
from iop_training.scoring import solution as solution_of


def score(item: Form, value: dict[str, Any]) -> Score:
    scores = {name: score_of(f, value.get(name)) for name, f in item.by_name().items()}
    # No field is of a kind that people grade, so each has points.
    fields = {name: s.points or 0.0 for name, s in scores.items()}
    return Score(
        item=item.id,
        points=sum(fields.values()),
        max_points=item.points,
        blank=False,
        parts=_named(scores),
        look=" ".join(s.look for s in scores.values() if s.look),
        fields=fields,
    )


def parts(item: Form, value: dict[str, Any]) -> tuple[Part, ...]:
    """The parts of every field; their ids begin with the field's."""
    return _named({name: score_of(f, value.get(name)) for name, f in item.by_name().items()})


def _named(scores: dict[str, Score]) -> tuple[Part, ...]:
    return tuple(
        part._replace(id=f"{name}.{part.id}")
        for name, result in scores.items()
        for part in result.parts
    )


def solution(item: Form) -> dict[str, Any]:
    return {name: solution_of(field) for name, field in item.by_name().items()}


def guess(item: Form, chance: Random) -> dict[str, Any]:
    return {name: guess_at(field, chance) for name, field in item.by_name().items()}
