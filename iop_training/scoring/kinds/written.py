"""A person grades a written answer, so an answer that is there has no points yet."""

from __future__ import annotations

from iop_training.model import Part, Score
from iop_training.model.kinds.written import Written


def score(item: Written, value: str) -> Score:
    return Score(
        item=item.id, points=None, max_points=item.counted, blank=False, parts=parts(item, value)
    )


def parts(item: Written, value: str) -> tuple[Part, ...]:
    return ()
