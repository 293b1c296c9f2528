"""Tally: what a run has gathered for its score, turn by turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from iop_training.model.case import Case
from iop_training.model.case_moments import Moment, Move
from iop_training.simulation.session import Session

Lines = Mapping[tuple[str, str], tuple[Moment, Move]]


class Tally(NamedTuple):
    """``quality`` summed over the ``turns`` outside of decisions, and ``decided``, the quality
    summed over decision points."""

    quality: int = 0
    turns: int = 0
    decided: int = 0

    def add(self, moment: Moment, move: Move) -> Tally:
        """With one more line."""
        if moment.decision:
            return Tally(self.quality, self.turns, self.decided + move.quality)
        return Tally(self.quality + move.quality, self.turns + 1, self.decided)

    def points(self, case: Case, ending: int) -> float:
        """The points with an ending of that score, 0 to 3."""
        return case.scoring.points(
            self.quality, self.turns, self.decided, len(case.decisions), ending
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that was taken: the session and the tally before it, its moment and the line chosen,
    and the session after it."""

    before: Session
    so_far: Tally
    moment: Moment
    move: Move
    after: Session
    lines: Lines

    @property
    def number(self) -> int:
        """1 for the first turn."""
        return len(self.after.chosen)

    @property
    def tally(self) -> Tally:
        """The tally after it."""
        return self.so_far.add(self.moment, self.move)

    @property
    def offered(self) -> tuple[Move, ...]:
        """All lines that were on offer, in the order shown."""
        return tuple(self.lines[self.moment.id, move.id][1] for move in self.before.offered)


def judged_lines(case: Case) -> dict[tuple[str, str], tuple[Moment, Move]]:
    """Every line with its moment, by the ids of both."""
    return {(m.id, move.id): (m, move) for m in case.moments for move in m.moves}


def taken(case: Case, session: Session) -> tuple[Taken, ...]:
    """The turns of a session, ended or not, as the whole case judges them."""
    lines, turns, so_far = judged_lines(case), list[Taken](), Tally()
    for before, after in pairwise(session.stages):
        moment, move = lines[case.moments[before.spot.at].id, after.chosen[-1]]
        turns.append(Taken(before, so_far, moment, move, after, lines))
        so_far = turns[-1].tally
    return tuple(turns)


def tally(case: Case, session: Session) -> Tally:
    """The tally of the lines chosen so far."""
    turns = taken(case, session)
    return turns[-1].tally if turns else Tally()
