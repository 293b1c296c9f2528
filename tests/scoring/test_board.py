"""A board: whom one reaches in time earns a share, and harm takes off; the clock is the case's."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from factories import action, board, situation
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model.kinds.board import Board
from iop_training.scoring import guess, score, solution
from iop_training.scoring.guessing import guess_share

ITEM = board()
assert isinstance(ITEM, Board)
LENGTHS = {a.id: a.minutes for a in ITEM.actions}


def _that_fits(order: list[str]) -> list[str]:
    """The order up to where the shift is over."""
    done: list[str] = []
    for one in order:
        if sum(LENGTHS[i] for i in [*done, one]) > ITEM.minutes:
            return done
        done.append(one)
    return done


ORDERS = st.lists(st.sampled_from(sorted(LENGTHS)), unique=True).map(_that_fits)


def points(answer: list[str], item: Any = ITEM) -> float:
    earned = score(item, answer).points
    assert earned is not None
    return earned


@pytest.mark.parametrize(
    ("done", "earned"),
    [
        (["nurse", "talk", "write"], 6),
        (["nurse", "talk", "send_home", "write"], 5),
        (["talk", "nurse", "write"], 4),
        (["nurse", "file", "talk"], 2),
        (["nurse"], 2),
        (["walk", "talk"], 2),
        (["nurse", "walk", "talk", "send_home"], 1),
        (["file", "send_home", "nurse"], 0),
        (["send_home"], 0),
        ([], 0),
    ],
)
def test_does_everybody_reached_in_time_earn_a_share(done: list[str], earned: float) -> None:
    assert points(done) == pytest.approx(earned)


@given(ORDERS)
def test_is_an_order_worth_something_and_never_too_much(done: list[str]) -> None:
    result = score(ITEM, done)
    assert 0 <= points(done) <= ITEM.points
    assert result.blank == (not done)
    in_time = all(p.right for p in result.parts if p.id in {s.id for s in ITEM.situations})
    assert result.full == (in_time and "send_home" not in done)


@given(ORDERS)
def test_do_actions_follow_each_other_without_a_gap(done: list[str]) -> None:
    clock = 0
    for one, begins in ITEM.begins(done).items():
        assert begins == clock
        clock += LENGTHS[one]
    assert clock <= ITEM.minutes


@given(ORDERS, st.integers(0, 6))
def test_does_harm_never_pay(done: list[str], place: int) -> None:
    without = [i for i in done if i != "send_home"]
    harmful = [*without[:place], "send_home", *without[place:]]
    if sum(LENGTHS[i] for i in harmful) <= ITEM.minutes:
        assert points(harmful) <= points(without)


@given(ORDERS)
def test_does_leaving_out_what_serves_nobody_never_cost(done: list[str]) -> None:
    assert points([i for i in done if i != "file"]) >= points(done)


@given(st.data())
def test_is_an_order_found_wherever_there_is_one(data: st.DataObject) -> None:
    """Compared with trying every order of every choice of actions."""
    minutes = st.integers(1, 20)
    count = data.draw(st.integers(2, 3))
    people = [situation(f"p{n}", data.draw(st.integers(0, 30))) for n in range(count)]
    doing = [action(f"a{n}", data.draw(minutes), f"p{n % count}") for n in range(4)]
    item = board(situations=people, actions=doing, minutes=data.draw(st.integers(20, 50)))
    assert isinstance(item, Board)
    lengths = {a.id: a.minutes for a in item.actions}
    found = any(
        all(item.in_time(order).values())
        for size in range(1, 5)
        for order in permutations(lengths, size)
        if sum(lengths[i] for i in order) <= item.minutes
    )
    assert (item.best() is not None) == found
    if found:
        assert score(item, solution(item)).full


def test_is_harm_told_of_whom_nobody_reached_in_time() -> None:
    def harm(done: list[str]) -> list[str]:
        return [p.id for p in score(ITEM, done).parts if p.harmful]

    assert harm(["nurse", "talk"]) == []
    assert harm(["talk", "nurse"]) == harm(["talk"]) == ["rosa"]
    assert harm(["nurse", "send_home"]) == ["send_home"]
    assert harm([]) == []


def test_does_every_part_say_when_and_what_would_do() -> None:
    parts = {p.id: p for p in score(ITEM, ["talk", "nurse", "file"]).parts}
    assert parts["rosa"].answer == "begun at minute 10"
    assert parts["rosa"].better == "Do nurse or Do walk, before all else"
    assert parts["letter"].answer == "not begun"
    assert parts["letter"].better == "Do write, by minute 30"
    assert (parts["leon"].chosen, parts["leon"].right, parts["leon"].better) == (True, True, "")
    assert (parts["nurse"].answer, parts["nurse"].agrees) == ("minute 10 to 18", False)
    assert (parts["write"].chosen, parts["write"].right) == (False, True)
    assert (parts["walk"].chosen, parts["walk"].right) == (False, False)
    assert (parts["file"].chosen, parts["file"].right) == (False, False)


def test_does_the_solution_earn_full_points_and_harm_nobody() -> None:
    result = score(ITEM, solution(ITEM))
    assert result.full and not any(p.harmful for p in result.parts)


@given(st.integers())
def test_does_a_guess_fit_the_item(seed: int) -> None:
    done = guess(ITEM, Random(seed))
    assert ITEM.validate_response(done) == done


@given(st.permutations(sorted(LENGTHS)))
def test_does_filling_the_shift_blindly_never_earn_all(order: list[str]) -> None:
    left, done = ITEM.minutes, []
    for one in order:
        if LENGTHS[one] <= left:
            left -= LENGTHS[one]
            done.append(one)
    assert points(done) < ITEM.points


def test_does_guessing_earn_little() -> None:
    assert guess_share(ITEM) < 0.3


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("nurse", "takes a list of actions, not str"),
        ({"nurse": 1}, "takes a list of actions, not dict"),
        (["doctor"], "no action 'doctor'; it has write, talk"),
        ([["nurse"]], "no action"),
        (["nurse", "nurse"], "each action once"),
        (["walk", "write", "file"], "take 47 minutes, and there are 40"),
    ],
)
def test_is_an_impossible_order_refused_in_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says) as caught:
        score(ITEM, value)
    assert str(caught.value).endswith(".")
