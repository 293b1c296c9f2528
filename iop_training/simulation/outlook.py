"""Outlook: the best and the worst that can still be reached from each spot of a case.

Exact, by dynamic programming over the graph. The process counts as a *mean*, so the best number of
further turns is not known beforehand; for each number of turns a spot keeps those (decided,
ending, quality) that no other one beats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from iop_training.model.case_moments import Move
from iop_training.simulation.graph import Graph
from iop_training.simulation.script import Spot
from iop_training.simulation.tally import Tally

Entry = tuple[int, int, int, int]
"""What is still to come on some way: turns, points decided, the ending's score, quality."""
Frontier = tuple[Entry, ...]


NOTHING = Tally()
"""The tally before the first line."""


class Outlook:
    """Bounds of the score of a case whose graph is whole and has no loops."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.case = graph.case
        self._numbers = {spot: n for n, spot in enumerate(graph.spots)}

    @cached_property
    def _best(self) -> list[Frontier]:
        return self._table(sign=1)

    @cached_property
    def _worst(self) -> list[Frontier]:
        return self._table(sign=-1)

    def highest(self, spot: Spot, so_far: Tally = NOTHING) -> float:
        """The most points that a run with this tally can still end with."""
        return max(self._points(self._best[self._numbers[spot]], so_far))

    def lowest(self, spot: Spot, so_far: Tally = NOTHING) -> float:
        """The fewest points that a run with this tally can still end with."""
        return min(self._points(self._worst[self._numbers[spot]], so_far))

    def run(self, best: bool = True) -> list[tuple[Spot, Move]]:
        """A run that earns the most (or the fewest) points: its spots, and the lines chosen."""
        number, so_far, run = 0, NOTHING, []
        choose, bound = (max, self.highest) if best else (min, self.lowest)
        while not self.graph.spots[number].ended:
            steps = list(self._steps(number, so_far))
            ahead = [bound(self.graph.spots[after], tally) for after, tally, _ in steps]
            number, so_far, step = steps[ahead.index(choose(ahead))]
            run.append(step)
        return run

    def _steps(self, number: int, so_far: Tally) -> Iterable[tuple[int, Tally, tuple[Spot, Move]]]:
        moment, spot = self.graph.moment(number), self.graph.spots[number]
        for option, after in self.graph.lines[number]:
            move = moment.moves[option.number]
            yield after, so_far.add(moment, move), (spot, move)

    def _points(self, frontier: Frontier, so_far: Tally) -> Iterable[float]:
        for turns, decided, ending, quality in frontier:
            whole = Tally(so_far.quality + quality, so_far.turns + turns, so_far.decided + decided)
            yield whole.points(self.case, ending)

    def _table(self, sign: int) -> list[Frontier]:
        graph, case = self.graph, self.case
        table: list[Frontier] = [()] * len(graph.spots)
        kept: dict[Frontier, Frontier] = {}
        thin = self._thinner(sign)
        for number in reversed(graph.order):
            spot = graph.spots[number]
            if spot.ended:
                table[number] = ((0, 0, case.endings[~spot.at].score, 0),)
                continue
            moment = graph.moment(number)
            found = set[Entry]()
            for option, after in graph.lines[number]:
                quality = moment.moves[option.number].quality
                if moment.decision:
                    found |= {(t, d + quality, e, q) for t, d, e, q in table[after]}
                else:
                    found |= {(t + 1, d, e, q + quality) for t, d, e, q in table[after]}
            frontier = thin(found)
            table[number] = kept.setdefault(frontier, frontier)
        return table

    def _thinner(self, sign: int) -> Callable[[set[Entry]], Frontier]:
        """Drops entries that another with as many turns beats in all respects."""
        weights, decisions = self.case.scoring, max(1, len(self.case.decisions))

        def fixed(entry: Entry) -> int:
            return sign * (weights.decisions * entry[1] + weights.ending * decisions * entry[2])

        def thin(found: set[Entry]) -> Frontier:
            ranked = sorted(found, key=lambda e: (e[0], -fixed(e), -sign * e[3]))
            kept: list[Entry] = []
            for entry in ranked:
                last = kept[-1] if kept and kept[-1][0] == entry[0] else None
                if last is None or sign * entry[3] > sign * last[3]:
                    kept.append(entry)
            return tuple(kept)

        return thin
