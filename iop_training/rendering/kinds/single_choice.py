"""Options with round marks, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.single_choice import SingleChoice
from iop_training.rendering.html import Html
from iop_training.rendering.options import options_html, verdicts


def body(item: SingleChoice, value: str | None, score: Score | None, order: Sequence[str]) -> Html:
    return options_html(item, {value} if value else set(), score, order, ("◉", "○"))


__all__ = ["body", "verdicts"]
