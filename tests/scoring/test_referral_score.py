"""A referral: signs, decision and steps count a third each, and putting all into one place is no
way."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from factories import deed, referral, sign
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model.kinds.referral import Referral
from iop_training.scoring import guess, score, solution
from iop_training.scoring.guessing import guess_share

ITEM = referral()
assert isinstance(ITEM, Referral)
BEST = solution(ITEM)
LANES = [lane.id for lane in ITEM.lanes]
HANDS = [hand.id for hand in ITEM.steps.hands]


def _some(placed: Any, places: list[str]) -> st.SearchStrategy[dict[str, str]]:
    each = {one.id: st.sampled_from(places) for one in placed}
    return st.fixed_dictionaries({}, optional=each)


ANSWERS = st.fixed_dictionaries(
    {
        "signs": _some(ITEM.signs, LANES),
        "decision": st.sampled_from(["", *(o.id for o in ITEM.decision.options)]),
        "steps": _some(ITEM.steps.entries, HANDS),
    }
)


def points(answer: dict[str, Any] | None, item: Any = ITEM) -> float:
    earned = score(item, answer).points
    assert earned is not None
    return earned


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (BEST, 6),
        ({"decision": "prepare"}, 2),
        ({"decision": "at_once"}, 0),
        ({"signs": BEST["signs"]}, 2),
        ({"steps": BEST["steps"]}, 2),
        ({**BEST, "decision": "drop"}, 4),
        # Three right and one of three lanes not: 2.5 of 4.
        ({"signs": {**BEST["signs"], "g_c": "neither"}}, 1.25),
        ({"signs": {"g_a": "ready", "g_b": "ready"}}, 1),
        ({"signs": dict.fromkeys(BEST["signs"], "neither")}, 0),
        ({"steps": dict.fromkeys(BEST["steps"], "me")}, 0.5),
        ({}, 0),
        (None, 0),
    ],
)
def test_does_each_part_earn_its_share(answer: Any, earned: float) -> None:
    assert points(answer) == pytest.approx(earned)


@given(ANSWERS)
def test_is_a_referral_worth_something_and_never_too_much(answer: dict[str, Any]) -> None:
    result = score(ITEM, answer)
    assert 0 <= points(answer) <= ITEM.points
    assert result.blank == (not any(answer.values()))
    assert result.full == (answer == BEST)


@given(ANSWERS, st.sampled_from(sorted(BEST["signs"])))
def test_does_taking_out_what_is_in_a_wrong_lane_never_cost(
    answer: dict[str, Any], one: str
) -> None:
    if answer["signs"].get(one, BEST["signs"][one]) != BEST["signs"][one]:
        less = {i: lane for i, lane in answer["signs"].items() if i != one}
        assert points({**answer, "signs": less}) >= points(answer)


@given(st.data())
def test_does_one_place_for_all_earn_little_in_any_sound_referral(data: st.DataObject) -> None:
    count = data.draw(st.integers(4, 12))
    lanes = data.draw(st.lists(st.sampled_from(LANES), min_size=count, max_size=count))
    hands = data.draw(st.lists(st.sampled_from(HANDS), min_size=4, max_size=10))
    item = referral(
        signs=[sign(f"g_{n}", lane) for n, lane in enumerate(lanes)],
        steps={
            "hands": [h.model_dump() for h in ITEM.steps.hands],
            "entries": [deed(f"d_{n}", hand) for n, hand in enumerate(hands)],
        },
    )
    if isinstance(item, Referral) and not item.check():
        for lane in LANES:
            signs = dict.fromkeys((s.id for s in item.signs), lane)
            steps = dict.fromkeys(
                (s.id for s in item.steps.entries), data.draw(st.sampled_from(HANDS))
            )
            assert points({"signs": signs}, item) <= item.points / 6
            assert points({"signs": signs, "steps": steps}, item) <= item.points / 3


@given(ANSWERS)
def test_is_a_referral_stored_the_same_however_it_comes(answer: dict[str, Any]) -> None:
    turned = {
        name: dict(reversed(held.items())) if isinstance(held, dict) else held
        for name, held in reversed(answer.items())
    }
    stored = ITEM.validate_response(answer)
    assert str(ITEM.validate_response(turned)) == str(stored)
    assert str(ITEM.validate_response(stored)) == str(stored)


def test_does_the_solution_earn_full_points_and_harm_nobody() -> None:
    result = score(ITEM, BEST)
    assert result.full and not any(p.harmful for p in result.parts)


def test_is_harm_told_of_what_was_done_only() -> None:
    def harm(**answer: Any) -> list[str]:
        return [p.id for p in score(ITEM, answer).parts if p.harmful]

    assert harm(signs={"g_c": "ready"}) == ["g_c"]
    assert harm(signs={"g_c": "neither"}) == harm() == []
    assert harm(decision="at_once") == ["at_once"]
    assert harm(steps={"d_c": "me", "d_a": "me"}) == ["d_c"]


def test_does_every_part_say_what_was_done_and_what_would_do() -> None:
    answer = {"signs": {"g_a": "wait"}, "decision": "drop", "steps": {"d_d": "nobody"}}
    parts = {p.id: p for p in score(ITEM, answer).parts}
    assert (parts["g_a"].answer, parts["g_a"].better) == ("Speaks for waiting", "Speaks for it")
    assert (parts["g_b"].answer, parts["g_b"].chosen, parts["g_b"].right) == ("", False, True)
    assert (parts["drop"].agrees, parts["prepare"].agrees, parts["at_once"].agrees) == (
        False,
        False,
        True,
    )
    assert (parts["d_d"].answer, parts["d_d"].better) == ("Not now, by nobody", "")


@given(st.integers())
def test_does_a_guess_fit_the_item(seed: int) -> None:
    given_answer = guess(ITEM, Random(seed))
    assert ITEM.validate_response(given_answer) == given_answer


def test_does_guessing_earn_little() -> None:
    assert guess_share(ITEM) < 0.25


def test_does_a_referral_say_what_it_lacks() -> None:
    answer = ITEM.validate_response({"signs": {"g_a": "ready"}, "steps": {"d_a": "me"}})
    assert ITEM.lacks(answer) == ["a lane for 3 signs", "the decision", "who does 3 steps"]
    assert not ITEM.is_answered(answer) and ITEM.is_answered(BEST)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("ready", "takes signs, decision and steps"),
        ({"sign": {}}, "takes signs, decision and steps"),
        ({"signs": ["g_a"]}, "takes signs by id, not list"),
        ({"signs": {"g_x": "ready"}}, "no sign 'g_x'; it has g_a, g_b"),
        ({"signs": {"g_a": "me"}}, "no lane 'me'; it has ready, wait"),
        ({"signs": {"g_a": ["ready"]}}, "no lane"),
        ({"decision": "wait"}, "no option 'wait'; it has at_once, prepare"),
        ({"decision": {"a": 1}}, "no option"),
        ({"steps": {"d_a": "ready"}}, "no hand 'ready'; it has me, trained"),
        ({"steps": {"d_x": ""}}, "no step 'd_x'"),
    ],
)
def test_is_an_impossible_referral_refused_in_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says) as caught:
        score(ITEM, value)
    assert str(caught.value).endswith(".")
