"""How each kind of table is drawn: functions of matplotlib's axes and a Table."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from iop_training.figures.svg import ACCENT, INK
from iop_training.model import Table
from iop_training.model.table import ChartKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAND = "#23786d"
LINES = (
    (ACCENT, "o", "-"),
    (INK, "s", (0, (5, 2))),
    ("#b0621e", "^", (0, (1, 1.5))),
    ("#6a6ccf", "D", (0, (6, 2, 1, 2))),
)
"""Color, marker and dashes of each line: the latter two tell them apart without color. The colors
have a contrast of 3 with light and with dark pages."""
OPEN_END = 1.5
"""How far beyond the last known bound an open-ended bar is drawn, as a factor: wide enough for
what is written in it."""
LINES_SIZE = (6, 3.4)
"""Of a chart of lines, in inches. Narrower than bars: nothing in it has to stand within a bar,
and a narrow page shrinks its words less."""
BARS_WIDTH, ROW_HEIGHT = 7, 0.75
"""Of a chart of bars, and of one bar with the space around it, in inches."""
NARROW_WIDTH = 3.5
"""Of any chart where there is little room, in inches: words as large as the page's at 320 px."""
LABEL_WIDTH, LABEL_SPACE = 3, 0.09
"""Of the name of a line: characters in a row by inch of the chart, and the share of the height
that a row takes."""
ROW_NAME_WIDTH = 4
"""Of the name of a bar: characters in a row by inch of the chart."""


def heading(column: str) -> str:
    """The name of a column as a reader sees it."""
    words = column.replace("_", " ")
    return words[:1].upper() + words[1:]


def size(table: Table, narrow: bool = False) -> tuple[float, float]:
    """How wide and high its chart is, in inches; ``narrow`` for a phone or a page much enlarged."""
    width, height = LINES_SIZE
    if table.kind != "lines":
        width, height = BARS_WIDTH, ROW_HEIGHT * len(table.rows) + 1.1
    return (NARROW_WIDTH if narrow else width), height


def _hours(axes: Axes, table: Table) -> None:
    """Horizontal bars from a lower to an upper bound; an empty upper bound has an arrow."""
    bounds = [(float(low), float(high) if high else None) for _, low, high in table.rows]
    limit = max(b for pair in bounds for b in pair if b is not None) * OPEN_END
    for n, (low, high) in enumerate(bounds):
        end = limit if high is None else high
        axes.barh(n, end - low, left=low, height=0.55, color=BAND)
        open_end = f"{low:g}+" if _is_narrow(axes) else f"{low:g} or more →"
        label = open_end if high is None else f"{low:g} to {high:g}"
        _within(axes, low + (end - low) / 2, n, label, "white")
    axes.set_xlabel("Hours a week", color=INK)
    axes.set_xlim(0, limit)
    _rows(axes, [f"{table.columns[0].capitalize()} {row[0]}" for row in table.rows])


def _two_parts(axes: Axes, table: Table) -> None:
    """Horizontal bars of two parts end to end; a part of 0 is left out. The first part is
    filled and the second outlined, so that color is not all that tells them apart."""
    starts = [0.0] * len(table.rows)
    for column, color, edge, ink in ((1, BAND, BAND, "white"), (2, "none", INK, INK)):
        lengths = [float(row[column]) for row in table.rows]
        label = heading(table.columns[column])
        axes.barh(
            range(len(starts)), lengths, 0.55, starts, label=label, color=color, edgecolor=edge
        )
        for n, (start, length) in enumerate(zip(starts, lengths, strict=True)):
            if length:
                _within(axes, start + length / 2, n, f"{length:g}", ink)
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    axes.locator_params(axis="x", integer=True)
    axes.legend(
        loc="lower center",
        bbox_to_anchor=(0.5, 1),
        ncols=1 if _is_narrow(axes) else 2,
        frameon=False,
        labelcolor=INK,
    )
    _rows(axes, [row[0] for row in table.rows])


