"""The stylesheet, and a typed answer as markdown-safe HTML."""

from __future__ import annotations

import functools
from importlib.resources import files

from iop_training.rendering.html import Html, paragraphs


@functools.cache
def style() -> str:
    """The one stylesheet of the course, for notebook, Formgrader, feedback and print."""
    return (files("iop_training.rendering") / "style.css").read_text(encoding="utf-8")


def style_tag() -> Html:
    """The stylesheet for a page that stands alone."""
    return Html(f"<style>\n{style()}</style>")


def answer_text_html(answer: str) -> Html:
    """A trainee's text for a markdown cell of the graded notebook.

    It is one HTML block on one line: markdown inside it isn't interpreted, everything is
    escaped, and backslashes and dollar signs can't start anything either.
    """
    inner = paragraphs(answer).replace("\\", "&#92;").replace("$", "&#36;").replace("\n", " ")
    return Html(f'<div class="iop iop-answer">{inner}</div>')
