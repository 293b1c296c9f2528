"""The words as typed; that they are close in spelling is said to both who read the page."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.short_text import ShortText
from iop_training.rendering.html import Html
from iop_training.rendering.parts import PLACED, Verdicts
from iop_training.rendering.typed import line_html


def verdicts(item: ShortText) -> Verdicts:
    return PLACED


def body(item: ShortText, value: str | None, score: Score | None, order: Sequence[str]) -> Html:
    return line_html(item, value, score)
