"""The head of a graded notebook: whose it is, how it came, and what a supervisor must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iop_training.rendering.gates import gates_for_supervisor, urgent
from iop_training.rendering.html import Html, card, tag
from iop_training.rendering.opinions import opinions_of_one
from iop_training.rendering.standard import standard_for_supervisor
from iop_training.scoring.gates import Gate
from iop_training.scoring.standards import Standing


@dataclass(frozen=True)
class Summary:
    """Facts of one submission, without the id: Formgrader can hide whose it is.

    ``minutes`` is active time; ``repairs`` say what was mended in reading, ``flags`` what a
    person should look at, ``in_lesson`` what was objected to practice questions, ``opinions``
    the answers to the questions about the lesson. ``standing`` is None where the assignment has
    no standard; ``gates`` are the safety domains as this assignment alone shows them.
    """

    title: str
    answered: int
    total: int
    handed_in: str
    minutes: float
    sittings: int
    journal: str
    repairs: Sequence[str] = field(default=())
    flags: Sequence[str] = field(default=())
    in_lesson: Sequence[str] = field(default=())
    opinions: Mapping[str, str] = field(default_factory=dict)
    standing: Standing | None = None
    gates: Sequence[Gate] = field(default=())


def summary_html(summary: Summary) -> Html:
    """The summary as a card, flags first."""
    rows = [
        ("Answered", f"{summary.answered} of {summary.total}"),
        ("Handed in", summary.handed_in or "time unknown"),
        (
            "Active time",
            f"about {_count(round(summary.minutes), 'minute')} in "
            f"{_count(summary.sittings, 'sitting')}",
        ),
        ("Receipt code", summary.journal[:12] or "none"),
    ]
    terms = [tag("div", [tag("dt", name), tag("dd", value)]) for name, value in rows]
    return card(
        "Submission",
        [
            tag("p", "Submission", class_="iop-eyebrow"),
            tag("h2", summary.title),
            _list("Please look at this", [*urgent(summary.gates), *summary.flags], "iop-flag"),
            _list("Something is off with practice questions", summary.in_lesson, "iop-flag"),
            tag("dl", terms, class_="iop-facts"),
            standard_for_supervisor(summary.standing) if summary.standing else "",
            gates_for_supervisor(summary.gates, {}),
            opinions_of_one(summary.opinions),
            _list("Mended while reading", summary.repairs, "iop-status"),
        ],
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _list(title: str, sentences: Sequence[str], class_: str) -> Html:
    if not sentences:
        return Html("")
    shown = [*sentences[:20]]
    if len(sentences) > 20:
        shown.append(f"and {len(sentences) - 20} more")
    return tag("div", [tag("b", title), tag("ul", [tag("li", s) for s in shown])], class_=class_)
