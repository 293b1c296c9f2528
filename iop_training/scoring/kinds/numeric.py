"""All points for a number within the tolerance of the key, none for another one or for a text
that is no number."""

from __future__ import annotations

from random import Random
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.numeric import NO_NUMBER, Numeric, in_digits, read_number


def score(item: Numeric, value: str) -> Score:
    number = read_number(value)
    right = number is not None and item.meets(number, item.key)
    return Score(
        item=item.id,
        points=item.points if right else 0.0,
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Numeric, value: str) -> tuple[Part, ...]:
    """One part, with the reason of the known wrong answer that was given, if it is one."""
    better = f"{in_digits(item.key)} {item.unit}"
    if item.is_blank(value):
        return (_part(item, value, right=True, better=better),)
    number = read_number(value)
    if number is None:
        reason = f"{NO_NUMBER}\n{item.rationale}"
        return (_part(item, value, right=False, better=better, rationale=reason),)
    if item.meets(number, item.key):
        return (_part(item, value, right=True),)
    miss = item.miss(number)
    about = miss.model_dump(exclude={"value"}) if miss else {}
    return (_part(item, value, right=False, better=better, **about),)


def _part(item: Numeric, value: str, **facts: Any) -> Part:
    said = {"chosen": not item.is_blank(value), "rationale": item.rationale, **facts}
    return Part(id="answer", text="Your number", answer=value.strip(), **said)


def solution(item: Numeric) -> str:
    return in_digits(item.key)


def guess(item: Numeric, chance: Random) -> str:
    return in_digits(chance.choice(item.plausible.numbers()))


def every_guess(item: Numeric) -> list[str]:
    return [in_digits(number) for number in item.plausible.numbers()]
