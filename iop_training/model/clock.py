"""The order of times as authors write them: "Mon 17:00", "Tue night", "Thu, all day"."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PARTS = {
    "all day": 0,
    "morning": 8,
    "noon": 12,
    "afternoon": 15,
    "evening": 19,
    "night": 22,
    "midnight": 24,
}
"""Hour of the day that a word stands for, for its order alone."""
_BEFORE = re.compile(r"(?:since|before|as an?)\s.+")
"""What was so before anything happened: "since Sunday", "as a child"."""
_ANY_DAY = "|".join(_DAYS)
_TIME = re.compile(
    rf"(?:(?P<day>{_ANY_DAY})[a-z]*\.?(?:(?:,| and| to)\s*(?:{_ANY_DAY})[a-z]*\.?)*,?)?\s*"
    r"(?:(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d))?\s*(?P<half>[ap]\.?m\.?)?"
    rf"|(?P<part>{'|'.join(_PARTS)}))?"
)


def by_time(times: Mapping[str, str]) -> dict[str, int]:
    """Id to its place in the order of time, from 0; those at the same time have the same.

    What was so before ("since Sunday", "as a child") comes first. {} when a time can't be read, or
    some have a day of the week and others have none. The days are taken to be within one week,
    which begins after its longest stretch without any of them.
    """
    plain = {i: text.strip().lower() for i, text in times.items()}
    before = {i for i, text in plain.items() if _BEFORE.fullmatch(text)}
    read = {i: _read(text) for i, text in plain.items() if i not in before}
    found = {i: one for i, one in read.items() if one is not None}
    days = {day for day, _ in found.values()}
    if len(found) < len(read) or (-1 in days and len(days) > 1):
        return {}
    first = max(days, key=lambda day: _gap_before(day, days), default=0)
    minutes = dict.fromkeys(before, -1) | {
        i: (day - first) % 7 * 24 * 60 + minute for i, (day, minute) in found.items()
    }
    places = {minute: n for n, minute in enumerate(sorted({*minutes.values()}))}
    return {i: places[minute] for i, minute in minutes.items()}


def _read(text: str) -> tuple[int, int] | None:
    """Day of the week (0 for Monday, -1 for none) and minute of the day; None for another text."""
    match = _TIME.fullmatch(text)
    if match is None or not text:
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
