"""Practice indices of a session, said for what they are: counts of chosen lines."""

from __future__ import annotations

from iop_training.rendering.html import Html, tag
from iop_training.scoring.debrief_parts import Index, Indices

NAMES = {
    "reflections_to_questions": "Reflections to questions",
    "complex_reflections": "Complex reflections among reflections",
}
ABOUT = (
    "Practice indices from chosen lines. They are no rating of how somebody counsels: the lines "
    "were there to choose from. For orientation stands what MITI 4.2.1 calls fair and good for "
    "whole recorded sessions."
)


def indices_html(indices: Indices) -> Html:
    """The indices as a table with n and interval, then the counts without a threshold."""
    heads = ("Index", "Here", "95% interval", "Lines", "Fair", "Good")
    table = tag(
        "table",
        [
            tag("thead", tag("tr", [tag("th", name, scope="col") for name in heads])),
            tag("tbody", [_row(index) for index in indices.indices]),
        ],
        class_="iop-table",
    )
    scroll = tag("div", table, class_="iop-wide", tabindex="0", role="region", aria_label=heads[0])
    return tag("div", [tag("p", ABOUT), scroll, *_counts(indices)], class_="iop-stack")


def _row(index: Index) -> Html:
    here, interval = "nothing to count", ""
    if index.value is not None and not index.enough:
        here = f"{_shown(index, index.value)}: too few to judge"
    elif index.value is not None:
        here = _shown(index, index.value)
    if index.low is not None and index.high is not None:
        interval = f"{_shown(index, index.low)} to {_shown(index, index.high)}"
    cells = (here, interval, str(index.n), _shown(index, index.fair), _shown(index, index.good))
    return tag(
        "tr", [tag("th", NAMES[index.name], scope="row"), *(tag("td", cell) for cell in cells)]
    )


def _shown(index: Index, value: float) -> str:
    return f"{value:.0%}" if index.name == "complex_reflections" else f"{value:.1f}"


def _counts(indices: Indices) -> list[Html]:
    said = [
        f"Reflections: {indices.simple} simple, {indices.complex} complex. Questions: "
        f"{indices.open} open, {indices.closed} closed.",
        f"Lines that go with motivational interviewing: {indices.consistent}; lines that go "
        f"against it: {indices.inconsistent}. No threshold is known for these counts.",
    ]
    if indices.emergency:
        turns = "1 turn" if indices.emergency == 1 else f"{indices.emergency} turns"
        said.append(
            f"Left out of all of this: {turns} of an emergency, where asking and directing is "
            "what helps."
        )
    return [tag("p", sentence) for sentence in said]
