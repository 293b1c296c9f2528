"""Everybody has an own order of options, and keeps it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from iop_training.model.order import display_order


@given(st.text(), st.permutations("abcd"))
def test_does_the_order_depend_on_seed_and_ids_alone(seed: str, ids: list[str]) -> None:
    assert display_order(seed, "m01-q01", ids) == display_order(seed, "m01-q01", list("abcd"))


def test_is_every_position_as_likely_as_any_other() -> None:
    first = Counter(display_order(f"seed {n}", "m01-q01", list("abcd"))[0] for n in range(4000))
    assert set(first) == set("abcd")
    assert all(880 <= count <= 1120 for count in first.values())


def test_do_two_items_of_one_trainee_differ() -> None:
    orders = {tuple(display_order("seed", f"m01-q{n:02}", list("abcd"))) for n in range(20)}
    assert len(orders) > 5
