"""Prompts, each with the answer it was matched with."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.matching import Matching
from iop_training.rendering.html import Html
from iop_training.rendering.parts import PLACED, Verdicts
from iop_training.rendering.placing import placing_html

ANY_ORDER = True


def body(
    item: Matching, value: dict[str, str] | None, score: Score | None, order: Sequence[str]
) -> Html:
    return placing_html(item, item.prompts, value or {}, score)


def verdicts(item: Matching) -> Verdicts:
    return PLACED
