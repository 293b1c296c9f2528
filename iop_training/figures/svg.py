"""matplotlib's figures as SVG that belongs into a page: text stays text, colors are the
page's own, and the same figure gives the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, ACCENT = "#010203", "#010304"
"""Drawn in these colors, then replaced by the page's own for text and for what is to stand out."""
FONT_SIZE = 12

_SIZE = re.compile(r'<svg ([^>]*?)width="[^"]*" height="[^"]*"|<svg height="[^"]*" width="[^"]*"')


@contextmanager
def new_figure(name: str, width: float, height: float) -> Iterator[Figure]:
    """A figure of so many inches to draw on and to hand to :func:`svg_of` while it is open.
    ``name`` keeps the ids within its SVG apart from those of other pictures on the page."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": name,
            "font.size": FONT_SIZE,
            "font.family": "sans-serif",
            "text.parse_math": False,  # an author's "$" is a dollar
        }
    ):
        yield Figure(figsize=(width, height), layout="constrained")


def svg_of(figure: Figure) -> str:
    """The figure as one inline element, as wide as the page lets it be. It is hidden from screen
    readers: what holds it has to say in words what it shows."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :].replace(INK, "currentColor")
    text = text.replace(ACCENT, "var(--iop-brand, currentColor)")
    text = _SIZE.sub(r"<svg \1", text, count=1)
    return text.replace("<svg", '<svg aria-hidden="true" style="width:100%;height:auto"', 1)
