"""Ordering, matching, categorise: bounds, partial credit, and what must not matter."""

from __future__ import annotations

import random
from typing import Any

import pytest
from factories import categorise, matching, ordering, placed, places, step
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model import Item
from iop_training.scoring import guess, score, solution

STEPS = ["look", "call", "naloxone", "wait"]
ORDERS = st.permutations(STEPS)
THREE = categorise(
    categories=places("x", "y", "z"),
    entries=[placed(i, k) for i, k in zip("abcdef", "xyzxyz", strict=True)],
)
FREE = matching(reuse=True, prompts=[placed("p1", "a1"), placed("p2", "a1"), placed("p3", "a2")])
KINDS = [ordering(), matching(), FREE, categorise(), THREE]


def earned(item: Item, value: Any) -> float:
    points = score(item, value).points
    assert points is not None
    return points


def answers(item: Any) -> st.SearchStrategy[dict[str, str]]:
    """Any valid answer to a matching or categorise item."""
    ids = [p.id for p in item.placed()]
    where = [p.id for p in item.places()]
    if getattr(item, "reuse", True):
        return st.dictionaries(st.sampled_from(ids), st.sampled_from(where))
    return st.tuples(st.permutations(where), st.sets(st.sampled_from(ids))).map(
        lambda drawn: dict(zip(sorted(drawn[1]), drawn[0], strict=False))
    )


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.kind)
def test_does_the_solution_earn_full_points_and_say_yes_to_every_part(item: Item) -> None:
    result = score(item, solution(item))
    assert result.full and all(part.chosen and part.right for part in result.parts)
    assert not any(part.better or part.harmful for part in result.parts)


@given(st.sampled_from(KINDS), st.integers())
def test_is_a_guess_a_complete_answer_within_bounds(item: Item, seed: int) -> None:
    value = guess(item, random.Random(seed))
    result = score(item, value)
    assert 0 <= earned(item, value) <= item.points
    assert result.full == all(part.right for part in result.parts)
    assert all(part.chosen for part in result.parts)


@pytest.mark.parametrize("item", KINDS, ids=lambda item: item.kind)
def test_does_every_complete_answer_come_up_in_guesses(item: Item) -> None:
    chance = random.Random(1)
    seen = {str(guess(item, chance)) for _ in range(12_000)}
    whole = {"ordering": 24, "matching": 64 if item is FREE else 24, "categorise": 16}
    assert len(seen) == (3**6 if item is THREE else whole[item.kind])


@pytest.mark.parametrize(
    ("order", "points"),
    [
        (["look", "call", "naloxone", "wait"], 2),
        (["look", "naloxone", "call", "wait"], 2),
        (["call", "look", "naloxone", "wait"], 1.2),
        (["wait", "look", "call", "naloxone"], 0),
        (["wait", "naloxone", "call", "look"], 0),
    ],
)
def test_is_ordering_scored_net_of_wrong_pairs(order: list[str], points: float) -> None:
    assert earned(ordering(), order) == pytest.approx(points)


@given(ORDERS)
def test_is_the_order_within_a_group_free(order: list[str]) -> None:
    swap = {"call": "naloxone", "naloxone": "call"}
    other = [swap.get(i, i) for i in order]
    assert earned(ordering(), order) == earned(ordering(), other)


@given(ORDERS)
def test_are_the_fewest_steps_named_that_have_to_move(order: list[str]) -> None:
    item = ordering()
    steps = [p for p in score(item, order).parts if not p.id.startswith("danger")]
    staying = sorted((p.id for p in steps if p.right), key=order.index)
    assert item.net(staying) == len(  # type: ignore[attr-defined]
        [pair for pair in item.pairs() if set(pair) <= set(staying)]  # type: ignore[attr-defined]
    )
    assert all(bool(p.better) != p.right for p in steps)


def test_is_one_step_out_of_place_the_only_one_told_to_move() -> None:
    parts = score(ordering(), ["wait", "look", "call", "naloxone"]).parts
    moved = [p for p in parts if not p.right]
    assert [p.id for p in moved] == ["wait", "danger-wait-call"]
    assert moved[0].answer == "place 1 of 4" and moved[0].better == "place 4 of 4"
    assert moved[1].harmful and "before" in moved[1].text


