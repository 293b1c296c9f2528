"""How tests meet the client of the small case course."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser.conftest import Learner
from content.case_course import GRADED, PRACTICE
from playwright.sync_api import Locator, Page, expect

from iop_training.responses import journal_path, read_journal

CASE = "lessons/c90.ipynb"
CAPSTONE = "assignments/m01/m01.ipynb"
GOOD = ("weight", "ask", "means", "together")
"""Lines of a run to the good ending, by their ids."""


def room(learner: Learner, page: Page | None = None) -> Locator:
    """The room of the practice case."""
    return learner.item(PRACTICE, page)


def begin(place: Locator) -> None:
    """Start the session and wait for the first lines."""
    place.get_by_role("button", name="Start the session").click()
    place.get_by_role("group", name="What do you say?").wait_for()


def line(place: Locator, move: str) -> Locator:
    """A line on offer, by its id."""
    return place.locator(f'[data-move="{move}"]')


def say(place: Locator, *moves: str) -> None:
    """Press these lines one after the other, and wait until each was said."""
    said = place.locator(".iop-log .iop-mine")
    for move in moves:
        before = said.count()
        line(place, move).click()
        expect(said).to_have_count(before + 1)


def lines_said(place: Locator) -> list[str]:
    """What the trainee said so far, as the page shows it."""
    return place.locator(".iop-log .iop-mine .iop-bubble").all_inner_texts()


def until(page: Page, holds: Callable[[], bool], seconds: int = 60) -> None:
    """Wait until something holds that no page shows."""
    for _ in range(seconds * 5):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"it did not come to hold in {seconds} seconds")


def work(learner: Learner, item: str = PRACTICE) -> dict[str, Any]:
    """The work on a case as the journal has it; {} before there is any."""
    folder, name = ("assignments/m01", "m01") if item == GRADED else ("lessons", "c90")
    answers = read_journal(journal_path(learner.workspace / folder, name)).answers
    value = answers[item].value if item in answers else {}
    assert isinstance(value, dict)
    return value


def moves(learner: Learner, item: str = PRACTICE) -> list[list[str]]:
    """The lines of each run in the journal."""
    return [run["saved"][3:] for run in work(learner, item).get("runs", [])]
