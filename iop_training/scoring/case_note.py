"""The note against the session: what it claims, compared with what was said and done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from iop_training.model.base import Model
from iop_training.model.case_note import Claim, Note
from iop_training.simulation.note_truth import truth
from iop_training.simulation.session import Session

Outcome = Literal["in_session", "rightly_left", "not_found", "missing", "other", "blank"]
"""*in_session*: claimed, and it happened. *rightly_left*: not claimed, and it did not happen.
*not_found*: claimed, and nothing of the kind happened. *missing*: it happened, and the note says
it did not. *other*: something of the kind happened, and not what the note says. *blank*: the note
says nothing about it."""
INVENTED: frozenset[str] = frozenset({"not_found", "other"})
"""What documents something that did not happen: serious harm."""
TRUE: frozenset[str] = frozenset({"in_session", "rightly_left"})


class ClaimResult(Model):
    """One line of the note: what it says and what the session has, both in words."""

    id: str
    text: str
    said: str
    session: str
    outcome: Outcome
    harm_reason: str = ""


class NoteScore(Model):
    """The note compared with one run. ``points`` are in [0, max_points]: the share of its lines
    that agree with the session; what did not happen is harm, and judged apart from them."""

    points: Annotated[float, Field(ge=0)]
    max_points: Annotated[float, Field(ge=0)]
    claims: tuple[ClaimResult, ...]

    @property
    def invented(self) -> tuple[ClaimResult, ...]:
        """The lines that document what did not happen."""
        return tuple(claim for claim in self.claims if claim.outcome in INVENTED)


def compare_note(note: Note, said: Mapping[str, str], session: Session) -> NoteScore:
    """What ``said`` (claim to option) is worth beside a session; unknown options are blank."""
    values = tuple(session.state.values())
    index = {name: n for n, name in enumerate(session.state)}
    results = []
    for claim in note.claims:
        happened = truth(claim, index)(values)
        results.append(_compared(claim, said.get(claim.id, ""), happened))
    true = sum(result.outcome in TRUE for result in results)
    return NoteScore(
        points=note.points * true / len(results), max_points=note.points, claims=tuple(results)
    )


def true_note(note: Note, session: Session) -> dict[str, str]:
    """What a true and complete note says of a session."""
    values = tuple(session.state.values())
    index = {name: n for n, name in enumerate(session.state)}
    return {claim.id: truth(claim, index)(values) for claim in note.claims}


def _compared(claim: Claim, said: str, happened: str) -> ClaimResult:
    choices = claim.choices()
    nothing = list(choices)[-1]
    outcome: Outcome
    if said not in choices:
        outcome = "blank"
    elif said == happened:
        outcome = "rightly_left" if said == nothing else "in_session"
    elif said == nothing:
        outcome = "missing"
    else:
        outcome = "not_found" if happened == nothing else "other"
    return ClaimResult(
        id=claim.id,
        text=claim.text,
        said=choices.get(said, ""),
        session=choices[happened],
        outcome=outcome,
        harm_reason=claim.harm_reason if outcome in INVENTED else "",
    )
