"""Scores: bounds, blanks, partial credit, and independence from what must not matter."""

from __future__ import annotations

from typing import Any

import pytest
from factories import EVERY_KIND, multiple, single, written
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.scoring import score

SUBSETS = st.lists(st.sampled_from("abcde"), unique=True)


@pytest.mark.parametrize(
    ("kind", "blank"),
    [
        *((kind, None) for kind in EVERY_KIND),
        ("single_choice", ""),
        ("multiple_choice", []),
        ("written", ""),
        ("written", " \n "),
    ],
)
def test_does_a_blank_answer_earn_nothing(kind: str, blank: Any) -> None:
    result = score(EVERY_KIND[kind](), blank)
    assert result.blank and result.points == 0


def test_does_only_the_key_earn_the_points_of_single_choice() -> None:
    item = single()
    assert [score(item, i).points for i in "abc"] == [0, 2, 0]


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        (["a", "c"], 2),
        (["a"], 1),
        (["a", "b"], 0),
        (["a", "c", "b"], 1),
        (["b"], 0),
        (list("abcde"), 0),
    ],
)
def test_is_multiple_choice_scored_net_of_wrong_choices(chosen: list[str], points: float) -> None:
    assert score(multiple(), chosen).points == points


@given(SUBSETS)
def test_are_scores_within_bounds(chosen: list[str]) -> None:
    result = score(multiple(), chosen)
    assert result.points is not None and 0 <= result.points <= result.max_points


@given(SUBSETS, st.permutations("abcde"), st.randoms())
def test_does_the_order_of_options_or_choices_change_nothing(
    chosen: list[str], order: list[str], random: Any
) -> None:
    item = multiple()
    by_id = {o.id: o.model_dump() for o in item.options}  # type: ignore[attr-defined]
    shuffled = multiple(options=[by_id[i] for i in order])
    again = list(chosen)
    random.shuffle(again)
    assert score(item, chosen).points == score(shuffled, again).points


@given(st.sampled_from("abc"), st.permutations("abc"))
def test_does_single_choice_ignore_the_order(chosen: str, order: list[str]) -> None:
    by_id = {o.id: o.model_dump() for o in single().options}  # type: ignore[attr-defined]
    shuffled = single(options=[by_id[i] for i in order])
    assert score(single(), chosen).points == score(shuffled, chosen).points


@given(st.text())
def test_does_a_written_answer_wait_for_a_person(text: str) -> None:
    result = score(written(), text)
    assert result.points == (None if text.strip() else 0)


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (single(), "z"),
        (single(), ["a"]),
        (single(), 3),
        (multiple(), ["a", "z"]),
        (multiple(), "a"),
        (multiple(), [1]),
        (written(), ["x"]),
        (written(), "x" * 30_000),
    ],
)
def test_is_an_impossible_value_refused_in_a_sentence(item: Any, value: Any) -> None:
    with pytest.raises(ResponseError) as caught:
        score(item, value)
    assert str(caught.value).endswith(".")


def test_does_every_part_say_what_was_chosen_and_why() -> None:
    parts = score(multiple(), ["a", "b"]).parts
    assert [(p.id, p.chosen, p.right, p.agrees) for p in parts] == [
        ("a", True, True, True),
        ("b", True, False, False),
        ("c", False, True, False),
        ("d", False, False, True),
        ("e", False, False, True),
    ]
    assert all(p.rationale for p in parts)