def _bars(axes: Axes, table: Table) -> None:
    """Horizontal bars with their number at the end, and with the interval where there is one."""
    for n, (_, *cells) in enumerate(table.rows):
        value, *interval = (float(cell) for cell in cells)
        axes.barh(n, value, height=0.55, color=BAND)
        shown = f"{value:g}"
        if interval:
            low, high = interval
            axes.errorbar(value, n, xerr=[[value - low], [high - value]], color=INK, capsize=5)
            shown += ("\n" if _is_narrow(axes) else " ") + f"({low:g} to {high:g})"
        axes.annotate(
            shown,
            (max([value, *interval, 0]), n),
            (7, 0),
            textcoords="offset points",
            va="center",
            color=INK,
            fontweight="bold",
        )
    axes.locator_params(axis="x", integer=all(float(row[1]).is_integer() for row in table.rows))
    axes.set_xlabel(heading(table.columns[1]), color=INK)
    _rows(axes, [row[0] for row in table.rows])


def _lines(axes: Axes, table: Table) -> None:
    """Lines over an ordered scale, each named at its end; an empty cell is a gap. Where no value
    is below 0 the scale begins there, and it goes to the table's ``top``, so that a small change
    doesn't look like a large one."""
    places = [float(row[0]) for row in table.rows]
    ends = []
    for column, (color, marker, dashes) in enumerate(LINES[: len(table.columns) - 1], start=1):
        values = [float(row[column]) if row[column] else float("nan") for row in table.rows]
        axes.plot(places, values, color=color, marker=marker, linestyle=dashes, linewidth=2)
        known = [(x, y) for x, y in zip(places, values, strict=True) if y == y]
        if known:
            name = _in_rows(axes, heading(table.columns[column]), LABEL_WIDTH)
            ends.append(_End(*known[-1], name, color))
    low, high = axes.dataLim.intervaly if ends else (0, 1)
    high = high if table.top is None else table.top
    axes.set_ylim(min(0, low), high + 0.06 * ((high - min(0, low)) or 1))
    _name_lines(axes, ends)
    axes.set_xlabel(heading(table.columns[0]), color=INK)
    axes.locator_params(axis="x", integer=all(x.is_integer() for x in places))
    axes.grid(axis="y", color=INK, alpha=0.2)
    _frame(axes)


class _End(NamedTuple):
    """The last known point of a line, its name in rows, and its color."""

    x: float
    y: float
    name: str
    color: str


def _name_lines(axes: Axes, ends: list[_End]) -> None:
    """The names to the right, each led to by a thin line, moved apart where they would touch."""
    low, high = axes.get_ylim()
    ordered = sorted(ends, key=lambda end: end.y, reverse=True)
    places: list[float] = []
    room = [(end.name.count("\n") + 1) * LABEL_SPACE * (high - low) for end in ordered]
    for n, end in enumerate(ordered):
        highest = places[-1] - (room[n - 1] + room[n]) / 2 if n else end.y
        places.append(min(end.y, highest))
    lift = max(0.0, low - min(places, default=low))
    for end, place in zip(ordered, places, strict=True):
        axes.annotate(
            end.name,
            (end.x, end.y),
            (axes.dataLim.x1 + 0.07 * axes.dataLim.width, place + lift),
            va="center",
            color=INK,
            arrowprops={
                "arrowstyle": "-",
                "color": end.color,
                "linewidth": 0.8,
                "relpos": (0, 0.5),
                "shrinkA": 1,
                "shrinkB": 6,
            },
            annotation_clip=False,
        )


def _width(axes: Axes) -> float:
    """Of the whole chart, in inches."""
    return axes.figure.bbox.width / axes.figure.dpi


def _is_narrow(axes: Axes) -> bool:
    return _width(axes) <= NARROW_WIDTH


def _in_rows(axes: Axes, name: str, by_inch: int) -> str:
    """A name broken into rows: so many characters to an inch of the chart."""
    return fill(name, round(_width(axes) * by_inch), break_long_words=False)


def _within(axes: Axes, x: float, y: float, label: str, color: str) -> None:
    axes.text(x, y, label, ha="center", va="center", color=color, fontweight="bold")


def _rows(axes: Axes, names: list[str]) -> None:
    """One name a row, the first on top."""
    shown = [_in_rows(axes, name, ROW_NAME_WIDTH) for name in names]
    axes.set_yticks(range(len(names)), shown, color=INK)
    axes.set_ylim(len(names) - 0.5, -0.5)
    _frame(axes)


def _frame(axes: Axes) -> None:
    """A frame of two sides in the page's color."""
    axes.tick_params(colors=INK)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color(INK)


DRAWINGS: dict[ChartKind, Callable[[Axes, Table], None]] = {
    "hours": _hours,
    "two_parts": _two_parts,
    "lines": _lines,
    "bars": _bars,
}
"""How each kind of table is drawn."""
