"""The transcript, each line with the code it was given; then how far the codes agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.coding import Coding
from iop_training.rendering.agreement import agreement_data, agreement_html
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import PLACED, Verdicts, part_why
from iop_training.scoring.agreement import Agreement


def verdicts(item: Coding) -> Verdicts:
    return PLACED


def body(
    item: Coding, value: dict[str, str] | None, score: Score | None, order: Sequence[str]
) -> Html:
    parts = {part.id: part for part in score.parts} if score else {}
    given = value or {}
    rows = [
        _line(
            item,
            line.by,
            line.text,
            bool(line.id),
            given.get(line.id or ""),
            parts.get(line.id or ""),
        )
        for line in item.transcript
    ]
    codes = [tag("div", [tag("dt", code.text), tag("dd", code.about)]) for code in item.codes]
    agreed = score.detail if score else None
    return tag(
        "div",
        [
            tag("dl", codes, class_="iop-codebook"),
            tag("ol", rows, class_="iop-transcript"),
            agreement_html(agreed) if isinstance(agreed, Agreement) else "",
        ],
        class_="iop-stack",
    )


@drawn_once
def _line(
    item: Coding, by: str, text: str, asked: bool, code: str | None, part: Part | None
) -> Html:
    said = tag("div", [tag("b", f"{by}: "), text])
    if not asked:
        return tag("li", tag("div", said, class_="iop-turn"), class_="is-context")
    given = tag("b", item.code_text(code)) if code else tag("i", "no answer")
    answer = tag("div", [tag("span", "Your code: ", class_="iop-muted"), given])
    shown = "iop-turn iop-placed is-chosen" if code else "iop-turn iop-placed"
    return tag(
        "li",
        [
            tag("div", [said, answer], class_=shown),
            part_why(item, part) if part else "",
        ],
    )


def more(score: Score, earlier: Sequence[Score]) -> dict[str, Any]:
    """What practice shows beyond the parts: the agreement, and that of the attempts so far."""
    attempts = [one.detail for one in earlier if isinstance(one.detail, Agreement)]
    return agreement_data(score.detail, attempts) if isinstance(score.detail, Agreement) else {}
