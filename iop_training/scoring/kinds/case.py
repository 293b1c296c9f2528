"""A session is played again and scored (:mod:`iop_training.scoring.case_work`)."""

from __future__ import annotations

from random import Random
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, Run
from iop_training.model.kinds.case import CaseItem
from iop_training.scoring.case_note import true_note
from iop_training.scoring.case_work import CaseWork, judge_work, score_work
from iop_training.scoring.debrief import outlook_of
from iop_training.simulation.session import Session


def score(item: CaseItem, value: dict[str, Any]) -> Score:
    return _score(item, judge_work(whole(item), CaseAnswer.model_validate(value)))


def bare_score(item: CaseItem, value: dict[str, Any]) -> Score:
    """Without debrief and coded turns, which take most of the time."""
    return _score(item, score_work(whole(item), CaseAnswer.model_validate(value)))


def _score(item: CaseItem, work: CaseWork) -> Score:
    return Score(
        item=item.id,
        points=work.points,
        max_points=item.points,
        blank=False,
        look=work.look,
        detail=work,
    )


def parts(item: CaseItem, value: dict[str, Any]) -> tuple[Part, ...]:
    """None: what is judged are the lines of each attempt, see ``Score.detail``."""
    return ()


def solution(item: CaseItem) -> dict[str, Any]:
    """A run that earns the most that the case gives, and its true note."""
    case = whole(item)
    session = Session.start(case)
    for _, move in outlook_of(case).run():
        session = session.choose(move.id)
    return _stored(session, true_note(case.note, session) if case.note else {})


def guess(item: CaseItem, chance: Random) -> dict[str, Any]:
    """A run of lines drawn blindly, with a note drawn likewise."""
    case = whole(item)
    session = Session.start(case)
    while not session.ended:
        session = session.choose(chance.choice(session.offered).id)
    claims = case.note.claims if case.note else ()
    note = {claim.id: chance.choice(list(claim.choices())) for claim in claims}
    return _stored(session, note)


def whole(item: CaseItem) -> Case:
    """The case with its judging part; only a formative item or a snapshot's has it."""
    assert isinstance(item.case, Case), f"{item.id} has the play part of its case only"
    return item.case


def _stored(session: Session, note: dict[str, str]) -> dict[str, Any]:
    run = Run(saved=tuple(session.to_list()), ended=True)
    answer = CaseAnswer(way="session", runs=(run,), note=note)
    return answer.model_dump(mode="json", exclude_defaults=True)
