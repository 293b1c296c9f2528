"""A week: hours add up, each requirement earns its share, and nothing wrong that is added pays."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from factories import activity, schedule
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model.kinds.schedule import DAY_NAMES, Schedule
from iop_training.scoring import guess, score, solution

ITEM = schedule()
assert isinstance(ITEM, Schedule)
IDS = ITEM.shuffled()
CLINICAL = {a.id for a in ITEM.activities if a.counts}
WEEKS = st.builds(
    lambda days, ticks: {"days": days, "counts": [i for i in days if i in ticks]},
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(list(DAY_NAMES))),
    st.sets(st.sampled_from(IDS)),
)


def week(days: dict[str, str], *more_or_fewer_ticks: str) -> dict[str, Any]:
    """A week with every clinical activity ticked, but for those named, which are the other way."""
    right = {i for i in days if i in CLINICAL}
    return {"days": days, "counts": sorted(right ^ {*more_or_fewer_ticks})}


def points(answer: dict[str, Any]) -> float:
    earned = score(ITEM, answer).points
    assert earned is not None
    return earned


GROUPS = {"group_a": "mon", "group_b": "wed", "group_c": "fri"}
EXAMPLE = {**GROUPS, "individual": "wed"}


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (week(EXAMPLE), 5),
        (week({**EXAMPLE, "lunch": "sun"}), 5),
        (week(EXAMPLE, "group_a"), 4),
        (week({**EXAMPLE, "lunch": "mon"}, "lunch"), 4),
        (week(GROUPS), 4),
        (week({**GROUPS, "individual": "wed", "extra": "sat"}), 4),
        (week({**EXAMPLE, "group_c": "mon"}), 3),
        (week({"group_a": "mon", "individual": "mon"}), 3),
        (week({"lunch": "mon"}), 0),
        (week({}), 0),
    ],
)
def test_does_each_requirement_earn_its_share(answer: dict[str, Any], earned: float) -> None:
    assert points(answer) == earned


@given(WEEKS)
def test_are_the_clinical_hours_those_of_the_clinical_rows(answer: dict[str, Any]) -> None:
    rows = [a for a in ITEM.activities if a.counts and a.id in answer["days"]]
    hours = ITEM.clinical(answer["days"])
    assert sum(hours.values()) == sum(a.hours for a in rows)
    assert set(hours) == {answer["days"][a.id] for a in rows}


@given(WEEKS)
def test_is_a_week_worth_something_and_never_too_much(answer: dict[str, Any]) -> None:
    result = score(ITEM, answer)
    assert 0 <= points(answer) <= ITEM.points
    assert result.blank == (not answer["days"])
    assert result.full == all(p.agrees for p in result.parts if p.id.startswith("week."))
    if not CLINICAL & {*answer["days"]}:
        assert points(answer) == 0


@given(WEEKS, st.sampled_from(list(DAY_NAMES)))
def test_does_ticking_what_does_not_count_never_pay(answer: dict[str, Any], day: str) -> None:
    right = {**answer, "days": {**answer["days"], "lunch": day}}
    right["counts"] = [i for i in answer["counts"] if i != "lunch"]
    assert points({**right, "counts": [*right["counts"], "lunch"]}) <= points(right)


@given(
    st.fixed_dictionaries({i: st.sampled_from(list(DAY_NAMES)) for i in EXAMPLE}),
    st.sets(st.sampled_from(IDS)),
    st.data(),
)
def test_does_going_over_the_hours_never_pay(
    days: dict[str, str], ticks: set[str], data: st.DataObject
) -> None:
    within = {"days": days, "counts": sorted(ticks & {*days})}
    day = data.draw(st.sampled_from(sorted(ITEM.clinical(days))))
    over = {"days": {**days, "extra": day}, "counts": [*within["counts"], "extra"]}
    assert sum(ITEM.clinical(over["days"]).values()) > ITEM.key.hours[1]
    assert points(over) < points(within)


@given(WEEKS, st.randoms())
def test_is_an_answer_stored_the_same_however_it_comes(answer: dict[str, Any], mix: Any) -> None:
    days, counts = list(answer["days"].items()), [*answer["counts"], *answer["counts"]]
    mix.shuffle(days)
    mix.shuffle(counts)
    stored = ITEM.validate_response({"days": dict(days), "counts": counts})
    assert list(stored["days"].items()) == sorted(answer["days"].items())
    assert stored["counts"] == sorted(answer["counts"])
    assert ITEM.validate_response(stored) == stored


def test_is_a_tick_outside_the_week_left_out() -> None:
    assert ITEM.validate_response({"days": {}, "counts": ["lunch"]}) == {"days": {}, "counts": []}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("mon", "takes days and counts"),
        ({"week": {}}, "takes days and counts"),
        ({"days": ["mon"]}, "days as a mapping"),
        ({"days": {"dinner": "mon"}}, "no activity 'dinner'; it has group_a, group_b"),
        ({"days": {"lunch": "someday"}}, "no day 'someday'; it has mon, tue"),
        ({"days": {"lunch": ["mon"]}}, "no day"),
        ({"counts": [{}]}, "no activity"),
    ],
)
def test_is_an_impossible_week_refused_in_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says) as caught:
        score(ITEM, value)
    assert str(caught.value).endswith(".")


def test_does_every_part_say_what_the_week_has_and_needs() -> None:
    parts = {p.id: p for p in score(ITEM, week({"group_a": "mon", "lunch": "mon"}, "lunch")).parts}
    assert (parts["week.hours"].answer, parts["week.hours"].better) == ("3 hours", "9 to 12 hours")
    assert (parts["week.days"].answer, parts["week.days"].better) == ("1 day", "at least 3")
    assert (parts["week.longest_day"].agrees, parts["week.longest_day"].answer) == (
        True,
        "3 hours on Monday",
    )
    assert parts["week.must.individual"].answer == "not in the week"
    assert parts["week.count"].better == "tick what counts in this week: Activity group_a"
    assert not parts["lunch"].agrees and parts["lunch"].answer == "Monday, counted"
    assert parts["group_b"].agrees and parts["group_b"].answer == "not in the week"


def test_does_the_example_earn_full_points() -> None:
    assert score(ITEM, solution(ITEM)).full


@given(st.integers())
def test_does_a_guess_fit_the_item(seed: int) -> None:
    answer = guess(ITEM, Random(seed))
    assert ITEM.validate_response(answer)["days"] == dict(sorted(answer["days"].items()))


def test_are_quarters_of_an_hour_added_exactly() -> None:
    rows = [activity(f"r{n}", 0.75, True) for n in range(4)] + [activity("lunch", 0.5, False)]
    days = {f"r{n}": "mon" for n in range(4)}
    item = schedule(activities=rows, key={"hours": [3, 3], "longest_day": 3}, example=days)
    assert item.check() == [] and score(item, solution(item)).full
