"""Faults in items that are typed or planned, each at the field to mend."""

from __future__ import annotations

from typing import Any

import pytest
from factories import activity, numeric, schedule, short_text
from pydantic import ValidationError

WHY = {"rationale": "Because"}


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"key": 31}, "plausible", "key 31 is not among 0, 1 ... 30"),
        ({"key": 9.5}, "plausible", "key 9.5 is not among 0, 1 ... 30"),
        (
            {"misses": [{"value": 9, **WHY}, {"value": 10, **WHY}]},
            ("misses", 1, "value"),
            "10 counts",
        ),
        ({"tolerance": 2}, ("misses", 0, "value"), "11.5 counts as right (key 10, tolerance 2)"),
        ({"misses": [{"value": 9, **WHY}] * 2}, ("misses", 1, "value"), "9 is there twice"),
    ],
)
def test_is_a_fault_of_a_number_found(more: dict[str, Any], field: Any, says: str) -> None:
    ((place, message),) = numeric(**more).check()
    assert place == field and message.startswith(says)


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"accepted": ["naloxone", "The Naloxone!"]}, ("accepted", 1), "compared as 'naloxone' is"),
        ({"accepted": ["naloxone", "—"]}, ("accepted", 1), "no letter or digit"),
        (
            {"misses": [{"text": ["x", "NARCAN"], **WHY}]},
            ("misses", 0, "text", 1),
            "as 'Narcan' is",
        ),
    ],
)
def test_is_a_fault_of_a_short_text_found(more: dict[str, Any], field: Any, says: str) -> None:
    ((place, message),) = short_text(**more).check()
    assert place == field and says in message


ROWS = [activity("a", 3, True), activity("b", 3, True), activity("c", 1, False)]
WEEK = {"activities": ROWS, "key": {"hours": [3, 6]}, "example": {"a": "mon"}}


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"activities": [*ROWS, ROWS[1]]}, ("activities", 3, "id"), "activity id 'b' is used"),
        ({"activities": ROWS[:2] * 2, "example": {"a": "mon"}}, "activities", "every activity"),
        ({"days": ["mon", "tue", "mon"]}, ("days", 2), "day 'mon' is there twice"),
        ({"days": ["tue"]}, ("example", "a"), "'mon' is not in this week; days are tue"),
        ({"example": {"a": "mon", "z": "mon"}}, ("example", "z"), "'z' is no activity id; act"),
        ({"key": {"hours": [3, 6], "must": ["z"]}}, ("key", "must", 0), "'z' is no activity id"),
        ({"key": {"hours": [9, 19]}}, ("key", "hours"), "all clinical hours together are 6"),
        ({"key": {"hours": [3, 6], "days": 7}, "days": ["mon"]}, ("key", "days"), "7 days are"),
        ({"key": {"hours": [3, 6], "days": 2}}, "example", "does not meet days of the key: it"),
        ({"example": {"c": "mon"}}, "example", "does not meet hours of the key: it has 0"),
    ],
)
def test_is_a_fault_of_a_week_found(more: dict[str, Any], field: Any, says: str) -> None:
    found = dict(schedule(**{**WEEK, **more}).check())
    assert found[field].startswith(says)


@pytest.mark.parametrize(
    "more",
    [
        {"key": {"hours": [9, 3]}},
        {"key": {"hours": [0, 3]}},
        {"activities": ROWS[:2]},
        {"activities": [*ROWS, activity("d", 0.1, True)]},
        {"activities": [*ROWS, activity("week.hours", 1, True)]},
        {"days": ["someday"]},
    ],
)
def test_is_an_impossible_week_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        schedule(**{**WEEK, **more})


@pytest.mark.parametrize(
    "more",
    [
        {"plausible": {"low": 0, "high": 1, "step": 1}},
        {"plausible": {"low": 5, "high": 0, "step": 1}},
        {"plausible": {"low": 0, "high": 5, "step": 0}},
        {"tolerance": -1},
        {"key": "nan"},
        {"misses": [{"value": 1, "harm": "minor", **WHY}]},
    ],
)
def test_is_an_impossible_number_item_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        numeric(**more)


def test_are_sound_items_without_fault() -> None:
    assert [list(make().check()) for make in (numeric, short_text, schedule)] == [[], [], []]
    assert schedule(**WEEK).check() == []
