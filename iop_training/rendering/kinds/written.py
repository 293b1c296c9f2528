"""The trainee's own text, as typed."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.written import Written
from iop_training.rendering.html import Html, paragraphs, tag


def body(item: Written, value: str | None, score: Score | None, order: Sequence[str]) -> Html:
    if not value or item.is_blank(value):
        return tag("p", "No answer was written.", class_="iop-answer is-blank")
    words = len(value.split())
    return tag(
        "div",
        [
            paragraphs(value),
            tag("p", f"{words} of {item.max_words} words", class_="iop-status"),
        ],
        class_="iop-answer",
    )
