"""Tally: what a run has gathered for its score, line by line."""

from __future__ import annotations

from typing import NamedTuple

from iop_training.model.case import Case
from iop_training.model.case_moments import Moment, Move
from iop_training.simulation.session import Session


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


def judged_lines(case: Case) -> dict[tuple[str, str], tuple[Moment, Move]]:
    """Every line with its moment, by the ids of both."""
    return {(m.id, move.id): (m, move) for m in case.moments for move in m.moves}


def chosen_lines(case: Case, session: Session) -> list[tuple[Moment, Move]]:
    """The lines chosen so far, each with its moment."""
    lines, numbers = judged_lines(case), [stage.spot.at for stage in session.stages]
    return [
        lines[case.moments[at].id, move] for at, move in zip(numbers, session.chosen, strict=False)
    ]


def tally(case: Case, session: Session) -> Tally:
    """The tally of the lines chosen so far."""
    result = Tally()
    for moment, move in chosen_lines(case, session):
        result = result.add(moment, move)
    return result
