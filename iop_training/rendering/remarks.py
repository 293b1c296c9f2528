"""What was said beside the answers: under an item, and as a small picture of all stances."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model.remark import STANCES
from iop_training.rendering.html import Html, card, paragraphs, tag


def remarks_html(stance: str, objection: str) -> Html:
    """The remarks on one item, "" for none of a sort; nothing where there are none at all."""
    parts = [
        tag("p", ["Act on this alone? ", tag("b", STANCES[stance] + ".")]) if stance else "",
        tag(
            "div",
            [tag("b", "Something is off with this question:"), paragraphs(objection)],
            class_="iop-flag",
        )
        if objection
        else "",
    ]
    return card("Remarks", parts) if any(parts) else Html("")


def stances_html(columns: Sequence[tuple[str, int, str]]) -> Html:
    """One column a stance: its words, how often it was chosen, and a note below; nothing where
    none was chosen. The numbers say all that the columns show."""
    most = max((count for _, count, _ in columns), default=0)
    if not most:
        return Html("")
    return tag(
        "ul",
        [
            tag(
                "li",
                [
                    tag(
                        "span",
                        class_="iop-column",
                        style=f"--iop-share: {100 * count / most:.0f}%",
                        aria_hidden="true",
                    ),
                    tag("b", f"{count} "),
                    tag("span", label),
                    tag("span", note, class_="iop-muted") if note else "",
                ],
            )
            for label, count, note in columns
        ],
        class_="iop-stances",
    )
