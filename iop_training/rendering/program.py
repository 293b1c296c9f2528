"""The program's own facts, as a card in a lesson and as one line in feedback."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Fact
from iop_training.rendering.html import Html, card, tag

TITLE = "In your program"


def program_html(facts: Sequence[Fact]) -> Html:
    """A card with what the program has said; else with the question for the supervisor."""
    rows = [tag("div", [tag("dt", fact.label), tag("dd", _said(fact))]) for fact in facts]
    return card(TITLE, [tag("p", TITLE, class_="iop-eyebrow"), tag("dl", rows, class_="iop-facts")])


def program_line(fact: Fact) -> str:
    """Such as "In your program: ASAM Criteria: 4th edition"."""
    if fact.lines:
        return f"{TITLE}: {fact.label}: {'; '.join(fact.lines)}"
    return f"{TITLE}: ask your supervisor: {fact.ask}"


def _said(fact: Fact) -> list[Html]:
    if fact.lines:
        return [tag("span", line, class_="iop-line is-known") for line in fact.lines]
    return [tag("span", ["Ask your supervisor: ", tag("b", fact.ask)], class_="iop-line")]
