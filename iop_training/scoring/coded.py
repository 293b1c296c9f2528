"""A run, coded line by line: what each line is, what it did, and what could be reached after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_training.content.cases import GROUP
from iop_training.model.case import Case
from iop_training.model.case_moments import DrillMove, Move
from iop_training.model.case_people import Variable
from iop_training.scoring.debrief_parts import Change, CodedTurn, Curve, Heard, JudgedLine
from iop_training.simulation.outlook import Outlook
from iop_training.simulation.session import Session
from iop_training.simulation.tally import Taken, Tally, taken
from iop_training.simulation.transcript import Said

THE_GROUP = "the group"
"""What a line that is said to everybody is said to."""


def code_turns(case: Case, session: Session, outlook: Outlook) -> tuple[CodedTurn, ...]:
    """Every turn of a session, ended or not; ``outlook`` is the case's own."""
    return tuple(_coded(case, turn, outlook) for turn in taken(case, session))


def _coded(case: Case, turn: Taken, outlook: Outlook) -> CodedTurn:
    return CodedTurn(
        turn=turn.number,
        moment=turn.moment.id,
        title=turn.moment.title,
        said=heard(turn.before.said),
        line=judged(case, turn.move, heard(turn.before.answer(turn.move.id))),
        changes=tuple(_changes(case, turn.before, turn.after)),
        emergency=turn.moment.emergency,
        decision=turn.moment.decision is not None,
        best_after=best_after(turn.after, turn.tally, outlook),
    )


def best_after(session: Session, so_far: Tally, outlook: Outlook) -> float:
    """The most points that can still be reached."""
    return min(outlook.case.scoring.total, outlook.highest(session.spot, so_far))


def on_offer(case: Case, turn: Taken) -> tuple[JudgedLine, ...]:
    """All lines that were on offer in a turn, in the order shown, each with what the client would
    have answered in this run: the reply to it, else what is said next, else how the story ends
    (with no name to it)."""
    return tuple(judged(case, move, answered(turn.before, move.id)) for move in turn.offered)


def answered(before: Session, move: str) -> tuple[Heard, ...]:
    """What comes back to a line: see :func:`on_offer`."""
    after = before.choose(move)
    reply = before.answer(move) or after.said
    if reply or after.ending is None:
        return heard(reply)
    return (Heard(name="", text=after.ending.text),)


def judged(case: Case, move: Move | DrillMove, answer: Iterable[Heard]) -> JudgedLine:
    """A line with what is said about it; whom it is said to by name."""
    names = {GROUP: THE_GROUP, **{person.id: person.name for person in case.people}}
    return JudgedLine(
        id=move.id,
        text=move.text,
        to=tuple(names[who] for who in move.to) if isinstance(move, Move) else (),
        codes=move.codes,
        quality=move.quality,
        why=move.why,
        better=move.better or "",
        harm=move.harm,
        harm_reason=move.harm_reason or "",
        sources=move.source,
        answer=tuple(answer),
    )


def heard(said: Iterable[Said]) -> tuple[Heard, ...]:
    """What was said, by whom."""
    return tuple(Heard(name=one.name, text=one.text, shows=one.shows) for one in said)


def _changes(case: Case, before: Session, after: Session) -> Iterable[Change]:
    """What a turn did to the variables that are drawn, and what has now happened."""
    was, now = before.state, after.state
    for name, person, variable in drawn(case):
        if was[name] != now[name]:
            yield Change(
                name=variable.id,
                meaning=variable.meaning,
                person=person,
                before=was[name],
                after=now[name],
            )
    for flag in case.flags:
        if now[flag.id] > was[flag.id]:
            yield Change(name=flag.id, meaning=flag.meaning, before=0, after=1, happened=True)


def drawn(case: Case) -> Iterable[tuple[str, str, Variable]]:
    """The variables that the debrief shows: full name, whose it is ("" for the case's), and it."""
    yield from ((variable.id, "", variable) for variable in case.state if variable.curve)
    for person in case.people:
        for variable in person.state:
            if variable.curve:
                yield f"{person.id}.{variable.id}", person.name, variable


def curves(case: Case, stages: Sequence[Session]) -> tuple[Curve, ...]:
    """The variables over a run: a value before the first turn, then one after each."""
    states = [stage.state for stage in stages]
    return tuple(
        Curve(
            name=variable.id,
            meaning=variable.meaning,
            person=person,
            low=variable.low,
            high=variable.high,
            values=tuple(state[name] for state in states),
        )
        for name, person, variable in drawn(case)
    )
