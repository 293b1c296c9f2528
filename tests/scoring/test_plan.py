"""A plan: each section earns its share, own words earn nothing, choosing everything is no way."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from factories import entry, plan, section
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model.kinds.plan import Plan
from iop_training.scoring import guess, score, solution
from iop_training.scoring.guessing import guess_share

ITEM = plan()
assert isinstance(ITEM, Plan)


def _filled(item: Plan) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            s.id: st.fixed_dictionaries(
                {},
                optional={
                    "picked": st.lists(
                        st.sampled_from([e.id for e in s.entries]), unique=True, max_size=s.pick
                    ),
                    "own": st.text(max_size=60),
                },
            )
            for s in item.sections
        },
    )


PLANS = _filled(ITEM)


def picked(**sections: list[str]) -> dict[str, Any]:
    return {name: {"picked": ids} for name, ids in sections.items()}


def points(answer: dict[str, Any], item: Any = ITEM) -> float:
    earned = score(item, answer).points
    assert earned is not None
    return earned


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (picked(signs=["s_a", "s_b"], coping=["c_a"], people=["p_b"]), 6),
        (picked(signs=["s_a", "s_b"], coping=["c_b"], people=["p_b"]), 6),
        (picked(signs=["s_a"], coping=["c_a"], people=["p_b"]), 5),
        (picked(signs=["s_a", "s_b", "s_c"], coping=["c_a"], people=["p_b"]), 5),
        (picked(signs=["s_a", "s_c"]), 0),
        (picked(coping=["c_c"]), 0),
        (picked(signs=["s_c", "s_d"], coping=["c_a"]), 2),
        (picked(signs=["s_a", "s_b", "s_c", "s_d"], people=["p_a", "p_b"]), 0),
        ({"signs": {"own": "The quiet after nine"}}, 0),
        ({}, 0),
    ],
)
def test_does_each_section_earn_its_share(answer: dict[str, Any], earned: float) -> None:
    assert points(answer) == pytest.approx(earned)


@given(PLANS)
def test_is_a_plan_worth_something_and_never_too_much(answer: dict[str, Any]) -> None:
    result = score(ITEM, answer)
    assert result.points is not None and 0 <= result.points <= ITEM.points
    held = [s for s in answer.values() if s.get("picked") or s.get("own", "").strip()]
    assert result.blank == (not held)
    assert result.full == all(p.agrees for p in result.parts)


@given(PLANS, st.text(max_size=60))
def test_do_own_words_never_count(answer: dict[str, Any], own: str) -> None:
    other = {**answer, "signs": {**answer.get("signs", {}), "own": own}}
    assert points(other) == points(answer)


@given(PLANS, st.sampled_from([(s.id, e.id) for s in ITEM.sections for e in s.entries]))
def test_does_taking_out_what_does_not_fit_never_cost(
    answer: dict[str, Any], place: tuple[str, str]
) -> None:
    name, one = place
    held = answer.get(name, {}).get("picked", [])
    fits = next(e.fits for s in ITEM.sections for e in s.entries if e.id == one)
    if one in held and not fits:
        less = {**answer, name: {**answer[name], "picked": [i for i in held if i != one]}}
        assert points(less) >= points(answer)


@given(st.data())
def test_does_choosing_everything_earn_nothing_in_any_sound_plan(data: st.DataObject) -> None:
    fits = data.draw(st.lists(st.lists(st.booleans(), min_size=2, max_size=6), min_size=2))
    item = plan(
        sections=[
            section(f"s{n}", *(entry(f"s{n}_{m}", fit) for m, fit in enumerate(row)))
            for n, row in enumerate(fits[:24])
        ]
    )
    if isinstance(item, Plan) and not item.check():
        everything = picked(**{s.id: [e.id for e in s.entries] for s in item.sections})
        assert points(everything, item) == 0


@given(PLANS, st.randoms())
def test_is_a_plan_stored_the_same_however_it_comes(answer: dict[str, Any], mix: Any) -> None:
    turned = {name: dict(held) for name, held in reversed(answer.items())}
    for held in turned.values():
        held["picked"] = [*held.get("picked", []), *held.get("picked", [])]
        mix.shuffle(held["picked"])
    stored = ITEM.validate_response(turned)
    assert stored == ITEM.validate_response(answer) == ITEM.validate_response(stored)
    assert list(stored) == list(ITEM.validate_response(answer))


def test_does_the_solution_earn_full_points_and_harm_nobody() -> None:
    result = score(ITEM, solution(ITEM))
    assert result.full and not any(p.harmful for p in result.parts)


def test_is_harm_told_of_what_was_chosen_only() -> None:
    def harm(answer: Any) -> list[str]:
        return [p.id for p in score(ITEM, answer).parts if p.harmful]

    assert harm(picked(coping=["c_c"])) == ["c_c"]
    assert harm(picked(coping=["c_a"])) == harm({}) == []


def test_is_one_that_fits_as_well_nothing_to_add() -> None:
    parts = {p.id: p for p in score(ITEM, picked(coping=["c_a"])).parts}
    assert not parts["c_b"].right and parts["c_b"].rationale.startswith("Fits as well. ")
    assert parts["s_a"].right and not parts["s_a"].chosen


@given(st.integers())
def test_does_a_guess_fit_the_item(seed: int) -> None:
    ITEM.validate_response(guess(ITEM, Random(seed)))


def test_does_guessing_earn_little() -> None:
    assert guess_share(ITEM) < 0.35


def test_does_a_plan_with_an_empty_step_lack_it() -> None:
    answer = ITEM.validate_response({"signs": {"picked": ["s_a"]}, "people": {"own": "My aunt"}})
    assert [s.id for s in ITEM.empty(answer)] == ["coping", "people"]
    assert not ITEM.is_answered(answer) and ITEM.is_answered(solution(ITEM))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("signs", "takes entries by section, not str"),
        ({"sign": {}}, "no section 'sign'; it has signs, coping, people"),
        ({"signs": ["s_a"]}, "takes picked and own for signs"),
        ({"signs": {"chosen": []}}, "takes picked and own for signs"),
        ({"signs": {"picked": "s_a"}}, "picked as a list"),
        ({"signs": {"picked": ["c_a"]}}, "no entry 'c_a'; it has s_a, s_b"),
        ({"signs": {"picked": [{}]}}, "no entry"),
        ({"coping": {"picked": ["c_a", "c_b"]}}, "takes 1 at most in coping, not 2"),
        ({"signs": {"own": 3}}, "takes a text"),
        ({"signs": {"own": "x" * 201}}, "201 characters"),
    ],
)
def test_is_an_impossible_plan_refused_in_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says) as caught:
        score(ITEM, value)
    assert str(caught.value).endswith(".")


def test_are_own_words_taken_only_where_they_are_asked_for() -> None:
    with pytest.raises(ResponseError, match="no words of one's own"):
        score(plan(own_words=False), {"signs": {"own": "Mine"}})
