"""A Table as picture, sentence and table: three ways to the same thing."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from iop_training.model import Table
from iop_training.rendering.html import Html, tag

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK = "#010203"
"""Drawn in this color, then replaced by the page's own text color."""
BAND = "#23786d"
OPEN_END = 1.5
"""How far beyond the last known bound an open-ended bar is drawn, as a factor: wide enough for
what is written in it."""


def chart_html(table: Table) -> Html:
    """Figure with the picture (its alternative text is the sentence), sentence and table."""
    rows = [
        tag("tr", [tag("th", row[0], scope="row"), *(tag("td", c or "and more") for c in row[1:])])
        for row in table.rows
    ]
    head = tag("tr", [tag("th", heading(c), scope="col") for c in table.columns])
    return tag(
        "figure",
        tag(
            "div",
            [
                tag("figcaption", tag("b", table.title)),
                tag(
                    "div",
                    Html(_svg(table)),
                    role="img",
                    aria_label=table.sentence,
                    class_="iop-chart",
                ),
                tag("p", table.sentence),
                tag(
                    "details",
                    [
                        tag("summary", "The same as a table"),
                        tag("table", [tag("thead", head), tag("tbody", rows)], class_="iop-table"),
                    ],
                ),
            ],
            class_="iop-card",
        ),
        class_="iop is-figure",
    )


def heading(column: str) -> str:
    """The name of a column as a reader sees it."""
    return column.replace("_", " ").capitalize()


def _svg(table: Table) -> str:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    # Text stays text (readable, searchable), and a fixed salt gives the same bytes each time.
    with rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": table.id,
            "font.size": 12,
            "font.family": "sans-serif",
        }
    ):
        figure = Figure(figsize=(7, 0.75 * len(table.rows) + 1.1), layout="constrained")
        axes = figure.add_subplot()
        DRAWINGS[table.kind](axes, table)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :].replace(INK, "currentColor")
    return re.sub(
        r'<svg ([^>]*?)width="[^"]*" height="[^"]*"|<svg height="[^"]*" width="[^"]*"',
        r"<svg \1",
        text,
        count=1,
    ).replace("<svg", '<svg aria-hidden="true" style="width:100%;height:auto"', 1)


def _hours(axes: Axes, table: Table) -> None:
    """Horizontal bars from a lower to an upper bound; an empty upper bound has an arrow."""
    bounds = [(float(low), float(high) if high else None) for _, low, high in table.rows]
    limit = max(b for pair in bounds for b in pair if b is not None) * OPEN_END
    for n, (low, high) in enumerate(bounds):
        end = limit if high is None else high
        axes.barh(n, end - low, left=low, height=0.55, color=BAND)
        label = f"{low:g} or more →" if high is None else f"{low:g} to {high:g}"
        axes.text(
            low + (end - low) / 2,
            n,
            label,
            ha="center",
            va="center",
            color="white",
            fontweight="bold",
        )
    axes.set_xlabel("Hours a week", color=INK)
    axes.set_xlim(0, limit)
    _rows(axes, [f"{table.columns[0].capitalize()} {row[0]}" for row in table.rows])


def _two_parts(axes: Axes, table: Table) -> None:
    """Horizontal bars of two parts end to end; a part of 0 is left out. The first part is
    filled and the second outlined, so that color is not all that tells them apart."""
    starts = [0.0] * len(table.rows)
    for column, fill, edge, ink in ((1, BAND, BAND, "white"), (2, "none", INK, INK)):
        lengths = [float(row[column]) for row in table.rows]
        label = heading(table.columns[column])
        axes.barh(
            range(len(starts)), lengths, 0.55, starts, label=label, color=fill, edgecolor=edge
        )
        for n, (start, length) in enumerate(zip(starts, lengths, strict=True)):
            if length:
                axes.text(
                    start + length / 2,
                    n,
                    f"{length:g}",
                    ha="center",
                    va="center",
                    color=ink,
                    fontweight="bold",
                )
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    axes.locator_params(axis="x", integer=True)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2, frameon=False, labelcolor=INK)
    _rows(axes, [row[0] for row in table.rows])


def _rows(axes: Axes, names: list[str]) -> None:
    """One name a row, the first on top, and a frame of two sides in the page's color."""
    axes.set_yticks(range(len(names)), names, color=INK)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(colors=INK)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(INK)


DRAWINGS: dict[str, Any] = {"hours": _hours, "two_parts": _two_parts}
"""How each kind of table is drawn."""
