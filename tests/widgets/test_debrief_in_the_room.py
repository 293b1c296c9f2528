"""The debrief in the kernel: which session it is about, what it stores, what it waits for."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from content.practice import BEST, HARMFUL, case_of_page, play, write_practice, write_workspace

from iop_training.model.case_answer import CaseAnswer
from iop_training.responses import journal_path, read_journal
from iop_training.scoring.debrief import run_digest
from iop_training.widgets import case_debrief
from iop_training.widgets.case_debrief import CaseDebrief
from iop_training.widgets.page import Page


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_practice(tmp_path_factory.mktemp("course"))


@pytest.fixture
def folder(course: Path, tmp_path: Path) -> Path:
    return write_workspace(course, tmp_path / "workspace")


def opened(page: Page) -> CaseDebrief:
    """The debrief of a page's case, worked out."""
    made = CaseDebrief(page, case_of_page(page)[0], lambda: None)
    made.begin()
    return made


def say(made: CaseDebrief, saved: list[str], **notes: Any) -> dict[str, Any]:
    return made.take({"n": 7, "value": notes, "run": run_digest(saved)})


def on_disk(folder: Path, case: str = "c90") -> CaseAnswer:
    record = read_journal(journal_path(folder, case))
    return CaseAnswer.model_validate(record.answers[f"{case}-s01"].value)


def shown(made: CaseDebrief) -> dict[str, Any]:
    assert made.shown is not None
    return made.shown


def test_is_there_no_debrief_before_an_ending(folder: Path) -> None:
    page = Page.open(folder, "c90")
    assert opened(page).shown is None
    play(page, BEST[:2])
    assert opened(page).shown is None


def test_is_the_debrief_about_the_session_that_ended_last(folder: Path) -> None:
    page = Page.open(folder, "c90")
    play(page, BEST)
    made = opened(page)
    assert shown(made)["data"]["ending"] == "held"
    play(page, HARMFUL)
    data = shown(made)["data"]
    assert data["ending"] == "left"
    assert next(point["reason"] for point in data["turning_points"]) == "harm"
    play(page, BEST[:2])
    assert shown(made)["data"]["ending"] == "left"


def test_are_sources_citations_and_changes_words(folder: Path) -> None:
    page = Page.open(folder, "c90")
    play(page, HARMFUL)
    told = shown(opened(page))
    assert told["data"]["turns"][0]["line"]["sources"] == ["Somebody (2020). A guide."]
    words = told["words"]
    said = [text for changes in words["changes"].values() for text, _ in changes]
    assert "Discord rose from 2 to 3." in said or any("rose" in text for text in said)
    assert {code for turn in told["data"]["turns"] for code in turn["line"]["codes"]} <= set(
        words["codes"]
    )
    assert "undefined" not in json.dumps(told) and told["curves_svg"].startswith("<svg")


def test_is_each_tap_on_the_disk_before_saved_is_said(folder: Path) -> None:
    page = Page.open(folder, "c90")
    saved = play(page, HARMFUL)
    made = opened(page)
    reply = say(made, saved, worked=3, step=1)
    assert (reply["type"], reply["n"]) == ("debrief_saved", 7) and reply["at"]
    assert on_disk(folder).debrief.worked == 3
    assert list(on_disk(folder).runs[0].saved) == saved
    again = opened(Page.open(folder, "c90"))
    assert again.notes["value"]["worked"] == 3 and again.notes["saved"]


@pytest.mark.parametrize(
    "value", [None, 3, "x", {"worked": 99}, {"other": 1}, {"goal": "x" * 3000}, {"goal_met": "no"}]
)
def test_is_what_no_debrief_takes_refused_in_a_sentence(folder: Path, value: Any) -> None:
    page = Page.open(folder, "c90")
    saved = play(page, BEST)
    reply = opened(page).take({"n": 1, "value": value, "run": run_digest(saved)})
    assert reply["type"] == "debrief_refused" and "Nothing was changed." in reply["message"]
    assert on_disk(folder).debrief.worked is None


def test_do_notes_on_another_session_change_nothing(folder: Path) -> None:
    page = Page.open(folder, "c90")
    first = play(page, BEST)
    made = opened(page)
    play(page, HARMFUL)
    assert say(made, first, worked=1)["type"] == "debrief_refused"
    assert on_disk(folder).debrief.worked is None


def test_does_an_older_copy_of_a_browser_not_win(folder: Path) -> None:
    page = Page.open(folder, "c90")
    saved = play(page, BEST)
    made = opened(page)
    say(made, saved, line="new")
    old = {"n": 8, "value": {"line": "old"}, "run": run_digest(saved), "age": 600_000}
    assert made.take({**old, "resend": True})["type"] == "debrief_saved"
    assert on_disk(folder).debrief.line == "new"


def test_is_the_kernel_free_while_the_debrief_is_worked_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.open(folder, "c90")
    saved = play(page, BEST)
    go_on, real = threading.Event(), case_debrief.outlook_of

    def slowly(case: Any) -> Any:
        go_on.wait(20)
        return real(case)

    monkeypatch.setattr(case_debrief, "outlook_of", slowly)

    async def open_and_wait() -> None:
        ready = asyncio.Event()
        made = CaseDebrief(page, case_of_page(page)[0], ready.set)
        made.begin()
        assert shown(made)["pending"] and shown(made)["data"] is None
        assert say(made, saved, worked=1)["type"] == "debrief_saved"
        go_on.set()
        await asyncio.wait_for(ready.wait(), 20)
        assert not shown(made)["pending"] and shown(made)["data"]["ending"] == "held"

    asyncio.run(open_and_wait())


def test_is_a_debrief_that_fails_said_and_nothing_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page.open(folder, "c90")
    saved = play(page, BEST)

    def fails(case: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(case_debrief, "outlook_of", fails)
    made = opened(page)
    assert not shown(made)["pending"] and "is kept" in shown(made)["problem"]
    assert say(made, saved, line="Mine.")["type"] == "debrief_saved"
