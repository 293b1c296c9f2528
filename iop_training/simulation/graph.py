"""Every spot that a case can reach, and the lines between them, found breadth first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iop_training.model.case import Case
from iop_training.model.case_moments import Moment
from iop_training.simulation.script import Option, Script, Spot

MOST_SPOTS = 1_000_000
"""More spots than this are not explored; such a case has too many variables to be proved."""


@dataclass(frozen=True)
class Graph:
    """``spots`` from the start on; ``lines[n]`` the lines on offer at spot n, each with the number
    of the spot it leads to; ``came[n]`` the spot and line by which n was first found. ``order``
    has each spot before those it leads to; spots on a loop or behind one are left out, so that it
    is shorter than ``spots`` when there are loops. ``whole`` says whether all were explored."""

    case: Case
    script: Script
    spots: list[Spot]
    lines: list[list[tuple[Option, int]]]
    came: list[tuple[int, Option] | None]
    order: list[int]
    whole: bool

    def moment(self, number: int) -> Moment:
        """The moment at a spot that is no ending."""
        return self.case.moments[self.spots[number].at]

    def path(self, number: int) -> str:
        """A shortest way to a spot, in words."""
        steps: list[str] = []
        came = self.came[number]
        while came is not None:
            before, option = came
            steps.append(f"{self.moment(before).id}/{option.move.id}")
            came = self.came[before]
        return ", ".join(reversed(steps)) or "the start"

    def in_loops(self) -> Iterator[int]:
        """Spots that are not in the order."""
        ordered = set(self.order)
        return (n for n in range(len(self.spots)) if n not in ordered)


def explore(case: Case, most: int = MOST_SPOTS) -> Graph:
    """The graph of a case; it stops at ``most`` spots."""
    script = Script(case)
    start = script.start()
    spots, numbers = [start], {start: 0}
    lines: list[list[tuple[Option, int]]] = []
    came: list[tuple[int, Option] | None] = [None]
    while len(lines) < len(spots) <= most:
        here = len(lines)
        spot = spots[here]
        found = []
        for option in script.offered(spot):
            after = script.after(spot, option)
            number = numbers.setdefault(after, len(spots))
            if number == len(spots):
                spots.append(after)
                came.append((here, option))
            found.append((option, number))
        lines.append(found)
    whole = len(lines) == len(spots)
    lines += [[] for _ in range(len(spots) - len(lines))]
    return Graph(case, script, spots, lines, came, _order(lines), whole)


def _order(lines: list[list[tuple[Option, int]]]) -> list[int]:
    """Spots so that all lines lead forward (Kahn); what is in or behind a loop is left out."""
    waiting = [0] * len(lines)
    for found in lines:
        for _, number in found:
            waiting[number] += 1
    order = [n for n, count in enumerate(waiting) if count == 0]
    for here in order:
        for _, number in lines[here]:
            waiting[number] -= 1
            if waiting[number] == 0:
                order.append(number)
    return order
