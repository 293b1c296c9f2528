"""Gates: judged over all observations, never by one slip; more harm never improves one."""

from __future__ import annotations

from typing import Any

import pytest
from factories import EVERY_KIND, multiple, option, single, written
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model import GATE_DOMAINS
from iop_training.scoring import score, solution
from iop_training.scoring.gates import Gate, Observation, judge, judge_all, observe

HARMS = ("none", "minor", "serious")


def seen(n: int, **more: Any) -> Observation:
    """The n-th observation: right, of the first of two kinds, easy to guess."""
    facts: dict[str, Any] = {
        "item": f"m01-q{n:02}",
        "domain": "withdrawal",
        "kind": "single_choice",
        "assignment": "m01",
        "at": f"2026-11-22T14:{n:02}:00.000000Z",
        "guess_share": 0.25,
        "points": 2,
        "max_points": 2,
        **more,
    }
    return Observation.model_validate(facts)


def hard(n: int, **more: Any) -> Observation:
    """One of another kind that is hard to guess."""
    return seen(n, kind="multiple_choice", **{"guess_share": 0.10, **more})


def four(**fourth: Any) -> list[Observation]:
    """Four right observations that are enough to judge by; the fourth as given."""
    return [hard(1), seen(2), seen(3), seen(4, **fourth)]


def state(observations: list[Observation]) -> str:
    return judge("withdrawal", observations).state


def test_is_a_gate_met_by_four_right_of_two_kinds_one_hard_to_guess() -> None:
    gate = judge("withdrawal", four())
    assert (gate.state, gate.right, gate.needed, gate.missing, gate.urgency) == ("met", 4, 3, (), 0)


@pytest.mark.parametrize("slip", [{"points": 0}, {"points": 1}, {"harm": "minor"}])
def test_is_one_slip_of_four_forgiven(slip: dict[str, Any]) -> None:
    assert state(four(**slip)) == "met"


@pytest.mark.parametrize("slip", [{"points": 0}, {"harm": "minor"}])
def test_are_two_slips_of_four_not_yet(slip: dict[str, Any]) -> None:
    gate = judge("withdrawal", [hard(1), seen(2), seen(3, **slip), seen(4, **slip)])
    assert (gate.state, gate.right, gate.talk_first, gate.urgency) == ("not yet", 2, False, 1)
    assert [o.item for o in gate.to_practise] == ["m01-q03", "m01-q04"]


@pytest.mark.parametrize(
    ("observations", "missing"),
    [
        ([], ("4 more observations", "two kinds of question", "one that is hard to guess")),
        ([hard(1), seen(2), seen(3)], ("1 more observation",)),
        ([hard(n) for n in range(1, 6)], ("another kind of question",)),
        ([hard(1, guess_share=0.101), *four()[1:]], ("one that is hard to guess",)),
    ],
)
def test_does_too_little_say_what_is_missing(
    observations: list[Observation], missing: tuple[str, ...]
) -> None:
    gate = judge("withdrawal", observations)
    assert (gate.state, gate.missing, gate.urgency) == ("not yet", missing, 1)


@pytest.mark.parametrize("observations", [four(harm="serious"), [seen(1, harm="serious")]])
def test_is_exactly_one_serious_harm_check_now(observations: list[Observation]) -> None:
    gate = judge("withdrawal", observations)
    assert (gate.state, gate.talk_first, gate.to_close) == ("check now", True, 2)
    assert gate.to_practise[0].harm == "serious"


def test_are_two_serious_harms_not_yet_and_no_less_urgent() -> None:
    gate = judge("withdrawal", [*four(harm="serious"), seen(5, harm="serious")])
    assert (gate.state, gate.talk_first, gate.to_close) == ("not yet", True, 4)
    assert gate.urgency > judge("withdrawal", four(harm="serious")).urgency


def fresh(n: int, **more: Any) -> Observation:
    return seen(n, **{"assignment": "m02", **more})


def test_do_two_fresh_situations_close_it() -> None:
    before = [*four(harm="serious", points=0), fresh(5)]
    assert (state(before), judge("withdrawal", before).to_close) == ("check now", 1)
    gate = judge("withdrawal", [*before, fresh(6)])
    assert (gate.state, gate.serious, gate.right, gate.needed) == ("met", (), 5, 5)


def test_does_another_form_of_the_assignment_close_it_too() -> None:
    retake = [seen(n, form="B") for n in (5, 6)]
    assert state([*four(harm="serious", points=0), *retake]) == "met"


@pytest.mark.parametrize(
    "useless",
    [
        {"assignment": "m01"},  # the same sitting
        {"points": 1},
        {"harm": "minor"},
        {"at": ""},
        {"at": "2026-11-22T14:04:00.000000Z"},  # at the same moment
        {"at": "2026-11-21T14:00:00.000000Z"},  # before
    ],
)
def test_does_nothing_else_close_it(useless: dict[str, Any]) -> None:
    again = [fresh(n, **useless) for n in (5, 6, 7)]
    assert state([*four(harm="serious"), *again]) == "check now"


