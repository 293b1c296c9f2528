"""All points for an accepted wording, none for another. One that is close to an accepted wording
in spelling earns none by itself, and the score asks a supervisor to look.

Close means at most one letter added, left out, changed or swapped with its neighbour, in
wordings of eight letters or more two; digits have to be the same. Distances are counted in
letters (rapidfuzz, which nbgrader brings along), because shares of common letters, such as
difflib's, find naltrexone near naloxone.
"""

from __future__ import annotations

import re
from random import Random
from typing import Any

from rapidfuzz.distance import OSA

from iop_training.model import Part, Score
from iop_training.model.kinds.short_text import ShortText, wording

SHORTEST = 4
"""Letters below which nothing is close: "no" is not a misspelt "not"."""


def score(item: ShortText, value: str) -> Score:
    near = close_to(item, value)
    return Score(
        item=item.id,
        points=item.points if item.accepts(value) else 0.0,
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
        look=f"“{value.strip()}” is close to “{near}” in spelling." if near else "",
    )


def parts(item: ShortText, value: str) -> tuple[Part, ...]:
    """One part, with the reason of the known wrong answer that was given, if it is one."""
    better = item.accepted[0]
    if item.is_blank(value):
        return (_part(item, value, right=True, better=better),)
    if item.accepts(value):
        return (_part(item, value, right=True),)
    miss = item.miss(value)
    about = miss.model_dump(exclude={"text"}) if miss else {}
    return (_part(item, value, right=False, better=better, **about),)


def close_to(item: ShortText, value: str) -> str:
    """The accepted wording that ``value`` is close to without being one; "" for none, and where
    a known wrong answer is as close."""
    said = wording(value)
    if item.accepts(value):
        return ""
    misses = [text for miss in item.misses for text in miss.text]
    near = min(item.accepted, key=lambda text: OSA.distance(said, wording(text)))
    distance = OSA.distance(said, wording(near))
    if any(OSA.distance(said, wording(text)) <= distance for text in misses):
        return ""
    return near if distance <= _allowed(said, wording(near)) else ""


def _allowed(said: str, right: str) -> int:
    """How many letters ``said`` may be away from the right wording to be close to it."""
    if len(right) < SHORTEST or re.findall(r"\d", said) != re.findall(r"\d", right):
        return 0
    return 2 if len(right) >= 2 * SHORTEST else 1


def _part(item: ShortText, value: str, **facts: Any) -> Part:
    said = {"chosen": not item.is_blank(value), "rationale": item.rationale, **facts}
    return Part(id="answer", text="Your words", answer=value.strip(), **said)


def solution(item: ShortText) -> str:
    return item.accepted[0]


def guess(item: ShortText, chance: Random) -> str:
    """Earns nothing: nobody guesses a word."""
    return "?"


def every_guess(item: ShortText) -> list[str]:
    return ["?"]
