"""What authors can get wrong in ordering, matching and categorise; what learners may have."""

from __future__ import annotations

from typing import Any

import pytest
from factories import DANGER, EVERY_KIND, categorise, matching, ordering, placed, places, step
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model import Item, item_class
from iop_training.scoring import score


def faults(item: Item) -> list[tuple[str, str]]:
    """(dotted field, sentence) of every fault."""
    return [
        (".".join(map(str, [field] if isinstance(field, str) else field)), sentence)
        for field, sentence in item.check()
    ]


@pytest.mark.parametrize("make", EVERY_KIND.values(), ids=EVERY_KIND)
def test_is_a_sound_item_free_of_faults(make: Any) -> None:
    assert faults(make()) == []


@pytest.mark.parametrize(
    ("item", "field", "says"),
    [
        (ordering(steps=[step(i) for i in ("a", "b", "a")], key=["a", "b"]), "steps.2.id", "twice"),
        (ordering(key=["look", "call", "wait"]), "key", "'naloxone' is missing"),
        (ordering(key=["look", ["call", "look"], "wait", "naloxone"]), "key", "'look' stands in"),
        (ordering(key=["look", "call", "naloxone", "jump"]), "key", "'jump' is no step id"),
        (
            ordering(
                steps=[
                    *(step(i) for i in ("look", "call", "naloxone")),
                    step("wait", text="step LOOK"),
                ]
            ),
            "steps.3.text",
            "same as look",
        ),
        (ordering(dangers=[DANGER | {"first": "jump"}]), "dangers.0.first", "'jump' is no step"),
        (ordering(dangers=[DANGER, DANGER]), "dangers.1.first", "already"),
        (
            ordering(dangers=[DANGER | {"first": "call", "then": "wait"}]),
            "dangers.0.first",
            "not wrong by the key",
        ),
        (
            ordering(steps=[step(i) for i in "cab"], key=["a", "b", "c"], dangers=[]),
            "steps",
            "give the order away",
        ),
        (matching(answers=places("a1", "a2", "a4", "p1")), "answers.3.id", "already in prompts"),
        (matching(prompts=[placed("p1", "a2"), placed("p2", "a2")]), "prompts.1.key", "reuse"),
        (matching(prompts=[placed("p1", "a2"), placed("p2", "a7")]), "prompts.1.key", "a1, a2, a3"),
        (
            matching(prompts=[placed("p1", "a2"), placed("p2", "a1", text="line P1")]),
            "prompts.1.text",
            "same as p1",
        ),
        (
            matching(prompts=[placed(f"p{n}", f"a{n}") for n in (1, 2, 3)]),
            "answers",
            "give the key away",
        ),
        (
            categorise(entries=[placed(i, "counts") for i in "abc"]),
            "entries",
            "at least one needs another",
        ),
    ],
)
def test_is_a_fault_named_by_its_field(item: Item, field: str, says: str) -> None:
    assert [f for f, sentence in faults(item) if says in sentence] == [field]


@pytest.mark.parametrize(
    ("answer", "says"),
    [("a9", "not known; allowed: a1"), ("a2", "does no harm"), ("a1", "already")],
)
def test_is_a_harm_that_can_not_be_named(answer: str, says: str) -> None:
    harms = [
        {"answer": i, "harm": "minor", "harm_reason": "It hurts"}
        for i in (["a1", "a1"] if answer == "a1" else [answer])
    ]
    item = matching(prompts=[placed("p1", "a2", harms=harms), placed("p2", "a1")])
    assert [f"prompts.0.harms.{len(harms) - 1}.answer"] == [
        field for field, sentence in faults(item) if says in sentence
    ]


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_does_a_learner_get_what_is_asked_and_no_key(kind: str) -> None:
    item = EVERY_KIND[kind]()
    public = item.public()
    text = str(public)
    assert all(secret not in text for secret in item.secrets())
    assert "'key'" not in text and "harm" not in text and "'accepted'" not in text
    secret = ("defect", "absent", "better", "code", "also", "lane", "hand")
    assert not [k for k in secret if f"'{k}'" in text]
    learners = item_class(kind).from_public(public)
    order = item.display_order("seed")
    assert learners.display_order("seed") == order
    assert learners.asked(order) == item.asked(order)
    assert learners.is_blank(learners.validate_response(None))


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_does_practice_come_back_whole(kind: str) -> None:
    if kind != "written":
        item = EVERY_KIND[kind](use="formative")
        assert item_class(kind).from_public(item.public()) == item


@given(st.text(), st.sampled_from(["formative", "graded"]), st.permutations("abcdefg"), st.data())
def test_does_the_first_display_earn_nothing_either_way_round(
    seed: str, use: str, key: list[str], data: st.DataObject
) -> None:
    count = data.draw(st.integers(3, 7))
    item = ordering(use=use, steps=[step(i) for i in key[:count]], key=key[:count], dangers=[])
    first = item.display_order(seed)
    points = score(item, first).points, score(item, first[::-1]).points
    assert points[0] == 0 and points[1] is not None
    assert points[1] <= item.points / (count * (count - 1) / 2) + 1e-4


def test_do_learners_see_practice_steps_in_orders_of_their_own() -> None:
    item = ordering(use="formative")
    assert len({tuple(item.display_order(f"{n}")) for n in range(40)}) > 2


@pytest.mark.parametrize("item", [matching(), categorise(), ordering()], ids=lambda i: i.kind)
def test_does_the_public_order_not_follow_the_author(item: Item) -> None:
    """An author who wrote the lists down in the order of the key gives nothing away."""
    shown = item.public()
    data = item.model_dump(exclude_none=True)
    for name in ("answers", "entries", "steps"):
        if name in data:
            turned = type(item).model_validate(data | {name: data[name][::-1]}).public()
            assert turned[name] == shown[name]
