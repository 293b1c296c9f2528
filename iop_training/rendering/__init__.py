"""Pure functions from models to escaped HTML: one look for Formgrader, feedback and print.

Nothing here computes a score, and no text gets into HTML but through :mod:`.html`.
"""

from iop_training.rendering.items import (
    answer_card,
    body_html,
    look_html,
    rubric_html,
    stem_html,
)
from iop_training.rendering.page import answer_text_html, style, style_tag
from iop_training.rendering.program import program_html, program_line
from iop_training.rendering.remarks import remarks_html, stances_html
from iop_training.rendering.summary import Summary, summary_html

__all__ = [
    "Summary",
    "answer_card",
    "answer_text_html",
    "body_html",
    "look_html",
    "program_html",
    "program_line",
    "remarks_html",
    "rubric_html",
    "stances_html",
    "stem_html",
    "style",
    "style_tag",
    "summary_html",
]
