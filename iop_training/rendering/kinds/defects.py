"""The document as a sheet of paper with what was marked on it, then what may be missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from iop_training.model import Part, Score
from iop_training.model.kinds.defects import Defects, Line, Wanted
from iop_training.rendering.html import Html, lines, tag
from iop_training.rendering.options import option_row
from iop_training.rendering.parts import Verdicts

MARKS = (("☑", "Marked: "), ("☐", "Not marked: "))


def verdicts(item: Defects) -> Verdicts:
    """What was rightly left needs no verdict."""
    return {
        (True, True): ("Yes", "is-ok"),
        (True, False): ("Not yet", "is-not-yet"),
        (False, True): ("Still to mark", "is-better"),
        (False, False): ("", ""),
    }


def body(
    item: Defects, value: dict[str, list[str]] | None, score: Score | None, order: Sequence[str]
) -> Html:
    marks = item.validate_response(value)
    parts = {part.id: part for part in score.parts} if score else {}
    places = {i: n for n, i in enumerate(order)}
    missing = sorted(item.missing, key=lambda wanted: places.get(wanted.id, len(places)))
    heading = tag("p", lines(item.document), class_="iop-paper-head")
    paper = [heading, _list(item, item.lines, marks["lines"], parts)]
    asked = [
        tag("p", tag("b", "Missing from this document")),
        _list(item, missing, marks["missing"], parts),
    ]
    return tag(
        "div",
        [
            tag("div", paper, class_="iop-paper"),
            tag("div", asked, class_="iop-stack is-part") if missing else "",
        ],
        class_="iop-stack",
    )


def _list(
    item: Defects,
    entries: Sequence[Line | Wanted],
    marked: Collection[str],
    parts: Mapping[str, Part],
) -> Html:
    rows = [option_row(item, e.text, e.id in marked, parts.get(e.id), MARKS) for e in entries]
    return tag("ul", rows, class_="iop-options")
