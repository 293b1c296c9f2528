"""Faults in items that are typed or planned, each at the field to mend."""

from __future__ import annotations

from typing import Any

import pytest
from factories import (
    ANYBODY,
    activity,
    coding,
    defects,
    numeric,
    paper_line,
    schedule,
    short_text,
    turn,
)
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


SOUND = [paper_line(i) for i in ("a", "b", "c")]


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"lines": [*SOUND, paper_line("a", text="x", defect=True)]}, ("lines", 3, "id"), "id 'a'"),
        ({"missing": [paper_line("what")]}, ("missing", 0, "id"), "id 'what' is used twice"),
        (
            {"lines": [*SOUND, paper_line("d", text="line A", defect=True)]},
            ("lines", 3, "text"),
            "d says the same as a",
        ),
        (
            {"lines": [paper_line("d", defect=True), *SOUND[:2], paper_line("e", better="x")]},
            ("lines", 3, "better"),
            "e is no defect, so it has no better; add defect: true, or take better away",
        ),
        (
            {
                "lines": [
                    paper_line("d", **ANYBODY),
                    *SOUND,
                    paper_line("e", harm="minor", harm_reason="It hurts"),
                ]
            },
            ("lines", 4, "harm"),
            "e is no defect, so it has no harm",
        ),
        ({"lines": [*SOUND, paper_line("d")]}, "lines", "no line is a defect"),
        (
            {"lines": [SOUND[0], *(paper_line(i, defect=True) for i in "def")], "missing": []},
            "lines",
            "3 of 4 are to be marked, so marking everything would earn points",
        ),
    ],
)
def test_is_a_fault_of_a_document_found(more: dict[str, Any], field: Any, says: str) -> None:
    ((place, message),) = defects(**more).check()
    assert place == field and message.startswith(says)


TURNS = [turn("open", "l1"), turn("closed", "l2"), turn("back", "l3"), turn("back", "l4"), turn()]
OPEN = {"id": "open", "text": "Code open", "about": "Fits when open"}


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"transcript": [*TURNS, turn("open", "l2")]}, ("transcript", 5, "id"), "id 'l2' is used"),
        (
            {"transcript": [*TURNS, turn("open", "back")]},
            ("transcript", 5, "id"),
            "id 'back' is used twice",
        ),
        (
            {"transcript": [*TURNS, turn("shut", "l5")]},
            ("transcript", 5, "code"),
            "code 'shut' of l5 is not known; allowed: open, closed, back",
        ),
        (
            {"transcript": [*TURNS, turn("open", "l5", also=["back", "shut"])]},
            ("transcript", 5, "also", 1),
            "'shut' is not known",
        ),
        (
            {"transcript": [*TURNS, turn("open", "l5", also=["open"])]},
            ("transcript", 5, "also", 0),
            "'open' counts already",
        ),
        ({"transcript": [*TURNS[:3], *[turn()] * 3]}, "transcript", "3 lines have a code"),
        (
            {"transcript": [turn("open", f"l{n}") for n in range(6)]},
            "transcript",
            "every line has the same code",
        ),
        (
            {
                "codes": [
                    OPEN,
                    *({**OPEN, "id": i, "text": f"Code {i}"} for i in ("closed", "back")),
                    {**OPEN, "id": "wide", "text": "code OPEN"},
                ]
            },
            ("codes", 3, "text"),
            "wide says the same as open",
        ),
    ],
)
def test_is_a_fault_of_a_transcript_found(more: dict[str, Any], field: Any, says: str) -> None:
    ((place, message),) = coding(**more).check()
    assert place == field and message.startswith(says)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"by": "Ana", "text": "Yes.", "code": "open", "rationale": "Because"}, "needs an id and"),
        ({"by": "Ana", "text": "Yes.", "code": "open", "id": "l5"}, "a rationale"),
        ({"by": "Ana", "text": "Yes.", "rationale": "Because"}, "without code: is context"),
        ({"by": " ", "text": "Yes."}, "at least 1 character"),
    ],
)
def test_is_a_line_that_lacks_something_refused(line: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        coding(transcript=[*TURNS, line])


def test_may_a_line_of_context_have_an_id_that_nobody_needs() -> None:
    item = coding(transcript=[*TURNS, turn(id="l9")])
    assert item.check() == [] and "l9" not in str(item.public())
