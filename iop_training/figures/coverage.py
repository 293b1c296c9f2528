"""Coverage as a picture: a tile for each competency, with signs for how far it is covered; and as a
page, with the picture, sentences and the whole table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from iop_training.content.coverage import STANDINGS, Covered, Standing
from iop_training.figures.charts import chart_html
from iop_training.figures.svg import ACCENT, INK, new_figure, svg_of
from iop_training.model import EVIDENCE, Table
from iop_training.rendering import style_tag
from iop_training.rendering.html import Html, tag

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS: dict[Standing, tuple[str, float]] = {
    "often": ("●●●", 0.45),
    "graded": ("●", 0.2),
    "practised": ("○", 0),
    "taught": ("–", 0),
    "none": ("", 0),
}
"""The sign on a tile, and how much of the accent color is under it."""
ACROSS, TILE, NAME = 12, 0.42, 2.0
"""Tiles side by side, the size of one, and of the names beside them, in inches."""
FONT = 9


def coverage_svg(covered: Sequence[Covered]) -> str:
    """The tiles by the parts of the framework, in the order of the list."""
    groups = [(name, list(group)) for name, group in groupby(covered, lambda c: c.dimension)]
    rows = sum(-(-len(group) // ACROSS) for _, group in groups)
    height = (rows + 0.3 * len(groups) + 1) * TILE
    width = NAME + ACROSS * TILE
    with new_figure("coverage", width, height) as figure:
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(-NAME / TILE, ACROSS), ylim=(height / TILE, 0))
        axes.set_axis_off()
        _legend(axes)
        top = 1.0
        for name, group in groups:
            _say(axes, -0.25, top + 0.45, fill(name, 26), ha="right")
            for n, competency in enumerate(group):
                _tile(axes, n % ACROSS, top + n // ACROSS, competency)
            top += -(-len(group) // ACROSS) + 0.3
        return svg_of(figure)


def _legend(axes: Axes) -> None:
    signs = [f"{sign or '□'} {STANDINGS[standing]}" for standing, (sign, _) in LOOKS.items()]
    _say(axes, -NAME / TILE + 0.1, 0.45, "\u2003".join(signs), ha="left")


def _tile(axes: Axes, x: float, y: float, competency: Covered) -> None:
    """One competency: its number, its sign, and a dashed edge where there is nothing yet."""
    from matplotlib.patches import Rectangle

    sign, strength = LOOKS[competency.standing]
    corner, side = (x + 0.04, y + 0.04), 0.92
    if strength:
        axes.add_patch(Rectangle(corner, side, side, color=ACCENT, alpha=strength, linewidth=0))
    edge = "--" if competency.standing == "none" else "-"
    axes.add_patch(
        Rectangle(corner, side, side, fill=False, edgecolor=INK, linewidth=0.8, linestyle=edge)
    )
    _say(axes, x + 0.5, y + 0.36, competency.id.rpartition("-")[2], ha="center")
    _say(axes, x + 0.5, y + 0.74, sign, ha="center", size=6)


def _say(axes: Axes, x: float, y: float, text: str, ha: str, size: int = FONT) -> None:
    axes.text(x, y, text, ha=ha, va="center", color=INK, fontsize=size)


def coverage_page(covered: Sequence[Covered], title: str) -> str:
    """A page that stands alone: sentences, the tiles, the kinds of evidence, the table."""
    says = coverage_sentence(covered)
    body = tag(
        "main",
        [
            tag("h1", title),
            tag("p", says),
            tag(
                "div", Html(coverage_svg(covered)), role="img", aria_label=says, class_="iop-chart"
            ),
            tag("h2", "By which kind of evidence"),
            chart_html(_evidence(covered)),
            tag("h2", "Each competency"),
            _table(covered),
        ],
        class_="iop",
    )
    head = Html(
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        + tag("title", title)
        + style_tag()
        + Html("<style>main.iop { max-width: 80em } main > .iop-chart { max-width: 50em }</style>")
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def coverage_sentence(covered: Sequence[Covered]) -> str:
    """How many competencies stand where."""
    counts = Counter(competency.standing for competency in covered)
    parts = [f"{counts[standing]} {words}" for standing, words in STANDINGS.items()]
    return f"Of {len(covered)} competencies: {', '.join(parts)}."


def _evidence(covered: Sequence[Covered]) -> Table:
    counts = {kind: sum(kind in c.evidence for c in covered) for kind in EVIDENCE}
    parts = [f"{words}: {counts[kind]}" for kind, words in EVIDENCE.items()]
    return Table(
        id="evidence",
        kind="bars",
        title="Competencies that are graded by each kind of evidence",
        sentence=f"{', '.join(parts)}. A competency may be graded by several kinds.",
        source=["course"],
        columns=["evidence", "competencies"],
        rows=[[words, str(counts[kind])] for kind, words in EVIDENCE.items()],
    )


def _table(covered: Sequence[Covered]) -> Html:
    names = ("Competency", "What it is", "Taught in", "Practised by", "Graded by", "Not yet")
    head = tag("tr", [tag("th", name, scope="col") for name in names])
    rows = [
        tag(
            "tr",
            [
                tag("th", c.id, scope="row"),
                *(
                    tag("td", cell)
                    for cell in (
                        c.words,
                        ", ".join(c.taught),
                        ", ".join(c.practised),
                        ", ".join(c.graded),
                        ", ".join(c.lacks),
                    )
                ),
            ],
        )
        for c in covered
    ]
    return tag(
        "div",
        tag("table", [tag("thead", head), tag("tbody", rows)], class_="iop-table"),
        class_="iop-scrolling",
        tabindex="0",
        role="region",
        aria_label="Each competency",
    )
