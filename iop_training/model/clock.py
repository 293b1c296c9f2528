"""The order of times as authors write them: "Mon 17:00", "Tue night", "7:40 p.m."."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PARTS = {"morning": 8, "noon": 12, "afternoon": 15, "evening": 19, "night": 22, "midnight": 24}
"""Hour of the day that a word stands for, for its order alone."""
_TIME = re.compile(
    rf"(?:(?P<day>{'|'.join(_DAYS)})[a-z]*\.?,?)?\s*"
    r"(?:(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\.?)?"
    rf"|(?P<part>{'|'.join(_PARTS)}))?"
)


def by_time(times: Mapping[str, str]) -> dict[str, int]:
    """Id to its place in the order of time, from 0; those at the same time have the same.

    {} when a time can't be read, or some have a day of the week and others have none. The days
    are taken to be within one week, which begins after its longest stretch without any of them.
    """
    read = {i: _read(text) for i, text in times.items()}
    found = {i: one for i, one in read.items() if one is not None}
    days = {day for day, _ in found.values()}
    if len(found) < len(times) or (-1 in days and len(days) > 1):
        return {}
    first = max(days, key=lambda day: _gap_before(day, days), default=0)
    minutes = {i: (day - first) % 7 * 24 * 60 + minute for i, (day, minute) in found.items()}
    places = {minute: n for n, minute in enumerate(sorted({*minutes.values()}))}
    return {i: places[minute] for i, minute in minutes.items()}


def _read(text: str) -> tuple[int, int] | None:
    """Day of the week (0 for Monday, -1 for none) and minute of the day; None for another text."""
    match = _TIME.fullmatch(text.strip().lower())
    if match is None or not text.strip():
        return None
    day = _DAYS.index(match["day"]) if match["day"] else -1
    if match["part"]:
        return day, _PARTS[match["part"]] * 60
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    return day, hour * 60 + int(match["minute"] or 0)


def _gap_before(day: int, days: set[int]) -> int:
    """Days since the one before, going around the week."""
    return min(((day - other) % 7 or 7) for other in days)
