"""What a press in the room does: from somebody's work on a case to their work after it.

Pure: nothing is stored here. A press that is not about where the work stands now (a repeated one,
one of another window, one that a browser kept) gives the same work back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from iop_training.errors import CaseError
from iop_training.model.case_answer import (
    APART,
    MOST_RUNS,
    CaseAnswer,
    DebriefNotes,
    Run,
    Way,
)
from iop_training.simulation import Session, replay
from iop_training.simulation.script import Script

FULL = (
    f"{MOST_RUNS} attempts at this case are kept here, and no more fit. All of them stay as they "
    "are."
)


@dataclass(frozen=True)
class Play:
    """A case to play: its script, the trainee's seed, and whether it is practice."""

    script: Script
    seed: str
    practice: bool

    def session(self, run: Run) -> Session | None:
        """The run as a session; None when it can't be played on this case."""
        try:
            return replay(self.script, list(run.saved))
        except CaseError:
            return None

    def current(self, work: CaseAnswer) -> Session | None:
        """The session that was begun last; None when there is none that can be played."""
        return self.session(work.runs[-1]) if work.runs else None


def step(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    """The work after a press. CaseError says why it can't be done."""
    act = STEPS.get(str(press.get("type")))
    if act is None or press.get("attempt", len(work.runs)) != len(work.runs):
        return work
    return act(play, work, press)


def _begin(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    """The way is chosen; unless it leads elsewhere, a session begins or goes on."""
    way = press.get("way")
    if way not in get_args(Way) or not way or work.counting is not None:
        return work
    if way in APART:
        return work if play.practice else work.model_copy(update={"way": way})
    session = play.current(work)
    chosen = work.model_copy(update={"way": way, "paused": False})
    return chosen if session and not session.ended else _new_run(play, chosen)


def _choose(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    session, move = play.current(work), str(press.get("move"))
    if session is None or session.ended or press.get("turn") != len(session.chosen) + 1:
        return work
    if move not in {offered.id for offered in session.offered}:
        return work
    after = session.choose(move)
    said = _with_last(work, after)
    if not (after.ended and play.practice):
        return said
    # In practice note and debrief are about the session that ended last; a goal stays.
    kept = DebriefNotes(**said.debrief.model_dump(include={"goal", "goal_code"}))
    return said.model_copy(update={"note": {}, "debrief": kept})


def _back(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    """Practice: another line in an earlier turn. A session that has ended stays beside it."""
    session, turn = play.current(work), press.get("turn")
    if not play.practice or session is None or not isinstance(turn, int):
        return work
    taken = len(session.chosen)
    if not 1 <= turn <= taken or press.get("taken", taken) != taken:
        return work
    earlier = session.back_to(turn)
    return _new_run(play, work, earlier) if session.ended else _with_last(work, earlier)


def _again(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    """A new attempt: at any time in practice, else after the last one has ended."""
    session = play.current(work)
    if not work.runs or (session and not session.ended and not play.practice):
        return work
    return _new_run(play, work)


def _leave(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    session = play.current(work)
    is_open = session is not None and not session.ended
    return work.model_copy(update={"paused": True}) if is_open else work


def _resume(play: Play, work: CaseAnswer, press: Mapping[str, Any]) -> CaseAnswer:
    return work.model_copy(update={"paused": False})


STEPS: Mapping[str, Callable[[Play, CaseAnswer, Mapping[str, Any]], CaseAnswer]] = {
    "begin": _begin,
    "choose": _choose,
    "back": _back,
    "again": _again,
    "leave": _leave,
    "resume": _resume,
}
"""What a press of each type does."""


def _with_last(work: CaseAnswer, session: Session) -> CaseAnswer:
    """The work with its last run as far as this session."""
    run = Run(saved=tuple(session.to_list()), ended=session.ended)
    return work.model_copy(update={"runs": (*work.runs[:-1], run), "paused": False})


def _new_run(play: Play, work: CaseAnswer, session: Session | None = None) -> CaseAnswer:
    """One run more. In practice it takes the place of one that has not ended, or of the oldest
    when there are too many; an assessed case keeps them all."""
    session = session or Session.start(play.script, play.seed)
    runs = work.runs
    if play.practice:
        runs = runs if not runs or runs[-1].ended else runs[:-1]
        runs = runs[-(MOST_RUNS - 1) :]
    if len(runs) >= MOST_RUNS:
        raise CaseError(FULL)
    run = Run(saved=tuple(session.to_list()), ended=session.ended)
    return work.model_copy(update={"runs": (*runs, run), "paused": False})
