"""How far two who code the same lines agree: share, Cohen's kappa and its 95% interval.

Kappa is agreement beyond chance, (observed - expected) / (1 - expected), where what is expected
comes from how often each of the two uses each code (Cohen, Educational and Psychological
Measurement 20, 1960). Its interval is kappa ± 1.96 standard errors, the large-sample ones of
Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969, cut to [-1, 1].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt

from iop_training.model.base import Model

FEW = 20
"""Below so many lines the interval is so wide that kappa says little about a person."""
_Z = 1.96


class Pairing(Model):
    """On how many ``lines`` one coded ``yours`` and the other ``theirs``; in words."""

    yours: str
    theirs: str
    lines: int

    @property
    def agrees(self) -> bool:
        """Whether they gave the same code."""
        return self.yours == self.theirs


class Agreement(Model):
    """``kappa`` in [-1, 1]; ``low`` and ``high`` None where the formula gives no interval, as for
    full agreement. ``pairings`` has those that differ first, the most frequent on top."""

    lines: int
    agreed: int
    kappa: float
    low: float | None
    high: float | None
    pairings: tuple[Pairing, ...]

    @property
    def share(self) -> float:
        """The share of lines on which the two agree."""
        return self.agreed / self.lines

    @property
    def is_little(self) -> bool:
        """Whether the lines are too few to judge by."""
        return self.lines < FEW

    def figures(self) -> str:
        """Kappa with its interval, as in "0.52 (0.18 to 0.86)"."""
        if self.low is None or self.high is None:
            return f"{_signed(self.kappa)} (no interval)"
        return f"{_signed(self.kappa)} ({_signed(self.low)} to {_signed(self.high)})"


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement over (one's code, the other's) of each line; at least one line."""
    n = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    # In whole numbers, so that full agreement is exactly 1 and one code for all exactly 0.
    expected = sum(count * others[code] for code, count in ones.items())
    kappa = 1.0 if agreed == n else (agreed * n - expected) / (n * n - expected)
    error = 0.0 if agreed == n else standard_error(pairs)
    return Agreement(
        lines=n,
        agreed=agreed,
        kappa=kappa,
        low=max(-1.0, kappa - _Z * error) if error else None,
        high=min(1.0, kappa + _Z * error) if error else None,
        pairings=tuple(_pairings(pairs)),
    )


def standard_error(pairs: Sequence[tuple[str, str]]) -> float:
    """The large-sample standard error of kappa (see above); not for full agreement by one code,
    which has no kappa."""
    n = len(pairs)
    cells = {pair: count / n for pair, count in Counter(pairs).items()}
    ones, others = _shares(one for one, _ in pairs), _shares(other for _, other in pairs)
    observed = sum(share for (one, other), share in cells.items() if one == other)
    expected = sum(share * others.get(code, 0.0) for code, share in ones.items())
    kappa = (observed - expected) / (1 - expected)
    variance = -((kappa - expected * (1 - kappa)) ** 2)
    for (one, other), share in cells.items():
        if one == other:
            variance += share * (1 - (ones[one] + others[one]) * (1 - kappa)) ** 2
        else:
            weight = others.get(one, 0.0) + ones.get(other, 0.0)
            variance += share * ((1 - kappa) * weight) ** 2
    # Where it is nothing, floating point may leave a trace of either sign.
    return sqrt(variance / n) / (1 - expected) if variance > 1e-12 else 0.0


def _shares(codes: Iterable[str]) -> dict[str, float]:
    counts = Counter(codes)
    return {code: count / counts.total() for code, count in counts.items()}


def _pairings(pairs: Sequence[tuple[str, str]]) -> list[Pairing]:
    counted = [
        Pairing(yours=one, theirs=other, lines=lines)
        for (one, other), lines in Counter(pairs).items()
    ]
    return sorted(counted, key=lambda p: (p.agrees, -p.lines, p.yours, p.theirs))


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-0.00", "0.00").replace("-", "−")
