"""The packet: a reviewer sees all there is to judge, of every kind, and nothing runs."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import Any, Literal

import pytest
from content.course import write_course
from factories import COMMON, EVERY_KIND, multiple

from iop_training.content.catalog import Catalog
from iop_training.model import Item
from iop_training.model.base import Model, ProseText
from iop_training.rendering.html import Html
from iop_training.rendering.items import body_html
from iop_training.scoring import score, solution
from iop_training.signoff.packet import packet_html
from iop_training.signoff.undrawn import Fact, undrawn

WORDS = {"TAP21-074": "Apply placement criteria"}


def plain(page: str) -> str:
    """What a reader sees of a page."""
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def packet(course: Path, *items: Item) -> str:
    catalog = Catalog.load(course)
    shown = list(items) or catalog.module_items("m01")
    return packet_html(catalog, catalog.modules["m01"], shown, WORDS, dt.date(2026, 11, 22))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path)


@pytest.mark.parametrize("use", ["formative", "graded"])
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_text_of_every_kind_is_there(course: Path, kind: str, use: str) -> None:
    item = EVERY_KIND[kind](use=use)
    said = plain(packet(course, item))
    for path, text in item.prose():
        assert " ".join(text.split()) in said, path


def test_harm_stands_there_though_nobody_gave_that_answer(course: Path) -> None:
    options = multiple().model_dump()["options"]
    options[1] |= {"harm": "serious", "harm_reason": "It could stop his breathing."}
    said = plain(packet(course, multiple(options=options)))
    assert "Could harm a client: Option b" in said
    assert "harm serious harm reason It could stop his breathing." in said


def test_a_page_names_sources_competencies_rubric_and_what_to_tick(course: Path) -> None:
    said = plain(packet(course))
    assert "Somebody (2020). A guide. [the text itself was read, 2026-01-01]" in said
    assert "TAP21-074: Apply placement criteria" in said
    assert "Weighs two reasons" in said and "Anchor text of the fourth level" in said
    assert said.count("☐ sign") == said.count("☐ change:") == 4
    for blank in ("Name", "Credential", "License", "Date", "Signature"):
        assert blank in said


def test_a_hostile_text_is_shown_and_not_run(course: Path) -> None:
    hostile = "<script>alert(1)</script>"
    page = packet(course, multiple(stem=hostile))
    assert "<script" not in page and hostile in plain(page)


class _Miss(Model):
    answer: str
    harm: str = "none"
    harm_reason: ProseText | None = None


class _Prompt(Model):
    id: str
    text: ProseText
    harms: list[_Miss] = []


class _Odd(Item):
    kind: Literal["odd"]
    prompts: list[_Prompt]
    key: dict[str, Any]
    order: list[Any]
    tolerance: float = 0
    accepted: list[str] = []

    def validate_response(self, value: Any) -> Any:
        return value

    def is_blank(self, value: Any) -> bool:
        return not value


def test_what_a_kind_does_not_draw_is_told_in_its_own_words() -> None:
    prompts = [
        {
            "id": "p1",
            "text": "A seizure",
            "harms": [{"answer": "p2", "harm": "minor", "harm_reason": "Late."}],
        },
        {"id": "p2", "text": "A late bus"},
        {"id": "p3", "text": "Nobody's answer"},
    ]
    odd = _Odd.model_validate(
        {
            **COMMON,
            "kind": "odd",
            "prompts": prompts,
            "key": {"hours": [9, 19], "must": ["p1"]},
            "order": ["p1", ["p2", "p1"]],
            "tolerance": 2.5,
            "accepted": ["Naloxone", "Narcan"],
        }
    )
    assert undrawn(odd, Html("<b>A seizure</b>: A late bus 2.5 naloxone")) == [
        Fact(
            "",
            (
                ("key", "hours: 9, 19; must: A seizure"),
                ("order", "A seizure, (A late bus, A seizure, in any order)"),
                ("tolerance", "2.5"),
                ("accepted", "Naloxone, Narcan"),
            ),
        ),
        Fact(
            "A seizure",
            (("answer", "A late bus"), ("harm", "minor"), ("harm reason", "Late.")),
            harm=True,
        ),
        Fact("", (("one of the prompts", "Nobody's answer"),)),
    ]


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [("chain", "Part he_says", "Link feeling"), ("coding", "Words l4", "Code open")],
)
def test_is_what_counts_as_right_too_told_though_its_text_is_drawn(
    kind: str, what: str, said: str
) -> None:
    item = EVERY_KIND[kind]()
    best = solution(item)
    drawn = body_html(item, best, score(item, best), [])
    assert Fact(what, (("also", said),)) in undrawn(item, drawn)
