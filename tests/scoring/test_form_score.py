"""Forms: the sum of their fields, part by part."""

from __future__ import annotations

import random
from typing import Any

from factories import form
from hypothesis import given
from hypothesis import strategies as st

from iop_training.scoring import guess, score, solution

ITEM: Any = form()
FIELDS = st.sets(st.sampled_from(["level", "signs", "steps"]))


@given(st.integers(), FIELDS)
def test_is_it_the_sum_of_its_fields(seed: int, left: set[str]) -> None:
    value = {k: v for k, v in guess(ITEM, random.Random(seed)).items() if k not in left}
    result = score(ITEM, value)
    alone = {name: score(f, value.get(name)) for name, f in ITEM.by_name().items()}
    assert result.points == sum(one.points or 0 for one in alone.values()) <= ITEM.points
    assert [p.id for p in result.parts] == [
        f"{name}.{p.id}" for name, one in alone.items() for p in one.parts
    ]
    if not result.blank:
        assert result.fields == {name: one.points for name, one in alone.items()}
    assert score(ITEM, dict(reversed(value.items()))) == result


def test_does_the_solution_earn_all_points() -> None:
    assert score(ITEM, solution(ITEM)).full
    assert ITEM.points == 6


@given(st.integers(), FIELDS)
def test_does_a_field_more_never_earn_less(seed: int, left: set[str]) -> None:
    whole = guess(ITEM, random.Random(seed))
    some = {k: v for k, v in whole.items() if k not in left}
    more, less = score(ITEM, whole).points, score(ITEM, some).points
    assert more is not None and less is not None and less <= more
