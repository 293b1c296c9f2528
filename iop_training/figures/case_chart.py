"""The past weeks in a client's chart as a small plot: plain SVG that takes the page's text color.

The words beside it say the same, so it is hidden from those who can't see it.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from iop_training.model.case_people import Chart, Series

WIDTH, HEIGHT = 260, 120
"""In SVG units, on a narrow screen as large as pixels, so that words stay readable there."""
LEFT, RIGHT, TOP, BOTTOM = 30, 16, 22, 30
"""What is left around the plot for words."""


def chart_svgs(chart: Chart) -> list[str]:
    """One inline SVG text for each series of a chart, in its order."""
    return [_svg(series) for series in chart.series]


def _svg(series: Series) -> str:
    points = _points(series)
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    base = HEIGHT - BOTTOM
    marks = [
        f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="currentColor"/>'
        + _text(x, y - 10, f"{value:g}", "font-weight:650")
        + _text(x, base + 18, f"{week}")
        for (x, y), value, week in zip(points, series.values, series.weeks, strict=True)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'aria-hidden="true" focusable="false">'
        f'<path d="M{LEFT - 14} {base}H{WIDTH - RIGHT + 14}" stroke="currentColor" '
        'stroke-opacity=".35" fill="none"/>'
        f'<path d="{path}" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round" '
        f'fill="none"/>{"".join(marks)}'
        + _text(0, base + 18, "Week", "text-anchor:start;opacity:.8")
        + "</svg>"
    )


def _points(series: Series) -> list[tuple[float, float]]:
    """Where the values are: weeks to the right by their distance, 0 at the bottom."""
    first, last = series.weeks[0], series.weeks[-1]
    most = max(*series.values, 0) or 1
    least = min(*series.values, 0)
    wide, high = WIDTH - LEFT - RIGHT - 24, HEIGHT - TOP - BOTTOM - 6
    return [
        (
            round(LEFT + 24 + wide * (week - first) / ((last - first) or 1), 1),
            round(TOP + high * (1 - (value - least) / (most - least)), 1),
        )
        for week, value in zip(series.weeks, series.values, strict=True)
    ]


def _text(x: float, y: float, text: str, style: str = "") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="currentColor" font-size="13" '
        f'style="text-anchor:middle;{style}">{escape(text)}</text>'
    )
