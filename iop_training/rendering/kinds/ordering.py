"""The steps as the trainee put them, numbered; then the orders that could hurt somebody."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model import Part, Score
from iop_training.model.kinds.ordering import Ordering
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import PLACED, Verdicts, part_why


def body(
    item: Ordering, value: list[str] | None, score: Score | None, order: Sequence[str]
) -> Html:
    parts = {part.id: part for part in score.parts} if score else {}
    texts = {step.id: step.text for step in item.steps}
    seen = [i for i in order if i in texts]
    ids = value or seen + [i for i in texts if i not in seen]
    rows = [_row(item, texts[i], parts.get(i)) for i in ids]
    dangers = [_row(item, part.text, part) for i, part in parts.items() if i not in texts]
    return Html(
        (
            tag("ol", rows, class_="iop-options is-numbered")
            if value
            else tag("p", "No order was given.", class_="iop-muted")
            + tag("ul", rows, class_="iop-options")
        )
        + (tag("ul", dangers, class_="iop-options") if dangers else "")
    )


def verdicts(item: Ordering) -> Verdicts:
    return PLACED


@drawn_once
def _row(item: Ordering, text: str, part: Part | None) -> Html:
    line = tag("div", tag("span", text), class_="iop-placed")
    return tag("li", [line, part_why(item, part) if part else ""])
