"""What luck alone would do, exactly: sums of independent outcomes and where they mostly lie.

Outcomes map a whole number (a count, or points in small units) to its probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

Outcomes = Mapping[int, float]

# Probabilities are sums of many floats; a quantile must not move for the last digit of one.
_ROUNDING = 1e-9


def happens(chance: float) -> Outcomes:
    """One event that counts 1 with this probability (0 to 1), else 0."""
    return {0: 1 - chance, 1: chance}


def total(parts: Iterable[Outcomes]) -> Outcomes:
    """The sum of independent parts; binomial when all are the same event."""
    result: dict[int, float] = {0: 1.0}
    for part in parts:
        longer: defaultdict[int, float] = defaultdict(float)
        for sum_so_far, likely in result.items():
            for value, chance in part.items():
                longer[sum_so_far + value] += likely * chance
        result = dict(longer)
    return result


def mean(outcomes: Outcomes) -> float:
    """The expected value."""
    return sum(value * chance for value, chance in outcomes.items())


def quantile(outcomes: Outcomes, share: float) -> int:
    """The smallest value that at least this share (0 to 1) of outcomes doesn't exceed."""
    reached = 0.0
    for value in sorted(outcomes):
        reached += outcomes[value]
        if reached >= share - _ROUNDING:
            return value
    return max(outcomes)


def interval(outcomes: Outcomes, outside: float = 0.05) -> tuple[int, int]:
    """The middle of the outcomes, with half of ``outside`` left out at either end."""
    return quantile(outcomes, outside / 2), quantile(outcomes, 1 - outside / 2)
