"""What the placing kinds share: what was put where, with verdicts and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iop_training.model import Score
from iop_training.model.placing import Placed, PlacingItem
from iop_training.rendering.html import Html, tag
from iop_training.rendering.parts import part_why


def placing_html(
    item: PlacingItem,
    placed: Sequence[Placed],
    value: Mapping[str, str],
    score: Score | None,
) -> Html:
    """A list of what was placed and where, in the order given."""
    parts = {part.id: part for part in score.parts} if score else {}
    rows = []
    for one in placed:
        place = value.get(one.id)
        answer = tag("b", item.place(place).text) if place else tag("i", "no answer")
        line = tag(
            "div",
            [
                tag("div", one.text),
                tag("div", [tag("span", "Your answer: ", class_="iop-muted"), answer]),
            ],
            class_="iop-placed is-chosen" if place else "iop-placed",
        )
        rows.append(tag("li", [line, part_why(item, parts[one.id]) if one.id in parts else ""]))
    return tag("ul", rows, class_="iop-options")
