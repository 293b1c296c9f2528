"""A result and the pass mark of its assignment, each number with what it is."""

from __future__ import annotations

import math

from iop_training.rendering.html import Html, tag
from iop_training.scoring.standards import Standing

_TONES = {
    "meets the standard": "is-done",
    "borderline: more evidence": "is-open",
    "not yet": "is-open",
    "no verdict yet": "",
}


def standard_for_trainee(standing: Standing) -> Html:
    """For the page a trainee gets back."""
    return _section(standing, _to_trainee(standing))


def standard_for_supervisor(standing: Standing) -> Html:
    """For the head of a submission in Formgrader."""
    return _section(standing, _to_supervisor(standing))


def mark_text(standing: Standing) -> str:
    """The pass mark, what it is of, and how it was set."""
    standard = standing.standard
    points = standing.max_points * standard.mark / 100
    return (
        f"{standard.mark:g}% of the points ({points:g} of {standing.max_points:g}), "
        f"set by {standard.method_words}"
    )


def _section(standing: Standing, words: str) -> Html:
    rows = [
        ("Points" if not standing.waiting else "Points so far", _points(standing)),
        ("Pass mark", mark_text(standing)),
        ("Standard error", _error(standing)),
    ]
    facts = [tag("div", [tag("dt", name), tag("dd", value)]) for name, value in rows]
    tone = _TONES[standing.verdict]
    return tag(
        "div",
        [
            tag("h2", "Standard", class_="iop-eyebrow"),
            tag(
                "p",
                standing.verdict.capitalize(),
                class_=f"iop-chip {tone}".strip(),
            ),
            tag("p", words),
            tag("dl", facts, class_="iop-facts"),
            tag("p", standing.standard.why, class_="iop-muted"),
        ],
        class_="iop-stack is-part",
    )


def _points(standing: Standing) -> str:
    earned = f"{round(standing.points, 2):g} of {standing.max_points:g}"
    return earned if standing.waiting else f"{earned}, which is {standing.share:.0%} of the points"


def _error(standing: Standing) -> str:
    if standing.waiting:
        return "told when all answers are graded"
    if math.isinf(standing.error):
        return "can't be told from one question"
    if not standing.error:
        return "0% of the points: every question earned the same share of its points"
    return (
        f"{standing.error:.1%} of the points: other questions like these could move the result "
        "about this much"
    )


def _waiting(standing: Standing) -> str:
    verb = "answer waits" if standing.waiting == 1 else "answers wait"
    return f"{standing.waiting} {verb}"


def _to_trainee(standing: Standing) -> str:
    return {
        "no verdict yet": f"{_waiting(standing)} for your supervisor. The verdict comes then.",
        "meets the standard": "Your result is clearly above the pass mark.",
        "borderline: more evidence": (
            "Your result is so near the pass mark that other questions could put it on either "
            "side. Ask your supervisor what would give more evidence."
        ),
        "not yet": (
            "Your result is not yet at the pass mark. Go through the reasons below, practise in "
            "the lesson, and plan another try with your supervisor."
        ),
    }[standing.verdict]


def _to_supervisor(standing: Standing) -> str:
    return {
        "no verdict yet": (
            f"{_waiting(standing)} for you. Once graded, the feedback page and iop-training grade "
            "tell the verdict; this page is from before."
        ),
        "meets the standard": "More than one standard error above the pass mark.",
        "borderline: more evidence": (
            "Within one standard error of the pass mark: get more evidence before you decide."
        ),
        "not yet": "More than one standard error below the pass mark.",
    }[standing.verdict]