def test_is_a_danger_named_only_where_it_was_done() -> None:
    assert not any(p.harmful for p in score(ordering(), STEPS).parts)
    assert not any(p.harmful for p in score(ordering(), []).parts)


@given(st.data(), st.sampled_from([matching(), FREE, categorise(), THREE]))
def test_does_a_wrong_place_never_earn_more_than_none(data: st.DataObject, item: Any) -> None:
    value = data.draw(answers(item))
    for one in item.placed():
        if value.get(one.id) not in (None, one.key):
            left = {k: v for k, v in value.items() if k != one.id}
            assert earned(item, value) <= earned(item, left)


@given(st.data(), st.sampled_from([matching(), FREE, categorise(), THREE]))
def test_does_the_order_of_pairs_change_nothing(data: st.DataObject, item: Any) -> None:
    value = data.draw(answers(item))
    turned = dict(reversed(value.items()))
    assert score(item, value) == score(item, turned)
    assert list(item.validate_response(value)) == list(item.validate_response(turned))
    assert 0 <= earned(item, value) <= item.points


@pytest.mark.parametrize(
    ("item", "value", "points"),
    [
        (matching(), {"p1": "a2"}, 1),
        (matching(), {"p1": "a3", "p2": "a1", "p3": "a4"}, 2),
        (categorise(), {"e1": "counts"}, 0.5),
        (categorise(), {"e1": "counts", "e2": "counts"}, 0),
        (categorise(), {"e1": "counts", "e2": "counts", "e3": "counts"}, 0.5),
        (THREE, {"a": "x", "b": "y", "c": "x"}, 0.5),
    ],
)
def test_is_partial_credit_what_the_documents_say(item: Any, value: Any, points: float) -> None:
    assert earned(item, value) == pytest.approx(points)


def test_does_a_category_for_all_earn_nothing() -> None:
    assert earned(categorise(), dict.fromkeys(("e1", "e2", "e3", "e4"), "not")) == 0
    assert earned(THREE, dict.fromkeys("abcdef", "x")) == 0


@pytest.mark.parametrize(
    ("item", "value"), [(matching(), {"p1": "a3"}), (categorise(), {"e2": "counts"})]
)
def test_does_harm_go_with_the_place_that_does_it(item: Any, value: Any) -> None:
    assert [p.id for p in score(item, value).parts if p.harmful] == list(value)
    assert not any(p.harmful for p in score(item, {}).parts)


def test_do_missing_places_say_what_would_fit() -> None:
    part = score(matching(), {"p2": "a1"}).parts[0]
    assert (part.chosen, part.right, part.better) == (False, True, "Place a2")


@pytest.mark.parametrize(
    ("item", "value", "says"),
    [
        (ordering(), "look", "list"),
        (ordering(), ["look"], "every step once"),
        (ordering(), [*STEPS, "look"], "every step once"),
        (ordering(), ["look", "call", "naloxone", "jump"], "no step 'jump'; it has wait"),
        (matching(), ["p1"], "pairs of ids, not list"),
        (matching(), {"p9": "a1"}, "no part 'p9'; it has p1, p2, p3"),
        (matching(), {"p1": "a9"}, "no place 'a9'; it has a1"),
        (matching(), {"p1": ["a1"]}, "one id for p1, not list"),
        (matching(), {"p1": "a1", "p2": "a1"}, "a1 stands at more"),
        (categorise(), {"e1": "p1"}, "it has counts, not"),
    ],
)
def test_is_an_impossible_answer_refused_by_name(item: Any, value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says):
        score(item, value)


@pytest.mark.parametrize("value", [None, {}, {"p1": ""}, {"p1": None}])
def test_is_nothing_matched_blank(value: Any) -> None:
    assert score(matching(), value).blank


def test_may_eight_steps_be_scored() -> None:
    ids = list("hgfedcba")
    item = ordering(steps=[step(i) for i in sorted(ids)], key=ids, dangers=[])
    assert earned(item, ids) == item.points and earned(item, ids[::-1]) == 0
