"""How likely somebody meets a gate: exact sums against simulated people and the real judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb
from random import Random

import pytest
from factories import multiple, option, single, written
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model import GATE_DOMAINS, Item, Score
from iop_training.scoring import guess, score, solution
from iop_training.scoring.gate_odds import (
    COMPETENT,
    Answers,
    competent,
    meets,
    outlook,
    outlooks,
    talks,
)
from iop_training.scoring.gates import Gate, Observation, judge, observe
from iop_training.scoring.guessing import guessing, is_right

RIGHT, HARMED, MISSED = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)
HARM = {"harm": "serious", "harm_reason": "It hurts"}
TRIES = 2000


def bank(module: str = "m01") -> list[Item]:
    """Four observations of withdrawal that can be judged."""
    one = [option("a", **HARM), option("b"), option("c")]
    six = [*map(option, "abcde"), option("f", **HARM)]
    return [
        single(id=f"{module}-q01", domain="withdrawal", options=one),
        single(id=f"{module}-q02", domain="withdrawal", options=one),
        single(id=f"{module}-q03", domain="withdrawal"),
        multiple(id=f"{module}-q04", domain="withdrawal", options=six, key=["a", "b"]),
    ]


def harmless(module: str) -> list[Item]:
    """Four of them in which no harm can be chosen."""
    one = [single(id=f"{module}-q{n:02}", domain="withdrawal") for n in (1, 2, 3)]
    six = [*map(option, "abcdef")]
    return [
        *one,
        multiple(id=f"{module}-q04", domain="withdrawal", options=six, key=["a", "b"]),
    ]


SMALL = [bank("w01"), bank("m01")[:3], bank("m03")[:1], harmless("m05")]
"""A small course: what is harmed early can be closed, again and again, or stay open."""


def lived(answer: Callable[[Item], Score]) -> tuple[list[Gate], int]:
    """The gate after each assignment of the small course, as it is judged when it comes in, and
    how many of them ask for a talk of their own."""
    seen: list[Observation] = []
    judged: list[Gate] = []
    for items in SMALL:
        name = items[0].id[:3]
        for item in items:
            made = observe(item, answer(item), name, f"2026-11-{len(seen) + 1:02}")
            seen += [made] if made else []
        judged.append(judge("withdrawal", seen))
    asked = zip(SMALL, judged, strict=True)
    return judged, sum(
        any(o.assignment == items[0].id[:3] for o in gate.serious) for items, gate in asked
    )


def near(share: float, expected: float) -> bool:
    """Within five standard errors of a share of the simulated people."""
    return abs(share - expected) <= 5 * (expected * (1 - expected) / TRIES) ** 0.5


@pytest.mark.parametrize("able", [0.5, 0.7, 0.95])
def test_do_simulated_people_meet_it_as_often_as_computed(able: float) -> None:
    chance = Random(8)

    def answer(item: Item) -> Score:
        if chance.random() < able:
            return score(item, solution(item), bare=True)
        while is_right(missed := score(item, guess(item, chance), bare=True)):
            pass
        return missed

    people = [lived(answer) for _ in range(TRIES)]
    answers = [[competent(guessing(item), able) for item in items] for items in SMALL]
    first, end = meets(answers[:1]), meets(answers)
    assert near(sum(judged[0].state == "met" for judged, _ in people) / TRIES, first)
    assert near(sum(judged[-1].state == "met" for judged, _ in people) / TRIES, end)
    assert sum(n for _, n in people) / TRIES == pytest.approx(talks(answers), abs=0.08)
    closed = sum(any(g.talk_first for g in j[:-1]) and j[-1].state == "met" for j, _ in people)
    assert closed > TRIES / 100  # people who met it only because something was closed


def test_do_simulated_guessers_meet_it_as_often_as_computed() -> None:
    chance = Random(5)
    people = [
        lived(lambda item: score(item, guess(item, chance), bare=True))[0] for _ in range(TRIES)
    ]
    found = outlook("withdrawal", SMALL)
    assert near(sum(g[0].state == "met" for g in people) / TRIES, found.first_week.guesser)
    assert near(sum(g[-1].state == "met" for g in people) / TRIES, found.course.guesser)
    assert 0 < found.course.guesser < found.first_week.guesser < 0.05


def test_is_it_binomial_where_no_answer_does_harm() -> None:
    exact = sum(comb(8, k) * 0.9**k * 0.1 ** (8 - k) for k in range(6, 9))
    assert meets([[(0.9, 0.0)] * 8]) == pytest.approx(exact)
    assert meets([[(0.9, 0.0)] * 3, [], [(0.9, 0.0)] * 5]) == pytest.approx(exact)


@pytest.mark.parametrize(
    ("assignments", "met"),
    [
        ([[RIGHT] * 5], 1),
        ([[RIGHT] * 3 + [MISSED]], 1),
        ([[RIGHT] * 2 + [MISSED] * 2], 0),
        ([[HARMED] + [RIGHT] * 5], 0),  # the same sitting closes nothing
        ([[RIGHT] * 5, [HARMED]], 0),  # nor does what came before
        ([[HARMED] + [RIGHT] * 4, [RIGHT]], 0),
        ([[HARMED], [RIGHT] * 3], 1),
        ([[HARMED], [RIGHT], [RIGHT, MISSED], [RIGHT] * 4], 1),
        ([[HARMED] * 2, [RIGHT] * 6], 1),
        ([[HARMED] * 2 + [RIGHT] * 6, [RIGHT] * 3], 0),  # two for each
        ([[HARMED], [RIGHT] * 4, [HARMED, RIGHT], [RIGHT] * 3], 0),  # another opens it again
        ([[HARMED], [RIGHT] * 4, [HARMED, RIGHT], [RIGHT] * 4], 1),
    ],
)
def test_is_harm_closed_by_two_fresh_right_answers_for_each(
    assignments: list[Answers], met: float
) -> None:
    assert meets(assignments) == met


@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    )
)
def test_is_it_a_probability_that_harm_lowers(pairs: list[list[tuple[float, float]]]) -> None:
    answers = [[(right, (1 - right) * share) for right, share in asked] for asked in pairs]
    unharmed = [[(right, 0.0) for right, _ in asked] for asked in answers]
    assert 0 <= meets(answers) <= meets(unharmed) + 1e-9 <= 1 + 1e-8
    assert 0 <= talks(answers) <= len(answers)
    assert talks(unharmed) == 0


def test_is_the_competent_person_more_likely_the_more_competent() -> None:
    found = outlook("withdrawal", [bank()]).course
    assert (found.observations, found.hard, found.missing) == (4, 1, ())
    assert found.kinds == ("multiple_choice", "single_choice")
    assert found.guesser < found.competent[1] < found.competent[0] < 1
    assert len(found.competent) == len(COMPETENT)


def test_is_what_cant_be_judged_never_met() -> None:
    found = outlook("withdrawal", [bank()[:3]]).course
    assert found.missing == (
        "1 more observation",
        "another kind of question",
        "one that is hard to guess",
    )
    assert (found.guesser, *found.competent) == (0, 0, 0)


def test_do_practice_and_what_people_grade_not_count() -> None:
    practice = single(id="m01-f01", use="formative", domain="withdrawal")
    text = written(id="m01-w01", domain="withdrawal")
    *each, together = outlooks([*bank(), practice, text, single(id="m01-q09")])
    assert len(each) == 7
    observed = {o.domain: o.course.observations for o in each if o.course.observations}
    assert observed == {"withdrawal": 4}
    assert together.course.observations == 4 and len(together.course.missing) == 6


def test_does_the_first_week_come_first_and_stand_alone() -> None:
    early = next(o for o in outlooks([*harmless("m01"), *bank("w01")]) if o.course.observations)
    late = next(o for o in outlooks([*bank("m01"), *harmless("w01")]) if o.course.observations)
    assert early.course.competent[0] > late.course.competent[0]  # m01 can close it
    assert early.first_week.competent[0] < late.first_week.competent[0]
    assert early.talks == pytest.approx(late.talks) and early.talks > 0
    assert early.first_week == outlook("withdrawal", [bank("w01")]).course
    assert outlook("withdrawal", [bank()]).first_week.observations == 0


def in_every_domain(items: Sequence[Item]) -> list[Item]:
    return [item.model_copy(update={"domain": d}) for d in GATE_DOMAINS for item in items]


def test_are_all_domains_together_the_product_of_each() -> None:
    *each, together = outlooks([*in_every_domain(bank()), *bank("w01")])
    assert together.course.missing == together.first_week.missing == ()
    product = each[0].course.competent[1] ** 6
    (asked_first,) = (o for o in each if o.first_week.observations)
    assert together.course.competent[1] == pytest.approx(product * asked_first.course.competent[1])
    assert together.first_week == asked_first.first_week
    assert together.talks == pytest.approx(sum(o.talks for o in each))
