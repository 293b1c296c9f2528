"""A goal goes from one case to the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from content.practice import BEST, HARMFUL, case_of_page, play, write_practice, write_workspace

from iop_training.responses import journal_path
from iop_training.scoring.debrief import run_digest
from iop_training.widgets.case_debrief import CaseDebrief
from iop_training.widgets.case_goal import Goal, goal_carried
from iop_training.widgets.page import Page

ASK = {"goal": "Ask about it directly.", "goal_code": "ask_suicide"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_practice(tmp_path_factory.mktemp("course"))


@pytest.fixture
def folder(course: Path, tmp_path: Path) -> Path:
    return write_workspace(course, tmp_path / "workspace")


def debriefed(page: Page, moves: tuple[str, ...], **notes: Any) -> CaseDebrief:
    """Play a session and say something in its debrief."""
    saved = play(page, moves)
    made = CaseDebrief(page, case_of_page(page)[0], lambda: None)
    made.begin()
    if notes:
        assert made.take({"n": 1, "value": notes, "run": run_digest(saved)})["type"].endswith("d")
    return made


def test_is_the_last_goal_of_another_case_carried(folder: Path) -> None:
    first, second = Page.open(folder, "c90"), Page.open(folder, "c91")
    assert goal_carried(second, "c91-s01") is None
    debriefed(first, HARMFUL, **ASK)
    title = case_of_page(first)[1].title
    assert goal_carried(second, "c91-s01") == Goal(ASK["goal"], "ask_suicide", title, 0)
    assert goal_carried(first, "c90-s01") is None


def test_is_it_looked_at_again_with_such_lines_then_and_now(folder: Path) -> None:
    debriefed(Page.open(folder, "c90"), HARMFUL, **ASK)
    made = debriefed(Page.open(folder, "c91"), BEST, goal="Another one")
    assert made.shown is not None
    earlier = made.shown["earlier_goal"]
    assert (earlier["text"], earlier["count_then"], earlier["count_now"]) == (ASK["goal"], 0, 2)


def test_does_a_goal_that_came_later_not_change_an_older_debrief(folder: Path) -> None:
    first, second = Page.open(folder, "c90"), Page.open(folder, "c91")
    debriefed(first, HARMFUL, **ASK)
    debriefed(second, BEST, goal="Another one")
    made = CaseDebrief(first, case_of_page(first)[0], lambda: None)
    made.begin()
    assert made.shown is not None and made.shown["earlier_goal"] is None
    carried = goal_carried(first, "c90-s01")
    assert carried is not None and (carried.text, carried.lines) == ("Another one", None)


def test_is_a_goal_that_was_taken_back_not_carried(folder: Path) -> None:
    page = Page.open(folder, "c90")
    made = debriefed(page, HARMFUL, **ASK)
    assert made.shown is not None
    made.take({"n": 2, "value": {"goal": ""}, "run": made.shown["data"]["run"]})
    assert goal_carried(Page.open(folder, "c91"), "c91-s01") is None


def test_are_hostile_and_foreign_journals_passed_over(folder: Path) -> None:
    debriefed(Page.open(folder, "c90"), HARMFUL, **ASK)
    text = journal_path(folder, "c90").read_text()
    line = json.loads(text.splitlines()[-1])
    for item, value in (("c90-s01", {"runs": 3}), ("c90-s01", []), ("zz", {"runs": []})):
        line["seq"] += 1
        text += json.dumps({**line, "item": item, "value": value}) + "\n{\n"
    journal_path(folder, "c90").write_text(text)
    (folder / "lesson" / "answers").mkdir(parents=True)
    other = text.replace('"ann"', '"bob"').replace(ASK["goal"], "Of somebody else")
    (folder / "lesson" / "answers" / "m01.jsonl").write_text(other)
    carried = goal_carried(Page.open(folder, "c91"), "c91-s01")
    assert carried is not None and carried.text == ASK["goal"]
