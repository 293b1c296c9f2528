"""A case is scored by playing what was handed in again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation.cases import example

from iop_training.scoring.cases import CaseScore, score_case
from iop_training.scoring.gates import judge
from iop_training.simulation import Session
from iop_training.simulation.script import Script

CASE = example()
SCRIPT = Script(CASE)
BEST = ["weight", "ask", "means", "together"]


def scored(*lines: str) -> CaseScore:
    """The score of these lines."""
    return score_case(CASE, ["case/1", "c90", "seed", *lines], "m13", "2026-11-22T14:00:00Z")


def parts(score: CaseScore) -> dict[str, float]:
    """Points by part."""
    return {part.name: part.points for part in score.parts}


def test_does_the_best_run_earn_everything() -> None:
    score = scored(*BEST)
    assert (score.state, score.points, score.max_points, score.ending) == ("ended", 20, 20, "held")
    assert parts(score) == {"process": 8, "decisions": 6, "ending": 6}
    assert score.passed
    assert score.harms == ()


def test_are_process_decision_and_ending_counted_apart() -> None:
    score = scored("whatletter", "ask", "doctor", "number")
    assert parts(score) == {
        "process": pytest.approx(8 * (2 + 3 + 1) / 9),
        "decisions": pytest.approx(2),
        "ending": 0,
    }
    assert score.points == pytest.approx(sum(parts(score).values()))
    assert not score.passed


def test_is_harm_apart_and_stops_a_pass() -> None:
    score = scored("weight", "harmless", "ask", "means", "together")
    assert score.points == 18 >= score.pass_mark
    assert [(h.turn, h.harm) for h in score.harms] == [(2, "serious")]
    assert not score.passed


@pytest.mark.parametrize(
    ("lines", "right", "harm", "guess", "answer"),
    [
        (BEST, True, "none", 0.25, "When you say done"),
        (["weight", "bright", "ask", "means", "together"], True, "none", 0.5, "Theo, are you"),
        (["weight", "tired", "alone", "together"], False, "none", 0.25, ""),
        (["weight", "harmless", "alone", "together"], False, "serious", 0.25, "You don't mean"),
        (["weight", "harmless", "ask", "why", "together"], False, "serious", 0.5, "You don't mean"),
    ],
)
def test_is_each_observation_one_of_its_gate(
    lines: list[str], right: bool, harm: str, guess: float, answer: str
) -> None:
    (seen,) = scored(*lines).observations
    assert (seen.item, seen.domain, seen.kind) == ("c90.asks_directly", "suicide", "case")
    assert (seen.assignment, seen.at) == ("m13", "2026-11-22T14:00:00Z")
    assert (seen.right, seen.harm, seen.guess_share) == (right, harm, guess)
    assert seen.answer.startswith(answer) and bool(seen.answer) == bool(answer)
    assert judge("suicide", [seen]).talk_first == (harm == "serious")


def test_is_what_never_came_up_no_observation() -> None:
    assert scored("lecture", "rules").observations == ()


def test_is_a_run_before_its_ending_paused_and_not_scored() -> None:
    score = scored("weight", "harmless")
    assert (score.state, score.points, score.parts) == ("paused", None, ())
    assert (score.harms, score.observations) == ((), ())


@pytest.mark.parametrize(
    ("saved", "says"),
    [
        (["case/1", "c90", "seed", "weight", "together"], "'together' is not on offer in turn 2"),
        (["case/1", "c90", "seed", *BEST, "ask"], "has ended"),
        (["case/1", "c90", "seed", "sit", "tired"], "'tired' is not on offer in turn 2"),
        (["case/1", "a01", "seed"], "of case 'a01'"),
        (["case/9", "c90", "seed"], "begins with 'case/1'"),
        ({"points": 20}, "no list of texts"),
        (None, "no list of texts"),
    ],
)
def test_is_what_was_not_on_offer_flagged_and_not_scored(saved: Any, says: str) -> None:
    score = score_case(CASE, saved)
    assert (score.state, score.points, score.passed) == ("flagged", None, False)
    assert says in score.look


@given(st.lists(st.integers(0, 5), max_size=10), st.text("0123456789abcdef", max_size=4))
def test_are_all_points_within_their_bounds(numbers: list[int], seed: str) -> None:
    session = Session.start(SCRIPT, seed)
    for number in numbers:
        if session.offered:
            session = session.choose(session.offered[number % len(session.offered)].id)
    score = score_case(CASE, session.to_list(), script=SCRIPT)
    assert score.state == ("ended" if session.ended else "paused")
    for part in score.parts:
        assert 0 <= part.points <= part.max_points
    if score.points is not None:
        assert score.points == pytest.approx(sum(parts(score).values()))
        assert 0 <= score.points <= score.max_points
