"""A diary as a picture: all weeks in small, or one week enlarged. Lines of numbers are curves, yes
and no are marks, skills a grid; the days with a yes on the first such line are marked through all
of it, so that one sees what went before and after. Nothing is told by color alone."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from iop_training.figures.svg import ACCENT, INK, new_figure, svg_of
from iop_training.model import Diary
from iop_training.model.diary import WEEK, DiaryLine

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

FONT = 11
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 5.0, 1.45, 0.28, 0.32, 0.08
"""Of the picture, and what is left around the plot for names, scales and the days, in inches."""
CURVE_HEIGHT, MARK_HEIGHT, GAP = 0.62, 0.24, 0.2
"""Of a row with a curve, of one with marks, and above a line, in inches."""
NAME_WIDTH = 18
"""Characters in a row of a name."""


class _Row(NamedTuple):
    """A row of the picture: its name, where it lies (inches from the bottom of the plot), how
    high it is, and its line; None for a skill."""

    id: str
    name: str
    bottom: float
    height: float
    line: DiaryLine | None


def days_frame(diary: Diary) -> DataFrame:
    """A row a day (index: 1 for the first), a column a line, and a column a skill: 1 where it was
    noted, else 0. NaN where nothing was filled in."""
    from pandas import DataFrame

    lines, skills = [line.id for line in diary.lines], [skill.id for skill in diary.skills]
    rows = [
        {**day.values, **{name: name in day.skills for name in skills}}
        if day.values or day.skills
        else {}
        for day in diary.days
    ]
    index = [day.day for day in diary.days]
    return DataFrame(rows, index=index, columns=[*lines, *skills], dtype="float64")


def diary_svg(diary: Diary, week: int | None = None) -> str:
    """The picture of a week (1 for the first), or of all of them."""
    days = days_frame(diary)
    shown = days if week is None else days.loc[WEEK * (week - 1) + 1 : WEEK * week]
    rows, height = _rows(diary)
    with new_figure(f"{diary.id}-{week or 'all'}", WIDTH, height + TOP + BOTTOM) as figure:
        figure.set_layout_engine("none")
        total = height + TOP + BOTTOM
        wide = (WIDTH - LEFT - RIGHT) / WIDTH
        axes = figure.add_axes((LEFT / WIDTH, BOTTOM / total, wide, height / total))
        axes.set(xlim=(shown.index[0] - 0.6, shown.index[-1] + 0.6), ylim=(0, height))
        axes.set_axis_off()
        _ruled(axes, diary, week, height)
        _mark_days(axes, diary, shown, height)
        for row in rows:
            _draw(axes, row, shown, numbers=week is not None)
        return svg_of(figure)


def _rows(diary: Diary) -> tuple[list[_Row], float]:
    """The rows from the top, as on the card, and how high all of them are."""
    sizes = [
        *(
            (line.id, line.name, MARK_HEIGHT if line.yes_no else CURVE_HEIGHT, line)
            for line in diary.lines
        ),
        *((skill.id, skill.name, MARK_HEIGHT, None) for skill in diary.skills),
    ]
    # Lines stand apart from each other, and the grid of skills from them.
    gaps = [GAP if n <= len(diary.lines) else 0.0 for n in range(len(sizes))]
    total = sum(gaps) + sum(height for *_, height, _ in sizes)
    rows, top = [], total
    for (name, label, height, line), gap in zip(sizes, gaps, strict=True):
        top -= gap + height
        rows.append(_Row(name, label, top, height, line))
    return rows, total


def _ruled(axes: Axes, diary: Diary, week: int | None, height: float) -> None:
    """What names the days at the top, and the borders of weeks."""
    if week is not None:
        for day in diary.week(week):
            _say(axes, day.day, height + 0.08, day.weekday, ha="center", va="bottom")
        return
    for n in range(len(diary.weeks)):
        middle = WEEK * n + (WEEK + 1) / 2
        _say(axes, middle, height + 0.08, f"Week {n + 1}", ha="center", va="bottom")
        if n:
            axes.axvline(WEEK * n + 0.5, color=INK, linewidth=0.8, alpha=0.45)


def _mark_days(axes: Axes, diary: Diary, shown: DataFrame, height: float) -> None:
    for line in [line for line in diary.lines if line.yes_no][:1]:
        for day in shown.index[shown[line.id] == 1]:
            axes.axvspan(day - 0.42, day + 0.42, color=INK, alpha=0.13, linewidth=0)


def _draw(axes: Axes, row: _Row, shown: DataFrame, numbers: bool) -> None:
    """One row with its name."""
    middle = row.bottom + row.height / 2
    left, right = axes.get_xlim()
    edge = left - (right - left) * 0.02
    _say(axes, edge, middle, fill(row.name, NAME_WIDTH), ha="right", va="center")
    values = shown[row.id]
    if row.line is None or row.line.yes_no:
        marker = "D" if row.line else "s"
        yes, no = values.index[values == 1], values.index[values == 0]
        axes.plot(no, [middle] * len(no), ".", color=INK, alpha=0.45, markersize=2.5)
        color = INK if row.line else ACCENT
        axes.plot(yes, [middle] * len(yes), marker, color=color, markersize=6 if numbers else 5)
    else:
        _curve(axes, row, row.line, shown, numbers)


def _curve(axes: Axes, row: _Row, line: DiaryLine, shown: DataFrame, numbers: bool) -> None:
    """Values between two rules that stand for the ends of the scale; gaps stay gaps."""
    left, right = axes.get_xlim()
    for end, y in ((line.low, row.bottom), (line.high, row.bottom + row.height)):
        axes.plot((left, right), (y, y), color=INK, alpha=0.25, linewidth=0.8)
        _say(axes, right + (right - left) * 0.02, y, f"{end}", ha="left", va="center")
    heights = row.bottom + (shown[line.id] - line.low) / (line.high - line.low) * row.height
    axes.plot(
        shown.index, heights, "o-", color=ACCENT, linewidth=1.6, markersize=5 if numbers else 2.5
    )
    for day, value, y in zip(shown.index, shown[line.id], heights, strict=True):
        if numbers and value == value:
            _number(axes, day, y, f"{value:g}", below=value > (line.low + line.high) / 2)


def _number(axes: Axes, x: float, y: float, number: str, below: bool) -> None:
    """A number at its point, on the side where the row has room for it."""
    axes.annotate(
        number,
        (x, y),
        (0, -5 if below else 5),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
        color=INK,
        fontsize=FONT,
    )


def _say(axes: Axes, x: float, y: float, text: str, ha: str, va: str) -> None:
    axes.text(x, y, text, ha=ha, va=va, color=INK, fontsize=FONT, clip_on=False)
