"""The debrief of a run: turning points, practice, indices, goals, and the run coded whole.

Everything follows from the case and the lines chosen: the same run gives the same debrief.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from iop_training.content.hashing import canonical_json, sha256
from iop_training.errors import CaseError
from iop_training.model.case import Case
from iop_training.model.case_moments import Ending
from iop_training.scoring.coded import code_turns, curves
from iop_training.scoring.debrief_parts import CodedTurn, Debrief
from iop_training.scoring.goals import goals
from iop_training.scoring.indices import indices
from iop_training.scoring.turning import practice, turning_points
from iop_training.simulation.graph import explore
from iop_training.simulation.outlook import Outlook
from iop_training.simulation.same import Same
from iop_training.simulation.session import Session, replay
from iop_training.simulation.tally import taken

KEPT = 4
"""How many outlooks a process keeps; a large case's takes 100 MB."""


def debrief(case: Case, saved: list[str], outlook: Outlook | None = None) -> Debrief:
    """The debrief of a saved session (:meth:`~iop_training.simulation.Session.to_list`).

    ``outlook`` is the case's own, for those who debrief many. CaseError when the session can't be
    played again, or has not reached an ending."""
    outlook = outlook or outlook_of(case)
    session = replay(outlook.graph.script, saved)
    if not session.ended:
        raise CaseError(f"This session of {case.id} has not reached an ending yet.")
    ending, turns = case.endings[~session.spot.at], taken(case, session)
    coded, points = code_turns(case, session, outlook), turning_points(case, turns, outlook)
    best = min(case.scoring.total, outlook.highest(outlook.graph.spots[0]))
    return Debrief(
        case=case.id,
        title=case.title,
        run=run_digest(saved),
        ending=ending.id,
        kind=ending.kind,
        story=ending.text,
        view=ending.view,
        view_by=_viewer(case, ending),
        turning_points=tuple(points),
        practice=tuple(practice(case, turns, points)),
        indices=indices(coded),
        goals=tuple(goals(turns)),
        turns=coded,
        curves=curves(case, session.stages),
        points=coded[-1].best_after,
        max_points=case.scoring.total,
        best=best,
        lost_at=_lost_at(best, coded),
    )


def coded_turns(
    case: Case, session: Session, outlook: Outlook | None = None
) -> tuple[CodedTurn, ...]:
    """Every turn of a session, ended or not, coded."""
    return code_turns(case, session, outlook or outlook_of(case))


def outlook_of(case: Case) -> Outlook:
    """The best and the worst that can be reached from everywhere in a case that ``check`` finds
    sound. It takes seconds for a large one, and is worked out once in a process for a case's
    content."""
    return _outlook(_text(Same(case)))


def run_digest(saved: Sequence[str]) -> str:
    """SHA-256 of a saved session, by which a debrief is told to be about it."""
    return sha256(canonical_json(list(saved)))


def _viewer(case: Case, ending: Ending) -> str:
    """The name of the person whose view of the ending is told."""
    names = {person.id: person.name for person in case.people}
    return names[ending.view_by or next(p.id for p in case.people if p.profile)]


@lru_cache(maxsize=KEPT)
def _text(case: Same[Case]) -> str:
    return case.one.model_dump_json()


@lru_cache(maxsize=KEPT)
def _outlook(case_json: str) -> Outlook:
    return Outlook(explore(Case.model_validate_json(case_json)))


def _lost_at(best: float, turns: Sequence[CodedTurn]) -> int | None:
    """The first turn after which the best was out of reach."""
    return next((turn.turn for turn in turns if turn.best_after < best - 1e-9), None)
