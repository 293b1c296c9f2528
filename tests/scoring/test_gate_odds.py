"""How likely somebody meets a gate: exact sums against simulated people."""

from __future__ import annotations

from math import comb
from random import Random

import pytest
from factories import multiple, option, single, written
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model import Item
from iop_training.scoring import guess, score
from iop_training.scoring.gate_odds import COMPETENT, meets, outlook, outlooks
from iop_training.scoring.gates import judge, observe

HARM = {"harm": "serious", "harm_reason": "It hurts"}


def bank() -> list[Item]:
    """Four observations of withdrawal that can be judged."""
    one = [option("a", **HARM), option("b"), option("c")]
    six = [*map(option, "abcde"), option("f", **HARM)]
    return [
        single(id="m01-q01", domain="withdrawal", options=one),
        single(id="m01-q02", domain="withdrawal", options=one),
        single(id="m01-q03", domain="withdrawal"),
        multiple(id="m01-q04", domain="withdrawal", options=six, key=["a", "b"]),
    ]


def test_is_it_binomial_where_no_answer_does_harm() -> None:
    exact = sum(comb(8, k) * 0.9**k * 0.1 ** (8 - k) for k in range(6, 9))
    assert meets([(0.9, 0.0)] * 8) == pytest.approx(exact)


def test_does_a_sure_person_meet_it_and_a_harmful_one_never() -> None:
    assert meets([(1.0, 0.0)] * 5) == pytest.approx(1)
    assert meets([(0.9, 0.1)] * 3 + [(0.0, 1.0)]) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8))
def test_is_it_a_probability_that_harm_lowers(pairs: list[tuple[float, float]]) -> None:
    answers = [(right, (1 - right) * share) for right, share in pairs]
    assert 0 <= meets(answers) <= meets([(right, 0.0) for right, _ in answers]) + 1e-9 <= 1 + 1e-8


def test_do_simulated_guessers_meet_it_as_often_as_computed() -> None:
    items, chance, tries = bank(), Random(5), 3000
    met = 0
    for _ in range(tries):
        seen = [observe(item, score(item, guess(item, chance))) for item in items]
        met += judge("withdrawal", [o for o in seen if o]).state == "met"
    expected = outlook("withdrawal", items).guesser
    error = (expected * (1 - expected) / tries) ** 0.5
    assert met / tries == pytest.approx(expected, abs=5 * error)
    assert 0 < expected < 0.05


def test_is_the_competent_person_more_likely_the_more_competent() -> None:
    found = outlook("withdrawal", bank())
    assert (found.observations, found.hard, found.missing) == (4, 1, ())
    assert found.kinds == ("multiple_choice", "single_choice")
    assert found.guesser < found.competent[0] < found.competent[1] < found.competent[2] < 1
    assert len(found.competent) == len(COMPETENT)


def test_is_what_cant_be_judged_never_met() -> None:
    found = outlook("withdrawal", bank()[:3])
    assert found.missing == (
        "1 more observation",
        "another kind of question",
        "one that is hard to guess",
    )
    assert (found.guesser, *found.competent) == (0, 0, 0, 0)


def test_do_practice_and_what_people_grade_not_count() -> None:
    practice = single(id="m01-f01", use="formative", domain="withdrawal")
    text = written(id="m01-w01", domain="withdrawal")
    *each, together = outlooks([*bank(), practice, text, single(id="m01-q09")])
    assert len(each) == 7
    assert {o.domain: o.observations for o in each if o.observations} == {"withdrawal": 4}
    assert together.observations == 4 and len(together.missing) == 6


def test_are_all_domains_together_the_product_of_each() -> None:
    every = [
        item.model_copy(update={"domain": domain})
        for domain in (o.domain for o in outlooks([])[:-1])
        for item in bank()
    ]
    *each, together = outlooks(every)
    assert together.missing == ()
    assert together.competent[2] == pytest.approx(each[0].competent[2] ** 7)
