"""A Table as picture, sentence and table: three ways to the same thing."""

from __future__ import annotations

from iop_training.figures.drawings import DRAWINGS, heading, size
from iop_training.figures.svg import new_figure, svg_of
from iop_training.model import Table
from iop_training.rendering.html import Html, tag


def chart_html(table: Table) -> Html:
    """Figure with the picture (its alternative text is the sentence), sentence and table."""
    rows = [
        tag(
            "tr",
            [
                tag("th", row[0], scope="row"),
                *(tag("td", cell or table.shape.empty) for cell in row[1:]),
            ],
        )
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
                    [
                        tag("div", Html(_svg(table)), class_="is-wide"),
                        tag("div", Html(_svg(table, narrow=True)), class_="is-narrow"),
                    ],
                    role="img",
                    aria_label=table.sentence,
                    class_="iop-chart is-fitted",
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


def _svg(table: Table, narrow: bool = False) -> str:
    name = f"{table.id}-narrow" if narrow else table.id
    with new_figure(name, *size(table, narrow)) as figure:
        DRAWINGS[table.kind](figure.add_subplot(), table)
        return svg_of(figure)
