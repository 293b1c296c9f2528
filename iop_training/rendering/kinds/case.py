"""A session with a client as a supervisor reads it: every attempt in full, and what it earned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iop_training.model import Score
from iop_training.model.case import PlayCase
from iop_training.model.case_answer import APART, CaseAnswer
from iop_training.model.kinds.case import CaseItem
from iop_training.rendering.case_note import note_html
from iop_training.rendering.case_score import (
    WAYS,
    harms_html,
    notes_html,
    observations_html,
    pass_text,
    points_html,
)
from iop_training.rendering.html import Html, tag
from iop_training.rendering.parts import Verdicts
from iop_training.rendering.transcript import fold, meanings_html, section, transcript_html
from iop_training.scoring.case_work import Attempt, CaseWork

WHO = "Counselor"
EMPTY = tag("p", "No session was begun.", class_="iop-answer is-blank")


def body(
    item: CaseItem, value: dict[str, Any] | None, score: Score | None, order: Sequence[str]
) -> Html:
    """With a score all of the work judged; without one only how it was taken and how far it got."""
    if not value:
        return EMPTY
    if score is None or not isinstance(score.detail, CaseWork):
        return _outline(CaseAnswer.model_validate(value))
    work = score.detail
    return tag("div", [_way(work), *_judged(work), *_attempts(item.case, work)], class_="iop-stack")


def verdicts(item: CaseItem) -> Verdicts:
    """None: lines are judged by what they are and how they fit, see ``transcript``."""
    return {}


def _outline(answer: CaseAnswer) -> Html:
    ended = "reached an ending" if answer.counting is not None else "did not reach an ending yet"
    runs = "1 attempt" if len(answer.runs) == 1 else f"{len(answer.runs)} attempts"
    return tag("p", f"Taken {WAYS[answer.way]}; {runs}, {ended}.")


def _way(work: CaseWork) -> Html:
    way = f"Way chosen: {WAYS[work.way]}."
    if work.counting is not None:
        of = f" of {len(work.attempts)}" if len(work.attempts) > 1 else ""
        which = f" Attempt {work.counting + 1}{of} counts: the first that reached an ending."
        return tag("p", way + which)
    if work.way in APART:
        return tag("p", f"{way} There is nothing to score; the points are yours to give.")
    return tag("p", f"{way} No attempt reached an ending, so nothing is scored.")


def _judged(work: CaseWork) -> list[Html]:
    """What the attempt that counts earned; harm and safety apart from points."""
    counted = work.counted
    if counted is None:
        return []
    sections = [
        ("Points", Html(points_html(counted, work.note) + tag("p", pass_text(counted)))),
        ("Harm, apart from points", harms_html(counted.harms)),
        ("Safety, apart from points", observations_html(counted.observations, WHO)),
        ("The note beside the session", note_html(work.note) if work.note else Html("")),
        ("The debrief", notes_html(work.notes, "the trainee")),
    ]
    return [section(title, content) for title, content in sections if content]


def _attempts(case: PlayCase, work: CaseWork) -> list[Html]:
    folds = [
        fold(_summary(case, n, attempt, n == work.counting), _attempt(attempt), n == work.counting)
        for n, attempt in enumerate(work.attempts)
    ]
    codes = [code for a in work.attempts for turn in a.turns for code in turn.line.codes]
    return [section("Attempts", *folds, meanings_html(codes))] if folds else []


def _summary(case: PlayCase, number: int, attempt: Attempt, counts: bool) -> str:
    score = attempt.score
    turns = "1 turn" if score.turns == 1 else f"{score.turns} turns"
    how = {
        "ended": f"ended after {turns}, {round(score.points or 0, 2):g} of {score.max_points:g}",
        "paused": f"paused after {turns}",
        "flagged": "could not be played again",
    }[score.state]
    return f"Attempt {number + 1}{' (counts)' if counts else ''}: {how}"


def _attempt(attempt: Attempt) -> Html:
    if attempt.score.state == "flagged":
        return tag("p", attempt.score.look, class_="iop-flag")
    if not attempt.turns:
        return tag("p", "Nothing was said yet.", class_="iop-muted")
    return transcript_html(attempt.turns, WHO)
