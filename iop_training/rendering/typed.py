"""What the kinds with one typed line share: the answer as typed, then the verdict."""

from __future__ import annotations

from iop_training.model import Item, Score
from iop_training.rendering.html import Html, tag
from iop_training.rendering.parts import part_why


def line_html(item: Item, value: str | None, score: Score | None, unit: str = "") -> Html:
    """The typed line with its unit, and why it earned what it did when there is a score."""
    typed = (value or "").strip()
    # Who typed a unit, or no number at all, needs none.
    unit = "" if any(c.isalpha() for c in typed) else unit
    shown = (
        tag("p", [tag("b", typed), f" {unit}" if unit else ""], class_="iop-answer")
        if typed
        else tag("p", "No answer was given.", class_="iop-answer is-blank")
    )
    why = [part_why(item, part) for part in score.parts] if score else []
    return tag("div", [shown, *why], class_="iop-stack")
