"""The number as typed, with its unit."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.numeric import Numeric
from iop_training.rendering.html import Html
from iop_training.rendering.parts import PLACED, Verdicts
from iop_training.rendering.typed import line_html


def verdicts(item: Numeric) -> Verdicts:
    return PLACED


def body(item: Numeric, value: str | None, score: Score | None, order: Sequence[str]) -> Html:
    return line_html(item, value, score, item.unit)
