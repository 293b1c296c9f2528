"""What the placing kinds share: what was put where, with verdicts and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iop_training.model import Item, Part, Score
from iop_training.model.placing import Placed, PlacingItem
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
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
        answer = item.place(place).text if place else ""
        rows.append(placed_row(item, one.text, answer, parts.get(one.id)))
    return tag("ul", rows, class_="iop-options")


@drawn_once
def placed_row(item: Item, text: str, answer: str, part: Part | None) -> Html:
    """What was to be placed and where it was put ("" for nowhere), as an entry of a list."""
    shown = tag("b", answer) if answer else tag("i", "no answer")
    line = tag(
        "div",
        [
            tag("div", text),
            tag("div", [tag("span", "Your answer: ", class_="iop-muted"), shown]),
        ],
        class_="iop-placed is-chosen" if answer else "iop-placed",
    )
    return tag("li", [line, part_why(item, part) if part else ""])
