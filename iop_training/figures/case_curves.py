"""The curves of a client's state over a session: one small panel a variable, below each other,
on one axis of turns. Plain SVG in the color of the text around it, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from iop_training.scoring.debrief_parts import Curve
from iop_training.scoring.debrief_words import variable_name

WIDTH, LEFT, RIGHT = 240, 22, 20
"""Of the picture, of the room for the scale, and of the room for the last value, in SVG units.
As wide as what a phone has room for, so that text stays readable there."""
HEAD, PLOT, GAP, AXIS = 22, 46, 14, 24
"""Of a panel's name, its plot, the space below it, and the axis of turns."""
FRAME = (
    'fill="currentColor" stroke="none" font-size="11" '
    'font-family="system-ui, -apple-system, Segoe UI, Roboto, sans-serif"'
)
"""Attributes and no style sheet: one inside of a page would hold for the whole page."""
NAME, END, MID = 'font-weight="600"', 'text-anchor="end"', 'text-anchor="middle"'
CURVE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"'
RULE = 'stroke="currentColor" stroke-opacity="0.3"'
MARK = 'stroke="currentColor" stroke-dasharray="3 3"'


def curves_svg(curves: Sequence[Curve], marks: Sequence[int]) -> str:
    """The SVG; ``marks`` are turns (1 for the first) to draw a line at, such as turning points.
    "" when there is nothing to draw. It is decoration beside words or a table that say the same,
    and hidden from screen readers."""
    turns = max((len(curve.values) - 1 for curve in curves), default=0)
    if turns < 1:
        return ""
    height = len(curves) * (HEAD + PLOT + GAP) + AXIS
    parts = [
        *(part for n, curve in enumerate(curves) for part in _panel(curve, n, turns, marks)),
        *_axis(marks, turns, height),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'aria-hidden="true" {FRAME}>{"".join(parts)}</svg>'
    )


def _x(turn: int, turns: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * turn / turns


def _panel(curve: Curve, number: int, turns: int, marks: Sequence[int]) -> Iterator[str]:
    top = number * (HEAD + PLOT + GAP) + HEAD
    bottom = top + PLOT

    def y(value: int) -> float:
        return bottom - PLOT * (value - curve.low) / (curve.high - curve.low)

    points = " ".join(f"{_x(n, turns):.1f},{y(v):.1f}" for n, v in enumerate(curve.values))
    last, end = curve.values[-1], _x(len(curve.values) - 1, turns)
    yield f'<text {NAME} x="{LEFT}" y="{top - 8}">{escape(variable_name(curve))}</text>'
    for value in (curve.high, curve.low):
        yield f'<path {RULE} d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}"/>'
        yield f'<text {END} x="{LEFT - 6}" y="{y(value) + 4:.1f}">{value}</text>'
    for mark in marks:
        yield f'<path {MARK} d="M{_x(mark, turns):.1f} {top - 2}V{bottom + 2}"/>'
    yield f'<polyline {CURVE} points="{points}"/>'
    yield f'<circle cx="{end:.1f}" cy="{y(last):.1f}" r="3.5"/>'
    yield f'<text {NAME} x="{end + 8:.1f}" y="{y(last) + 4:.1f}">{last}</text>'


def _axis(marks: Sequence[int], turns: int, height: int) -> Iterator[str]:
    """The numbers of the marked turns, with the first and the last turn where there is room."""
    y = height - 8
    taken: list[float] = []
    for turn in (*marks, turns, 1):
        x = _x(turn, turns)
        if all(abs(x - other) > 18 for other in taken):
            taken.append(x)
            yield f'<text {MID} x="{x:.1f}" y="{y}">{turn}</text>'
    if all(x > LEFT + 24 for x in taken):
        yield f'<text x="0" y="{y}">Turn</text>'
