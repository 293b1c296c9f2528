"""Faults in the items of the typed kinds, each at the field to mend."""

from __future__ import annotations

from typing import Any

import pytest
from factories import numeric, short_text
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
    assert numeric().check() == short_text().check() == []
