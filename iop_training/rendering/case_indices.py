"""Practice indices of a session, said for what they are: counts of chosen lines."""

from __future__ import annotations

from iop_training.rendering.html import Html, tag
from iop_training.scoring.debrief_parts import Index, Indices
from iop_training.scoring.debrief_words import INDICES_NOTE, count_words, index_words

HEADS = ("Index", "From chosen lines", "Fair", "Good")


def indices_html(indices: Indices) -> Html:
    """The indices as a table with n and interval, then the counts without a threshold."""
    table = tag(
        "table",
        [
            tag("thead", tag("tr", [tag("th", name, scope="col") for name in HEADS])),
            tag("tbody", [_row(index) for index in indices.indices]),
        ],
        class_="iop-table",
    )
    counts = [tag("p", sentence) for sentence in count_words(indices)]
    return tag("div", [tag("p", INDICES_NOTE), table, *counts], class_="iop-stack")


def _row(index: Index) -> Html:
    words = index_words(index)
    here = [
        tag("span", text, class_="iop-line")
        for text in (words.value, words.basis, words.remark)
        if text
    ]
    cells = [tag("td", here), tag("td", words.fair), tag("td", words.good)]
    return tag("tr", [tag("th", words.name, scope="row"), *cells])
