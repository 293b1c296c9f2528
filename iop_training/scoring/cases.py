"""Scoring a case by replaying it: process, decision points and ending; harm and safety apart.

What a trainee hands in is the list of lines they chose. Here these are played again on the whole
case; a list with a line that was not on offer is flagged for a person and earns nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from iop_training.errors import CaseError
from iop_training.model.base import Model
from iop_training.model.case import Case
from iop_training.model.case_moments import CaseObservation, Move
from iop_training.model.item import Harm
from iop_training.scoring.gates import Observation
from iop_training.simulation.script import Script
from iop_training.simulation.session import replay
from iop_training.simulation.tally import taken

KIND = "case"
"""The kind of an observation made in a case."""

Points = Annotated[float, Field(ge=0)]


class CasePart(Model):
    """One part of the score: what it earned of what it could."""

    name: Literal["process", "decisions", "ending"]
    points: Points
    max_points: Points


class HarmChosen(Model):
    """A line with harm that was chosen, in which turn (1 for the first), and why it could hurt."""

    turn: Annotated[int, Field(ge=1)]
    line: str
    harm: Harm
    reason: str


class CaseScore(Model):
    """How a run through a case went.

    ``state``: *ended*, and then scored; *paused* before an ending, and *flagged* when what was
    saved can't have been chosen (``look`` says why): both without points. ``observations`` are
    those of safety domains that came up, with right or not as their points, 1 or 0.
    """

    case: str
    state: Literal["ended", "paused", "flagged"]
    points: Points | None = None
    max_points: Points
    pass_mark: Points
    parts: tuple[CasePart, ...] = ()
    ending: str = ""
    turns: int = 0
    harms: tuple[HarmChosen, ...] = ()
    observations: tuple[Observation, ...] = ()
    look: str = ""

    @property
    def passed(self) -> bool:
        """Whether it has the points to pass, and no serious harm was chosen."""
        serious = any(chosen.harm == "serious" for chosen in self.harms)
        return self.points is not None and self.points >= self.pass_mark and not serious


def score_case(
    case: Case, saved: Any, assignment: str = "", at: str = "", script: Script | None = None
) -> CaseScore:
    """The score of a saved session (:meth:`~iop_training.simulation.Session.to_list`).

    ``assignment`` and ``at``, the time of its last line, go into the observations. ``script`` is
    the case's own, for those who score many. Nothing that ``saved`` can be raises an error.
    """
    bare = {"case": case.id, "max_points": case.scoring.total, "pass_mark": case.scoring.pass_mark}
    try:
        session = replay(script or Script(case), saved)
    except CaseError as error:
        return CaseScore(**bare, state="flagged", look=str(error))
    if session.ending is None:
        return CaseScore(**bare, state="paused", turns=len(session.chosen))
    turns, ending = taken(case, session), case.endings[~session.spot.at]
    lines = [(turn.move, turn.offered) for turn in turns]
    marking = [(move, offered) for move, offered in lines if any(m.observes for m in offered)]
    gathered = turns[-1].tally
    weights, decisions = case.scoring, len(case.decisions)
    earned = {
        "process": weights.points(gathered.quality, gathered.turns, 0, decisions, 0),
        "decisions": weights.points(0, 0, gathered.decided, decisions, 0),
        "ending": weights.points(0, 0, 0, decisions, ending.score),
    }
    return CaseScore(
        **bare,
        state="ended",
        points=min(weights.total, gathered.points(case, ending.score)),
        parts=tuple(
            CasePart(name=name, points=points, max_points=getattr(weights, name))
            for name, points in earned.items()
        ),
        ending=ending.id,
        turns=len(turns),
        harms=tuple(
            HarmChosen(turn=t.number, line=t.move.text, harm=t.move.harm, reason=t.move.harm_reason)
            for t in turns
            if t.move.harm_reason
        ),
        observations=tuple(
            made
            for observation in case.observations
            if (made := _observe(case, marking, observation, assignment, at))
        ),
    )


def _observe(
    case: Case,
    lines: Sequence[tuple[Move, Sequence[Move]]],
    looked_for: CaseObservation,
    assignment: str,
    at: str,
) -> Observation | None:
    """How an observation came out by the ``lines``, each chosen one with those on offer; None when
    no line that marks it was ever on offer."""
    right, marked = False, list[Move]()
    guess: float | None = None
    for chosen, offered in lines:
        marks = [_mark(move, looked_for.id) for move in offered]
        mark = _mark(chosen, looked_for.id)
        if any(m is not None for m in marks) and (guess is None or mark is not None):
            guess = sum(m is True for m in marks) / len(marks)
        if mark is not None:
            right = mark
            marked.append(chosen)
    if guess is None:
        return None
    return Observation(
        item=f"{case.id}.{looked_for.id}",
        domain=looked_for.domain,
        kind=KIND,
        assignment=assignment,
        at=at,
        guess_share=guess,
        points=float(right),
        max_points=1.0,
        harm=max((m.harm for m in marked), key=("none", "minor", "serious").index, default="none"),
        harm_reasons=tuple(m.harm_reason for m in marked if m.harm_reason),
        question=looked_for.text,
        answer="; ".join(move.text for move in marked),
    )


def _mark(move: Move, observation: str) -> bool | None:
    return next((mark.right for mark in move.observes if mark.id == observation), None)
