"""Entries, each with the category it was put into."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Score
from iop_training.model.kinds.categorise import Categorise
from iop_training.rendering.html import Html
from iop_training.rendering.parts import PLACED, Verdicts
from iop_training.rendering.placing import placing_html


def body(
    item: Categorise, value: dict[str, str] | None, score: Score | None, order: Sequence[str]
) -> Html:
    seen = {i: n for n, i in enumerate(order)}
    entries = sorted(item.entries, key=lambda e: seen.get(e.id, len(seen)))
    return placing_html(item, entries, value or {}, score)


def verdicts(item: Categorise) -> Verdicts:
    return PLACED