def test_does_harm_without_a_time_stay_open() -> None:
    assert state([*four(harm="serious", at=""), fresh(5), fresh(6)]) == "check now"


def test_does_a_second_harm_open_a_closed_gate_again() -> None:
    closed = [*four(harm="serious", points=0), fresh(5), fresh(6)]
    again = [*closed, fresh(7, harm="serious", assignment="m03")]
    gate = judge("withdrawal", again)
    assert (gate.state, gate.to_close) == ("not yet", 4)
    later = [fresh(n, assignment="m04") for n in (8, 9, 10, 11)]
    assert judge("withdrawal", [*again, *later]).serious == ()


def observations(**fixed: Any) -> st.SearchStrategy[Observation]:
    return st.builds(
        seen,
        st.integers(1, 40),
        kind=st.sampled_from(["single_choice", "multiple_choice"]),
        assignment=st.sampled_from(["m01", "m02", "m03"]),
        form=st.sampled_from("AB"),
        guess_share=st.sampled_from([0.02, 0.3]),
        points=st.sampled_from([0, 2, 2, 2]),
        harm=st.just("none") | st.sampled_from(HARMS),
        **fixed,
    )


@given(st.lists(observations(), min_size=1, max_size=14), st.data())
def test_does_more_harm_never_improve_a_gate(given_: list[Observation], data: Any) -> None:
    worse = [
        o.model_copy(update={"harm": data.draw(st.sampled_from(HARMS[HARMS.index(o.harm) :]))})
        for o in given_
    ]
    before, after = judge("withdrawal", given_), judge("withdrawal", worse)
    assert after.urgency >= before.urgency
    assert after.to_close >= before.to_close
    assert after.right <= before.right
    assert not (after.state == "met" and before.state != "met")


@given(st.lists(observations(), max_size=14), st.randoms())
def test_does_the_order_they_are_read_in_not_matter(given_: list[Observation], random: Any) -> None:
    shuffled = random.sample(given_, len(given_))
    first, second = judge("withdrawal", given_), judge("withdrawal", shuffled)
    assert (first.state, first.fresh, first.missing) == (second.state, second.fresh, second.missing)


@given(st.lists(observations(), max_size=10))
def test_is_a_met_gate_never_met_by_too_little_or_with_open_harm(given_: list[Observation]) -> None:
    gate = judge("withdrawal", given_)
    if gate.state == "met":
        assert len(given_) >= 4 and len({o.kind for o in given_}) >= 2
        assert any(o.guess_share <= 0.1 for o in given_)
        assert gate.right / len(given_) >= 0.75 and not gate.talk_first
    assert (gate.state == "check now") == (len(gate.serious) == 1)


def test_is_each_domain_judged_for_itself() -> None:
    other = [o.model_copy(update={"domain": "scope"}) for o in four(harm="serious")]
    gates: tuple[Gate, ...] = judge_all([*other, *four()])
    assert [(g.domain, g.state) for g in gates] == [("withdrawal", "met"), ("scope", "check now")]
    assert [g.domain for g in gates] == [d for d in GATE_DOMAINS if d in ("withdrawal", "scope")]


def test_is_an_observation_made_of_what_was_asked_answered_and_harmed() -> None:
    harm = {"harm": "serious", "harm_reason": "It hurts"}
    item = multiple(domain="scope", options=[*map(option, "abcd"), option("e", **harm)], points=2)
    found = observe(item, score(item, ["a", "e"]), "m01", "2026")
    assert found is not None
    assert (found.answer, found.harm, found.harm_reasons) == (
        "Option a; Option e",
        "serious",
        ("It hurts",),
    )
    assert (found.question, found.right, found.hard) == ("What comes first?", False, False)
    blank = observe(item, score(item, None))
    assert blank is not None and (blank.answer, blank.right, blank.harm) == ("", False, "none")


def test_is_nothing_else_an_observation() -> None:
    item, text = single(), written(domain="scope")
    assert observe(item, score(item, "b")) is None
    assert observe(text, score(text, "My words")) is None


def test_do_points_given_by_hand_count_and_harm_stays() -> None:
    slip = seen(1, points=0)
    assert slip.with_points(2).right and not slip.with_points(None).right
    assert not seen(1, points=0, harm="minor").with_points(2).right


@pytest.mark.parametrize(
    "build",
    [build for build in EVERY_KIND.values() if not build().manual],
    ids=lambda b: b.__name__,
)
def test_is_a_right_answer_of_every_kind_a_right_observation_in_words(build: Any) -> None:
    item = build(domain="withdrawal")
    found = observe(item, score(item, solution(item)))
    assert found is not None and found.right and found.harm == "none"
    assert found.answer.strip() and 0 <= found.guess_share < 1
    blank = observe(item, score(item, None))
    assert blank is not None and not blank.right and blank.answer == ""
