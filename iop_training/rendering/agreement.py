"""How far somebody agrees with the expert: in sentences, and code by code as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iop_training.rendering.html import Html, tag
from iop_training.scoring.agreement import FEW, Agreement

HEADINGS = ("Your code", "The expert’s code", "Lines")
CAPTION = "Your codes beside the expert’s; a second code that fits counts as the same"


def agreement_lines(agreed: Agreement) -> list[str]:
    """What the figures are, what they mean, and what they are good for."""
    lines = [
        f"You agree with the expert on {agreed.agreed} of {agreed.lines} lines "
        f"({agreed.share:.0%}).",
        "Cohen’s kappa with its 95% interval (Fleiss, Cohen and Everitt 1969): "
        f"{agreed.figures()}. Kappa is agreement beyond chance: 0 is what chance alone would give, "
        "1 is full agreement.",
    ]
    if agreed.is_little:
        lines.append(
            f"These are too few lines to judge by: below {FEW}, kappa moves a lot with each line."
        )
    return lines


def agreement_data(agreed: Agreement, attempts: Sequence[Agreement]) -> dict[str, Any]:
    """The same for a view, with the attempts so far, oldest first: each its figures, and kappa
    with the ends of its interval to draw, in [0, 1]."""
    return {
        "lines": agreement_lines(agreed),
        "caption": CAPTION,
        "headings": list(HEADINGS),
        "pairings": [
            {"yours": p.yours, "theirs": p.theirs, "lines": p.lines, "agrees": p.agrees}
            for p in agreed.pairings
        ],
        "attempts": [
            {
                "figures": one.figures(),
                "kappa": max(0.0, one.kappa),
                "low": max(0.0, one.kappa if one.low is None else one.low),
                "high": max(0.0, one.kappa if one.high is None else one.high),
            }
            for one in attempts
        ],
    }


def agreement_html(agreed: Agreement) -> Html:
    """The sentences and the table."""
    rows = [
        tag(
            "tr",
            [
                tag("td", p.yours),
                tag("td", "the same" if p.agrees else p.theirs),
                tag("td", str(p.lines)),
            ],
            class_="is-ok" if p.agrees else None,
        )
        for p in agreed.pairings
    ]
    head = tag("tr", [tag("th", name, scope="col") for name in HEADINGS])
    table = [tag("caption", CAPTION), tag("thead", head), tag("tbody", rows)]
    return tag(
        "div",
        [
            *(tag("p", line) for line in agreement_lines(agreed)),
            tag("table", table, class_="iop-table is-pairings"),
        ],
        class_="iop-stack is-part",
    )
