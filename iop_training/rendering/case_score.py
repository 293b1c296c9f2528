"""What a session earned with its parts, and, apart from points, the harm and the safety in it."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model.case_answer import DebriefNotes, Way
from iop_training.model.case_codes import CODE_WORDS
from iop_training.rendering.gates import DOMAINS
from iop_training.rendering.html import Html, tag
from iop_training.rendering.transcript import HARM
from iop_training.scoring.case_note import NoteScore
from iop_training.scoring.cases import CaseScore, HarmChosen
from iop_training.scoring.gates import Observation

PARTS = {
    "process": "How the conversation went",
    "decisions": "What was said at the decision points",
    "ending": "Where it ended",
}
WAYS: dict[Way, str] = {
    "": "not chosen yet",
    "session": "alone",
    "together": "together with someone beside them",
    "another": "another scenario for the same competence",
    "in_person": "with the supervisor in person",
}
"""The ways to take a case, in words that give no reason."""
GOAL_MET = {"yes": "met", "partly": "partly met", "not_yet": "not yet met"}


def points_html(score: CaseScore, note: NoteScore | None) -> Html:
    """The points of a session as a table of their parts, those of the note below."""
    rows = [(PARTS[part.name], part.points, part.max_points) for part in score.parts]
    rows.append(("The session", score.points or 0.0, score.max_points))
    if note and note.max_points:
        rows.append(("The note", note.points, note.max_points))
        together = rows[-1][1] + rows[-2][1]
        rows.append(("Together", together, score.max_points + note.max_points))
    heads = [tag("th", name, scope="col") for name in ("Part", "Points", "Of")]
    lines = [
        tag("tr", [tag("th", name, scope="row"), _number(points), _number(most)])
        for name, points, most in rows
    ]
    return tag(
        "table",
        [tag("thead", tag("tr", heads)), tag("tbody", lines)],
        class_="iop-table",
    )


def pass_text(score: CaseScore) -> str:
    """Where the session stands against its pass mark."""
    mark = f"The session's pass mark is {score.pass_mark:g} of {score.max_points:g} points"
    if score.passed:
        return f"{mark}: reached."
    if (score.points or 0.0) >= score.pass_mark:
        return (
            f"{mark}: reached in points. Not yet passed, because a line could have seriously "
            "harmed a client."
        )
    return f"{mark}: not yet reached."


def harms_html(harms: Sequence[HarmChosen]) -> Html:
    """Lines that were said and could hurt somebody; nothing where there were none."""
    if not harms:
        return Html("")
    return tag("ul", [tag("li", _harm(harm)) for harm in harms], class_="iop-options")


def observations_html(observations: Sequence[Observation], who: str) -> Html:
    """What the session shows of the safety domains that came up in it."""
    if not observations:
        return Html("")
    return tag("ul", [_observation(o, who) for o in observations], class_="iop-observations")


def notes_html(notes: DebriefNotes, who: str) -> Html:
    """Whether the debrief was done, and the trainee's own words from it."""
    rows = [
        ("Debrief", "done" if notes.done else "not done yet"),
        (f"What worked, {who} said", _turn(notes.worked)),
        ("To take back", _turn(notes.back)),
        ("In own words", notes.line),
        ("Lines tried again", str(len(notes.tried)) if notes.tried else ""),
        ("Goal for next time", _goal(notes)),
        ("The goal before", GOAL_MET.get(notes.goal_met, "")),
    ]
    shown = [tag("div", [tag("dt", name), tag("dd", text)]) for name, text in rows if text]
    return tag("dl", shown, class_="iop-facts")


def said(notes: DebriefNotes) -> bool:
    """Whether anything was done in the debrief yet."""
    return notes != DebriefNotes()


def _goal(notes: DebriefNotes) -> str:
    words = next((w for code, w in CODE_WORDS.items() if code == notes.goal_code), None)
    return " ".join(part for part in (notes.goal, f"({words.name})" if words else "") if part)


def _turn(number: int | None) -> str:
    return f"turn {number}" if number else ""


def _harm(harm: HarmChosen) -> Html:
    told = [
        tag("p", [f"Turn {harm.turn}: ", tag("q", harm.line)]),
        tag("p", [tag("b", HARM.get(harm.harm, "")), harm.reason]),
    ]
    tone = "is-harm" if harm.harm == "serious" else "is-not-yet"
    return tag("div", told, class_=f"iop-why {tone}")


def _observation(seen: Observation, who: str) -> Html:
    verdict, tone = ("Right", "is-ok") if seen.right else ("Not yet", "is-not-yet")
    said = [f"{who}: ", tag("q", seen.answer)] if seen.answer else ["Nothing was said about it"]
    return tag(
        "li",
        [
            tag("p", [tag("b", f"{DOMAINS[seen.domain]}. "), seen.question]),
            tag("p", [*said, ". ", tag("b", f"{verdict}.")]),
        ],
        class_=f"iop-why {'is-harm' if seen.harm == 'serious' else tone}",
    )


def _number(points: float) -> Html:
    return tag("td", f"{round(points, 2):g}")
