"""A session with a client as it comes back to the trainee: what mattered, and the next step."""

from __future__ import annotations

from iop_training.model.case_answer import APART
from iop_training.rendering.case_note import TRUE_TO, note_html
from iop_training.rendering.case_score import harms_html, pass_text, points_html
from iop_training.rendering.debrief import own_words_html
from iop_training.rendering.html import Html, card, tag
from iop_training.rendering.transcript import section
from iop_training.scoring.case_work import CaseWork

NOT_BEGUN = (
    "There is no session here yet. It stays open to you: take it when you are ready, or talk with "
    "your supervisor about another way to show this."
)
PAUSED = (
    "This session stands where you left it. Nothing is lost, and nothing is scored. You can go on "
    "from there and hand in again, or agree on another way with your supervisor."
)
ELSEWHERE = (
    "You chose another way to show this. Your supervisor gives the points for it; nothing more is "
    "needed here."
)
UNREADABLE = (
    "What was saved of this session could not be played again, so it has no points by itself. "
    "Files get damaged. Your supervisor looks at it and finds a way with you."
)
HARMFUL = (
    "Apart from points: this could have hurt somebody. It is good that it came up here and not "
    "with a client. Talk it through with your supervisor."
)

TRY_AGAIN = (
    "This is the debrief of your session. Once your notebook has fetched this feedback, the "
    "session there has it too, and you can say other lines at these turns and hear the answers."
)


def case_feedback_html(
    title: str,
    item: str,
    work: CaseWork | None,
    debrief: Html | None = None,
) -> Html:
    """The card of the session ``item`` for the page that a trainee gets back.

    ``work`` None for no answer, ``debrief`` that of the attempt that counts, drawn. The lines of
    an attempt that doesn't count are not in it.
    """
    inner = [tag("p", title, class_="iop-title"), *_inner(work, debrief)]
    return card(f"Question {item}", inner, data_item=item)


def _inner(work: CaseWork | None, debrief: Html | None) -> list[Html]:
    if work is None:
        return [tag("p", NOT_BEGUN)]
    counted = work.counted
    if counted is None:
        return [tag("p", _unscored(work), class_="iop-note")]
    note = work.note
    parts = []
    if counted.harms or (note and note.invented):
        parts.append(tag("p", HARMFUL, class_="iop-why is-harm"))
        parts.append(harms_html(counted.harms))
    if debrief:
        parts += [tag("p", TRY_AGAIN, class_="iop-note"), own_words_html(work.notes), debrief]
    if note:
        parts.append(section("Your note beside the session", tag("p", TRUE_TO), note_html(note)))
    points = points_html(counted, note)
    parts.append(section("Points", _which(work), points, tag("p", pass_text(counted))))
    return parts


def _unscored(work: CaseWork) -> str:
    if work.way in APART:
        return ELSEWHERE
    flagged = any(attempt.score.state == "flagged" for attempt in work.attempts)
    return UNREADABLE if flagged else PAUSED


def _which(work: CaseWork) -> Html:
    if len(work.attempts) < 2 or work.counting is None:
        return Html("")
    return tag(
        "p",
        f"You made {len(work.attempts)} attempts. Attempt {work.counting + 1} counts: the first "
        "that reached an ending.",
    )
