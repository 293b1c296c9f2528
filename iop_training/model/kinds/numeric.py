"""numeric: a number is typed. A response is the text as typed; ``read_number`` reads it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, FiniteFloat, model_validator

from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Evidence, Item
from iop_training.model.options import Harmful
from iop_training.model.typed import LINE, typed_text

READABLE = (
    r"^\s*([+−–-]?)\s*(?:"
    r"([1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f,][0-9]{3})+(?:\.[0-9]+)?)"  # 1,000 or 1 000.5
    r"|([0-9]+[.,]?[0-9]*|[.,][0-9]+)"  # 10, 9.5, 9,5 or .5
    r"|([0-9]*)\s*([¼½¾⅓⅔⅛⅜⅝⅞])"  # 9½
    r")[^0-9¼½¾⅓⅔⅛⅜⅝⅞]*$"
)
"""What reads as a number, in the syntax that Python and browsers share."""
NO_NUMBER = "This is not a number yet: type digits such as 9 or 9.5."
_READABLE = re.compile(READABLE)


def read_number(text: str) -> Fraction | None:
    """The number in a typed text, or None where there is none to be sure of.

    Words may follow the number (a unit) and never come before it. A comma before three digits
    groups thousands ("1,000"), any other is a decimal comma ("9,5"). A character such as ½ is
    read ("9½"); a text with a second number is not ("9-19", "1/2").
    """
    found = _READABLE.match(text)
    if not found:
        return None
    sign, grouped, plain, whole, part = found.groups()
    if grouped:
        size = Fraction(re.sub("[^0-9.]", "", grouped))
    elif plain:
        size = Fraction(plain.replace(",", "."))
    else:
        size = int(whole or 0) + Fraction(unicodedata.numeric(part)).limit_denominator(8)
    return size if sign in ("", "+") else -size


def exact(number: float) -> Fraction:
    """A number from a content file as it was written: 0.1 is a tenth."""
    return Fraction(str(number))


def in_digits(number: float | Fraction) -> str:
    """A number as people type it: 10, 9.5, never 1e+16."""
    return f"{Decimal(str(float(number))).normalize():f}"


class Plausible(Model):
    """What somebody who guesses would choose from: ``low``, ``low + step`` ... up to ``high``."""

    low: FiniteFloat
    high: FiniteFloat
    step: Annotated[FiniteFloat, Field(gt=0)]

    @model_validator(mode="after")
    def _is_a_choice(self) -> Self:
        if exact(self.high) - exact(self.low) < 2 * exact(self.step):
            raise ValueError("low, high and step give fewer than three numbers; widen them")
        return self

    def numbers(self) -> list[Fraction]:
        """Every number of the range, lowest first."""
        low, step = exact(self.low), exact(self.step)
        return [low + n * step for n in range((exact(self.high) - low) // step + 1)]


class KnownNumber(Harmful):
    """A wrong answer that people give, and what it misses."""

    value: FiniteFloat
    rationale: ProseText


class Numeric(Item):
    """Right is every number at most ``tolerance`` from ``key``. ``unit`` is shown after the box;
    ``misses`` are known wrong answers, each met with the same tolerance."""

    kind: Literal["numeric"]
    key: FiniteFloat
    tolerance: Annotated[FiniteFloat, Field(ge=0)] = 0
    unit: ProseText
    plausible: Plausible
    rationale: ProseText
    misses: list[KnownNumber] = []

    evidence: ClassVar[Evidence] = "typed"
    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "unit")

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {"unit": self.unit, "readable": READABLE, "unreadable": NO_NUMBER}

    def validate_response(self, value: Any) -> str:
        return typed_text(self.id, value, LINE)

    def is_blank(self, value: Any) -> bool:
        return not value.strip()

    def meets(self, number: Fraction, value: float) -> bool:
        """Whether ``number`` is ``value``, give or take the tolerance."""
        return abs(number - exact(value)) <= exact(self.tolerance)

    def miss(self, number: Fraction) -> KnownNumber | None:
        """The known wrong answer that ``number`` is; of several the nearest."""
        met = [m for m in self.misses if self.meets(number, m.value)]
        return min(met, key=lambda m: abs(number - exact(m.value)), default=None)

    def check(self) -> list[tuple[str | Path, str]]:
        faults: list[tuple[str | Path, str]] = []
        if not any(self.meets(number, self.key) for number in self.plausible.numbers()):
            first, second, *_, last = map(in_digits, self.plausible.numbers())
            faults.append(
                (
                    "plausible",
                    f"key {in_digits(self.key)} is not among {first}, {second} ... {last}; "
                    "set low, high and step so that a guess could meet it",
                )
            )
        values = [m.value for m in self.misses]
        for n, value in enumerate(values):
            if self.meets(exact(value), self.key):
                faults.append(
                    (
                        ("misses", n, "value"),
                        f"{in_digits(value)} counts as right (key {in_digits(self.key)}, tolerance "
                        f"{in_digits(self.tolerance)}); remove it or change the key",
                    )
                )
            if value in values[:n]:
                faults.append(
                    (("misses", n, "value"), f"{in_digits(value)} is there twice; keep one")
                )
        return faults


ITEM = Numeric
