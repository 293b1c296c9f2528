"""Where a result stands against the pass mark of its assignment.

The questions of an assignment stand for many more that could have been asked. How far the result
would move with others is estimated from the result itself, as the standard error of a weighted
mean over items:

    SE^2 = n / (n - 1) * sum(w_i^2 * (p_i - P)^2) / W^2

with n items of w_i points, p_i the share of them earned, W = sum(w_i), P = sum(w_i * p_i) / W.
For equal weights it is the conditional standard error for absolute decisions of generalizability
theory (Brennan, 1998, Applied Psychological Measurement 22(4)), and for answers that are all or
nothing Lord's (1955, Educational and Psychological Measurement 15(4)) P(1 - P) / (n - 1); the
weights enter as in a ratio estimate. A standard error of a whole group would need a group and its
reliability, and it is too small where most people are: near the mark. The spread within one item,
p_i(1 - p_i), would be 0 for every answer that is all or nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from iop_training.model import Standard

Verdict = Literal["meets the standard", "borderline: more evidence", "not yet", "no verdict yet"]
Earned = tuple[float, float]
"""Points earned and points possible of one item; 0 possible for an optional one, whose points a
person adds to the result."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Standing:
    """``points`` of ``max_points`` are earned; ``error`` is the standard error as a share of the
    points, infinite with fewer than two items. ``waiting`` answers have yet to be graded by a
    person; while there are any, there is no verdict."""

    standard: Standard
    points: float
    max_points: float
    error: float
    waiting: int

    @property
    def share(self) -> float:
        """The share of the points earned, 0 to 1."""
        return self.points / self.max_points

    @property
    def verdict(self) -> Verdict:
        """Within one standard error of the mark is borderline, whichever side."""
        if self.waiting:
            return "no verdict yet"
        above = self.share - self.standard.mark / 100
        if abs(above) <= self.error + _ROUNDING:
            return "borderline: more evidence"
        return "meets the standard" if above > 0 else "not yet"


def standing(standard: Standard, items: Sequence[Earned], waiting: int = 0) -> Standing:
    """How these items stand; at least one of them worth more than 0 points."""
    points, most = (sum(column) for column in zip(*items, strict=True))
    return Standing(standard, points, most, standard_error(items), waiting)


def standard_error(items: Sequence[Earned]) -> float:
    """The standard error of the share of the points (see above), optional items left out;
    infinite for one item."""
    counted = [(points, w) for points, w in items if w]
    n, most = len(counted), sum(w for _, w in counted)
    if n < 2:
        return math.inf
    share = sum(points for points, _ in counted) / most
    # w_i * (p_i - P) is the points of the item less what the whole result would give it.
    spread = sum((points - w * share) ** 2 for points, w in counted)
    return math.sqrt(n / (n - 1) * spread) / most
