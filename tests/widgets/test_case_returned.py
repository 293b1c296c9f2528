"""The debrief of an assessed session: not on the learner's machine until the feedback brings it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from content.course import code, markdown, notebook_text
from content.practice import BEST, EXAMPLE, HARMFUL, write_practice

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle
from iop_training.figures.case_curves import curves_svg
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, Run
from iop_training.model.kinds.case import CaseItem
from iop_training.rendering.debrief_block import DebriefBlock, block_html
from iop_training.scoring.debrief import debrief, run_digest
from iop_training.simulation.session import Session
from iop_training.widgets.case_room import CaseRoom
from iop_training.widgets.page import Page

ITEM = "m13-q01"
BANK = """\
module: m13
title: |
  A capstone
minutes: {lesson: 10, assignment: 30}
objectives:
  - text: |
      Meet a client
    competency: [TAP21-086]
items:
  - id: m13-q01
    kind: case
    use: graded
    case: a90
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The course with the example as an assessed case."""
    root = write_practice(tmp_path_factory.mktemp("course"))
    text = EXAMPLE.read_text(encoding="utf-8").replace("id: c90", "id: a90", 1)
    text = text.replace("mode: practice", "mode: assessed", 1)
    text = re.sub(r"^note:.*\n", "note:\n  points: 6\n", text, count=1, flags=re.MULTILINE)
    (root / "data/cases/a90.yaml").write_text(text, encoding="utf-8")
    (root / "data/items/m13.yaml").write_text(BANK, encoding="utf-8")
    (root / "source/m13").mkdir()
    cells = [
        code("start", 'from iop_training import open_case, start\n\nstart("m13")', locked=True),
        markdown("intro", "# A capstone", locked=True),
        code(ITEM, f'open_case("{ITEM}")', grade=True, points=26),
    ]
    (root / "source/m13/m13.ipynb").write_text(notebook_text(cells))
    return Catalog.load(root)


@pytest.fixture
def page(course: Catalog, tmp_path: Path) -> Page:
    """The assignment's page, with a session that ended and another after it."""
    folder = tmp_path / "workspace" / "assignments" / "m13"
    folder.mkdir(parents=True)
    text = bundle_text(public_bundle(course, course.root / "source/m13/m13.ipynb"))
    (folder / f"m13{SUFFIX}").write_text(text)
    manifest = {"format": 1, "course": "iop", "exchange": None, "identity": "chosen"}
    (tmp_path / "workspace/course.json").write_text(json.dumps({**manifest, "notebooks": {}}))
    (tmp_path / "workspace/learner.json").write_text('{"id": "ann"}')
    page = Page.open(folder, "m13")
    runs = [played(course, moves) for moves in (HARMFUL, BEST)]
    work = CaseAnswer(runs=tuple(Run(saved=tuple(saved), ended=True) for saved in runs))
    page.save(page.items[ITEM], work.model_dump(mode="json", exclude_defaults=True))
    return page


def the_case(course: Catalog) -> Case:
    item = course.items[ITEM]
    assert isinstance(item, CaseItem) and isinstance(item.case, Case)
    return item.case


def played(course: Catalog, moves: tuple[str, ...]) -> list[str]:
    session = Session.start(the_case(course), "seed")
    for move in moves:
        session = session.choose(move)
    return session.to_list()


def feedback(page: Page, course: Catalog, moves: tuple[str, ...], name: str, at: int) -> None:
    """A feedback page about a session, from the time ``at``."""
    made = debrief(the_case(course), played(course, moves))
    references = {"tip35": f"A guide, as of {name}."}
    block = DebriefBlock(
        item=ITEM, debrief=made, references=references, curves_svg=curves_svg(made.curves, [1])
    )
    path = page.folder / "feedback" / name / "m13.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<html><body>{block_html(block)}</body></html>", encoding="utf-8")
    os.utime(path, (at, at))


def sources(room: CaseRoom) -> set[str]:
    assert room.debrief is not None
    return {s for turn in room.debrief["data"]["turns"] for s in turn["line"]["sources"]}


def test_is_there_none_before_the_feedback(page: Page) -> None:
    assert CaseRoom(page, ITEM).debrief is None


def test_comes_it_with_the_newest_feedback_about_the_session_that_counts(
    page: Page, course: Catalog
) -> None:
    room = CaseRoom(page, ITEM)
    feedback(page, course, BEST, "of another session", 3_000_000)
    page.changed()
    assert room.debrief is None
    feedback(page, course, HARMFUL, "first", 1_000_000)
    page.changed()
    assert room.debrief is not None and room.debrief["data"]["ending"] == "left"
    assert sources(room) == {"A guide, as of first."}
    feedback(page, course, HARMFUL, "second", 2_000_000)
    page.changed()
    assert sources(room) == {"A guide, as of second."}


def test_are_hostile_pages_passed_over(page: Page, course: Catalog) -> None:
    feedback(page, course, HARMFUL, "sound", 1_000_000)
    folder = page.folder / "feedback"
    sound = (folder / "sound/m13.html").read_text()
    (folder / "svg.html").write_text(sound.replace("polyline", "script"))
    (folder / "torn.html").write_text(sound[: len(sound) // 2])
    (folder / "bytes.html").write_bytes(b"\xff\x00" * 999)
    (folder / "folder.html").mkdir()
    assert sources(CaseRoom(page, ITEM)) == {"A guide, as of sound."}


def test_is_what_is_said_in_it_kept_beside_the_sessions(page: Page, course: Catalog) -> None:
    feedback(page, course, HARMFUL, "first", 1_000_000)
    room = CaseRoom(page, ITEM)
    sent: list[Any] = []
    room.send = lambda content, buffers=None: sent.append(content)  # type: ignore[method-assign]
    run = run_digest(played(course, HARMFUL))
    value = {"worked": 1, "goal": "Ask.", "done": True}
    room._on_message(room, {"type": "debrief", "n": 5, "run": run, "value": value}, None)
    assert sent[-1]["type"] == "debrief_saved" and room.debrief_notes["value"]["worked"] == 1
    work = CaseAnswer.model_validate(Page.open(page.folder, "m13").answers[ITEM].value)
    assert work.debrief.done and len(work.runs) == 2
