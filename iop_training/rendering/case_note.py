"""The note of a session beside the session, line by line."""

from __future__ import annotations

from iop_training.rendering.html import Html, tag
from iop_training.scoring.case_note import INVENTED, ClaimResult, NoteScore, Outcome

WORDS: dict[Outcome, tuple[str, str]] = {
    "in_session": ("In the session", "is-ok"),
    "rightly_left": ("It did not happen, and the note says so", "is-ok"),
    "not_found": ("Not found in the session", "is-harm"),
    "missing": ("In the session but missing from the note", "is-not-yet"),
    "other": ("The session has something else", "is-harm"),
    "blank": ("The note leaves it open", "is-not-yet"),
}
"""How a line of the note came out: the words for it and the tone of its box."""
TRUE_TO = (
    "A note says what happened and nothing else. What did not happen and is in it can hurt "
    "whoever reads it next."
)


def note_html(note: NoteScore) -> Html:
    """Every line of the note: what it says, what the session has, and how the two agree."""
    return tag("ul", [_claim(claim) for claim in note.claims], class_="iop-options")


def invented_text(claim: ClaimResult) -> str:
    """A sentence about a line that documents what did not happen."""
    return f"The note says “{claim.text}: {claim.said}”. The session has: {claim.session}."


def _claim(claim: ClaimResult) -> Html:
    words, tone = WORDS[claim.outcome]
    said = tag("q", claim.said) if claim.said else "nothing"
    session = tag("q", claim.session)
    told = [tag("p", [tag("b", f"{words}. "), "The note: ", said, "; the session: ", session, "."])]
    if claim.outcome in INVENTED:
        told.append(tag("p", [tag("b", "This could seriously harm a client. "), claim.harm_reason]))
    return tag(
        "li",
        [tag("div", claim.text, class_="iop-placed"), tag("div", told, class_=f"iop-why {tone}")],
    )
