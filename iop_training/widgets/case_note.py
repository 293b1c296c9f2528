"""The note about a session in its room: what it says, kept in the journal, and, in practice, what
the session has of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.errors import ResponseError
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, Run
from iop_training.model.case_note import PlayNote
from iop_training.rendering.case_note import WORDS
from iop_training.scoring.case_note import TRUE, Outcome, compare_note
from iop_training.widgets.case_steps import Play

NEXT_STEPS: Mapping[Outcome, str] = {
    "not_found": "A note says what happened. Change this line, or go back to a turn and do it.",
    "missing": "It happened. Who reads the note next needs to know.",
    "other": "The session has it in another way. Change this line to what happened.",
    "blank": "Say what the session had of it.",
}
"""What to do with a line of the note that does not agree with the session."""


def noted_run(play: Play, work: CaseAnswer) -> Run | None:
    """The run that the note is about: in practice the one that ended last, else the one that
    counts; None while there is none."""
    ended = [run for run in work.runs if run.ended]
    if not ended:
        return None
    return ended[-1] if play.practice else ended[0]


def form_of(note: PlayNote, work: CaseAnswer) -> dict[str, Any]:
    """The form with what it says, as JSON data."""
    claims = [
        {
            "id": claim.id,
            "text": claim.text,
            "options": [{"id": i, "text": text} for i, text in claim.choices().items()],
        }
        for claim in note.claims
    ]
    return {"claims": claims, "said": dict(work.note)}


def with_note(note: PlayNote, work: CaseAnswer, said: Any) -> CaseAnswer:
    """The work with a note that says this; ResponseError when the form has no such lines."""
    choices = {claim.id: claim.choices() for claim in note.claims}
    if not isinstance(said, Mapping) or any(
        claim not in choices or option not in choices[claim] for claim, option in said.items()
    ):
        raise ResponseError("This note has lines that the form doesn't have. Load the page again.")
    return work.model_copy(update={"note": dict(said)})


def results_of(case: Case, play: Play, run: Run, said: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each line of the note what the session has of it: ``value`` is the option that the note
    had then, "" for none. A line that is not filled in stays the trainee's to say."""
    session = play.session(run)
    if case.note is None or session is None:
        return []
    return [
        {
            "id": claim.id,
            "value": said.get(claim.id, ""),
            "agrees": claim.outcome in TRUE,
            "title": WORDS[claim.outcome][0],
            "tone": WORDS[claim.outcome][1],
            "text": NEXT_STEPS.get(claim.outcome, ""),
            "session": claim.session if claim.outcome != "blank" else "",
            "harm_reason": claim.harm_reason,
        }
        for claim in compare_note(case.note, said, session).claims
    ]
