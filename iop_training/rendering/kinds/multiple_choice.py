"""Options with square marks, any number of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.multiple_choice import MultipleChoice
from iop_training.rendering.html import Html
from iop_training.rendering.options import options_html, verdicts


def body(
    item: MultipleChoice, value: list[str] | None, score: Score | None, order: Sequence[str]
) -> Html:
    return options_html(item, value or [], score, order, ("☑", "☐"))


__all__ = ["body", "verdicts"]
