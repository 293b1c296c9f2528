"""The debrief of an assessed case as data within a feedback page, written and read here.

The page is drawn for reading, and has for each session one element that nothing executes:

    <script type="application/json" data-iop-debrief="m13-q01">{"format":1, ...}</script>

A trainee's page of that session looks for it in the feedback that came back. What it finds may be
anything that somebody put there, so that only what is whole and harmless is taken.
"""

from __future__ import annotations

import json
import re
from typing import Literal
from xml.etree import ElementTree

from pydantic import ValidationError, field_validator

from iop_training.model.base import ITEM, Model
from iop_training.model.item import ItemId
from iop_training.rendering.html import Html
from iop_training.scoring.case_note import NoteScore
from iop_training.scoring.debrief_parts import Debrief

MAX_PAGE = 20_000_000
"""Characters of a page that are looked at."""
_BLOCK = re.compile(
    rf'<script type="application/json" data-iop-debrief="({ITEM})">([^<]*)</script>'
)
_SVG = "{http://www.w3.org/2000/svg}"
_DRAWN = frozenset(
    f"{_SVG}{name}"
    for name in ("svg", "g", "title", "desc", "style", "path", "polyline", "line", "rect")
) | {f"{_SVG}circle", f"{_SVG}text", f"{_SVG}tspan"}
_ATTRIBUTE = re.compile(r"(?!on|href|src|style)[a-z-]+", re.I)
_REACHES_OUT = re.compile(r"url\s*\(|@|\\|javascript:", re.I)


class DebriefBlock(Model):
    """The debrief of the item's session with the words for its sources, the picture of its
    curves ("" for none), and the note beside the session."""

    format: Literal[1] = 1
    item: ItemId
    debrief: Debrief
    references: dict[str, str]
    curves_svg: str = ""
    note: NoteScore | None = None

    @field_validator("curves_svg")
    @classmethod
    def _only_draws(cls, svg: str) -> str:
        if svg and not _is_drawing(svg):
            raise ValueError("holds more than lines and words")
        return svg


def block_html(block: DebriefBlock) -> Html:
    """The element; its text can't end it and can't begin another."""
    data = json.dumps(block.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return Html(
        f'<script type="application/json" data-iop-debrief="{block.item}">{data}</script>\n'
    )


def read_blocks(text: str) -> list[DebriefBlock]:
    """The blocks in a page, in order; what is no sound block is left out, and nothing raises."""
    found = []
    for item, data in _BLOCK.findall(text[:MAX_PAGE]):
        try:
            block = DebriefBlock.model_validate(json.loads(data, parse_constant=_refuse))
        except (ValueError, ValidationError, RecursionError):
            continue
        if block.item == item:
            found.append(block)
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _is_drawing(svg: str) -> bool:
    """Whether it is an SVG of shapes and words that reaches nothing outside of itself."""
    if "<!" in svg or "<?" in svg:
        return False
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return False
    return root.tag == f"{_SVG}svg" and all(
        element.tag in _DRAWN
        and not _REACHES_OUT.search(element.text or "" if element.tag == f"{_SVG}style" else "")
        and all(
            _ATTRIBUTE.fullmatch(name) and not _REACHES_OUT.search(value)
            for name, value in element.attrib.items()
        )
        for element in root.iter()
    )
