"""Plan: how much of grading is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """``count`` submissions of an ``assignment`` in the large cohort; small runs are repeated
    ``repeats`` times."""

    assignment: str
    count: int
    repeats: int

    @property
    def batch(self) -> int:
        """The size that most lines are about: 200 of 10,000."""
        return max(10, self.count // 50)

    @property
    def turns(self) -> int:
        """How often runs of seconds are repeated, 3 times for each one of minutes: a machine's
        speed changes by a third meanwhile, and small differences of theirs are looked at."""
        return 3 * self.repeats

    @property
    def slow(self) -> int:
        """The size for those who take a second for each: 10."""
        return max(2, min(10, self.batch // 4))

    @property
    def spread(self) -> int:
        """The size that shows how work spreads over four processes: 6,000, since half of it goes
        by until all of them run."""
        return max(400, 30 * self.batch)
