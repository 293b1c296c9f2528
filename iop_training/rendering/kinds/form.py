"""Every field under its label, as its own kind draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iop_training.model import Item, Score
from iop_training.model.kinds.form import Form
from iop_training.rendering.html import Html, tag
from iop_training.rendering.items import points_text, stem_lines
from iop_training.rendering.kinds import drawing


def body(
    item: Form, value: dict[str, Any] | None, score: Score | None, order: Sequence[str]
) -> Html:
    return Html(
        "".join(
            _field(
                field,
                (value or {}).get(name),
                _score(score, name, field) if score else None,
                item.order_within(name, order),
            )
            for name, field in item.by_name().items()
        )
    )


def _field(field: Item, value: Any, score: Score | None, order: Sequence[str]) -> Html:
    kind = drawing(field.kind)
    return tag(
        "div",
        [
            tag("div", stem_lines(field.stem), class_="iop-stem"),
            kind.body(field, value, score, order),
            tag("p", points_text(score.points, score.max_points), class_="iop-muted")
            if score
            else "",
        ],
        class_="iop-field",
    )


def _score(score: Score, name: str, field: Item) -> Score:
    """What of a form's score is about one field."""
    parts = [p for p in score.parts if p.id.partition(".")[0] == name]
    return Score(
        item=field.id,
        points=score.fields.get(name, 0.0),
        max_points=field.points,
        blank=not any(p.chosen for p in parts),
        parts=tuple(p._replace(id=p.id.partition(".")[2]) for p in parts),
    )
