"""The debrief as data in a page: what is sound comes back, and nothing else does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation.cases import example

from iop_training.figures.case_curves import curves_svg
from iop_training.rendering.debrief_block import DebriefBlock, block_html, read_blocks
from iop_training.scoring.debrief import debrief
from iop_training.simulation.session import Session

HOSTILE = "</script><script>alert(1)</script> <!-- & \" ' \u2028"


def block(hostile: str = "") -> DebriefBlock:
    """A block of a run through the example."""
    now = Session.start(example(), "seed")
    for line in ("weight", "ask", "means", "together"):
        now = now.choose(line)
    told = debrief(example(), now.to_list())
    return DebriefBlock(
        item="m13-q01",
        debrief=told.model_copy(update={"story": told.story + hostile}),
        references={"tip35": f"TIP 35 {hostile}"},
        curves_svg=curves_svg(told.curves, [2]),
    )


def as_page(data: object, item: str = "m13-q01") -> str:
    """A page with this as a block, as somebody else might write it."""
    text = json.dumps(data).replace("<", "\\u003c")
    return f'<script type="application/json" data-iop-debrief="{item}">{text}</script>'


def test_a_block_comes_back_whole_from_a_page() -> None:
    sound = block()
    assert read_blocks(f"<main>{block_html(sound)}<p>more</p>{block_html(sound)}") == [sound] * 2


def test_a_text_can_end_no_element_and_begin_none() -> None:
    sound = block(HOSTILE)
    page = block_html(sound)
    assert page.count("<") == 2 and page.count("</script>") == 1 and "&" not in page
    assert read_blocks(page) == [sound]


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://x.example/a.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><path fill="url(https://x.example)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "https://x.example"</style></svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<svg xmlns:x="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" '
        'x:href="https://x.example"/>',
        "<svg",
        "no picture",
        "<p>words</p>",
    ],
)
def test_a_picture_that_is_more_than_one_is_refused(svg: str) -> None:
    data = block().model_dump(mode="json") | {"curves_svg": svg}
    assert read_blocks(as_page(data)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"item": "m13-q02"},
        {"item": "../../x"},
        {"debrief": None},
        {"more": 1},
        {"references": {"a": ["b"]}},
    ],
)
def test_a_block_that_is_not_whole_is_left_out(change: dict[str, object]) -> None:
    data = block().model_dump(mode="json")
    assert len(read_blocks(as_page(data))) == 1
    assert read_blocks(as_page(data | change)) == []


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_can_be_read(text: str) -> None:
    inside = text.replace("<", "")
    page = f'<script type="application/json" data-iop-debrief="m13-q01">{inside}</script>'
    assert read_blocks(text) == [] and read_blocks(page) == []


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"debrief":NaN}', "1e999", "\\ud800", '"\\ud800"']
)
def test_an_odd_number_or_a_deep_list_is_no_block(text: str) -> None:
    page = f'<script type="application/json" data-iop-debrief="m13-q01">{text}</script>'
    assert read_blocks(page) == []
