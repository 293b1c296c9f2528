"""What a learner's kernel gets of a graded item: enough to take an answer, never a key."""

from __future__ import annotations

import json
from random import Random

import pytest
from factories import EVERY_KIND

from iop_training.scoring import guess, solution

WORDS = "Some words."


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_can_every_kind_take_an_answer_without_its_key(kind: str) -> None:
    item = EVERY_KIND[kind]()
    public = type(item).from_public(json.loads(json.dumps(item.public())))
    for answer in (
        None,
        WORDS if item.manual else solution(item),
        WORDS if item.manual else guess(item, Random(1)),
    ):
        assert public.validate_response(answer) == item.validate_response(answer)
    order = item.shuffled()
    assert sorted(public.shuffled()) == sorted(order)
    assert public.asked(order) == item.asked(order)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_is_no_key_and_no_reason_in_what_is_public(kind: str) -> None:
    item = EVERY_KIND[kind]()
    given = json.dumps([item.public(), item.asked(item.shuffled())])
    secret = {"key", "rationale", "harm", "misses", "accepted", "counts", "example", "plausible"}
    secret |= {"fits", "by", "serves"}
    secret -= {"by"} if kind == "coding" else set()  # there it says who speaks
    assert [name for name in secret if f'"{name}":' in given] == []
    assert [text for text in item.secrets() if text in given] == []
