"""Table: the data of a chart, and what each kind of chart needs of its columns and cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from iop_training.model.base import Key, Model, Path, ProseText

ChartKind = Literal["hours", "two_parts", "lines", "bars"]


@dataclass(frozen=True)
class Shape:
    """What a kind of chart takes: how many columns, whether its first cells are numbers, from
    which column on cells may be empty (None: nowhere), and how an empty one is read out."""

    columns: tuple[int, ...]
    ordered: bool = False
    empty_from: int | None = None
    empty: str = ""


SHAPES: dict[ChartKind, Shape] = {
    "hours": Shape((3,), empty_from=2, empty="and more"),
    "two_parts": Shape((3,)),
    "lines": Shape((2, 3, 4, 5), ordered=True, empty_from=1, empty="not known"),
    "bars": Shape((2, 4)),
}


class Table(Model):
    """Rows behind a chart. ``sentence`` says in words what the picture shows; ``top`` is the end
    of the scale that lines are measured on, which is then drawn to there: 10 of "0 to 10"."""

    id: Key
    kind: ChartKind
    title: ProseText
    sentence: ProseText
    source: Annotated[list[Key], Field(min_length=1)]
    top: Annotated[float, Field(allow_inf_nan=False)] | None = None
    columns: Annotated[list[str], Field(min_length=2)]
    rows: Annotated[list[list[str]], Field(min_length=1)]

    @property
    def shape(self) -> Shape:
        """What its kind needs."""
        return SHAPES[self.kind]

    def check(self) -> list[tuple[str | Path, str]]:
        """What its kind can't draw, as (field or path, sentence)."""
        count, allowed = len(self.columns), self.shape.columns
        if count not in allowed:
            several = " or ".join(str(number) for number in allowed)
            return [("columns", f"are {count}; a chart of kind {self.kind} has {several}")]
        if wrong := [n for n, row in enumerate(self.rows) if len(row) != count]:
            return [
                (("rows", n), f"has {len(self.rows[n])} cells; there are {count} columns")
                for n in wrong
            ]
        return [*self._cells(), *self._order(), *self._scale()]

    def _cells(self) -> Iterator[tuple[Path, str]]:
        """Cells that should be numbers and are none."""
        first = 0 if self.shape.ordered else 1
        may_be_empty = self.shape.empty_from
        for n, row in enumerate(self.rows):
            for m, cell in enumerate(row[first:], start=first):
                if cell == "" and may_be_empty is not None and m >= may_be_empty:
                    continue
                if number(cell) is None:
                    yield ("rows", n, m), f"is {cell!r}; {self.columns[m]} takes a number"

    def _order(self) -> Iterator[tuple[Path, str]]:
        """Rows that don't follow each other upward, and values outside of their interval."""
        before = -math.inf
        for n, row in enumerate(self.rows):
            first, *others = (number(cell) for cell in row)
            if self.shape.ordered and first is not None:
                if first <= before:
                    yield ("rows", n), f"begins with {row[0]}, which is not above {before:g}"
                before = first
            numbers = [value for value in others if value is not None]
            if self.kind == "bars" and len(numbers) == 3:
                value, low, high = numbers
                if not low <= value <= high:
                    yield ("rows", n), f"has {row[1]}, outside of its interval {row[2]} to {row[3]}"

    def _scale(self) -> Iterator[tuple[str | Path, str]]:
        """A scale where there are no lines, and values beyond its end."""
        if self.top is None:
            return
        if self.kind != "lines":
            yield "top", f"is the end of the scale of lines; this chart is of kind {self.kind}"
            return
        for n, row in enumerate(self.rows):
            for m, cell in enumerate(row[1:], start=1):
                if (value := number(cell)) is not None and value > self.top:
                    yield ("rows", n, m), f"is {cell}, beyond the end of the scale, {self.top:g}"


def number(cell: str) -> float | None:
    """The number that a cell holds; None for anything else."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
