"""A whole card of one item, as it is drawn into a graded notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iop_training.model import Item, ProgramFacts, Reference, Score
from iop_training.rendering import answer_card, body_html
from iop_training.rendering.html import Html


def item_html(
    item: Item,
    value: Any,
    score: Score | None,
    order: Sequence[str],
    references: Mapping[str, Reference],
    program: ProgramFacts | None = None,
) -> Html:
    """Body and card at once; arguments as theirs."""
    return answer_card(item, body_html(item, value, score, order), score, references, program)
