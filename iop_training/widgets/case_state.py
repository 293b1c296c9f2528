"""What a case's room shows of somebody's work on it, as JSON data: made anew after every press."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from iop_training.content.cases import GROUP
from iop_training.model.case import PlayCase
from iop_training.model.case_answer import APART, CaseAnswer
from iop_training.simulation import Said, Session, Turn
from iop_training.widgets.case_steps import Play

OTHER_CASE = (
    "The case has changed since the last session here, so that one can't go on. Start a new one."
)

CoachOf = Callable[[Session], dict[str, Any]]
"""The coach's words on the last line of a session: ``coach`` unasked, ``more`` when asked."""


def room_of(
    play: Play, work: CaseAnswer, coach: CoachOf, goal: dict[str, Any] | None
) -> dict[str, Any]:
    """Stage, turns, what is on offer; ``attempt`` counts from 1, 0 before the first."""
    session = play.current(work)
    counting = work.counting
    return {
        "stage": stage_of(work, session),
        "way": work.way,
        "attempt": len(work.runs),
        "attempts": len(work.runs),
        "counting": None if counting is None else counting + 1,
        "turns": _turns(session, coach) if session else [],
        "now": _now(session) if session and not session.ended else None,
        "ending": {"text": session.ending.text} if session and session.ending else None,
        "minutes": session.minutes if session else 0,
        "can_back": play.practice,
        "goal": goal,
        "notice": OTHER_CASE if work.runs and session is None else "",
    }


def stage_of(work: CaseAnswer, session: Session | None) -> str:
    """``before``, ``talk``, ``paused`` or ``ended``."""
    if session is not None and session.ended:
        return "ended"
    if session is None or work.way in APART:
        return "before"
    return "paused" if work.paused else "talk"


def _turns(session: Session, coach: CoachOf) -> list[dict[str, Any]]:
    names = _names(session.case)
    now, turns = Session.start(session.script, session.seed), []
    for turn in session.transcript:
        now = now.choose(turn.move)
        turns.append({**_turn(turn, names), **coach(now)})
    return turns


def _turn(turn: Turn, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": turn.number,
        "minutes": turn.minutes,
        "said": _said(turn.said),
        "line": turn.text,
        "to": [names[who] for who in turn.to],
        "reply": _said(turn.reply),
    }


def _now(session: Session) -> dict[str, Any]:
    names = _names(session.case)
    offered = [
        {"id": move.id, "text": move.text, "to": [names[who] for who in move.to]}
        for move in session.offered
    ]
    return {"said": _said(session.said), "offered": offered}


def _said(said: Iterable[Said]) -> list[dict[str, str]]:
    return [{"by": s.by, "name": s.name, "text": s.text, "shows": s.shows} for s in said]


def _names(case: PlayCase) -> dict[str, str]:
    return {GROUP: "the group", **{person.id: person.name for person in case.people}}
