"""A graded session from its first line, through a reload and a stop, to the gradebook, Formgrader,
and the debrief that comes back with the feedback."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.case_play import CAPSTONE, line
from browser.conftest import Learner, leave, ready
from browser.test_answering import tab_to
from browser.test_gradebook import hand_in
from content.case_course import GRADED, write_case_course
from lab.browser import Watched, server
from nbgrader.api import Gradebook
from playwright.sync_api import BrowserContext, Locator, Page, expect

from iop_training.grading.collect import collect
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.feedback import generate_feedback, return_feedback
from iop_training.grading.grade import grade
from iop_training.grading.release import release
from iop_training.lab.server import address, lab_command, supervise_command
from iop_training.lab.workspace import make_workspace


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with a graded session, released, and an exchange."""
    made = write_case_course(tmp_path / "course")
    release(made, "m01")
    ensure_exchange(made)
    return made


@pytest.fixture
def trainee(course: Path, tmp_path: Path, chrome: BrowserContext) -> Iterator[Learner]:
    """Ann, who hands in through the exchange."""
    workspace = tmp_path / "workspace"
    make_workspace(course, workspace, exchange=course / "exchange")
    (workspace / "learner.json").write_text(json.dumps({"id": "ann"}))
    with server(lab_command(workspace), workspace) as command:
        me = Learner(workspace, command, Watched(chrome))
        yield me
        leave(me.watched)


def session(me: Learner) -> Locator:
    """The room of the graded session."""
    return me.item(GRADED)


def press(page: Page, button: Locator) -> None:
    """Come to a button by keyboard, and press it."""
    tab_to(page, button)
    page.keyboard.press("Enter")


def meet(me: Learner) -> None:
    """A session that asks for a no, by keyboard, with a reload and a stop in its middle."""
    page = me.open(CAPSTONE)
    tab_to(page, session(me).get_by_role("button", name="Start the session"))
    page.keyboard.press("Enter")
    session(me).get_by_role("group", name="What do you say? Turn 1").wait_for()
    press(page, line(session(me), "weight"))
    session(me).get_by_role("group", name="What do you say? Turn 2").wait_for()
    page.reload()
    ready(page)
    press(page, line(session(me), "harmless"))
    session(me).get_by_role("group", name="What do you say? Turn 3").wait_for()
    page.keyboard.press("Escape")
    press(page, session(me).get_by_role("button", name="Go on with the session"))
    for turn, move in enumerate(("alone", "number"), start=3):
        session(me).get_by_role("group", name=f"What do you say? Turn {turn}").wait_for()
        press(page, line(session(me), move))
    expect(session(me).locator(".iop-ending")).to_be_visible()


def write_note(me: Learner) -> None:
    """A note that claims a question nobody asked, and is true otherwise."""
    note = session(me).get_by_role("region", name="Progress note")
    for claim, option in (
        ("Asked directly about thoughts of suicide", "Yes, in this session"),
        ("Supervisor brought in during the session", "No, not in this session"),
        ("How he took part", "Gave short answers"),
    ):
        group = note.get_by_role("group", name=claim, exact=True)
        group.get_by_role("radio", name=option).check()
    expect(note.locator(".iop-status").last).to_contain_text("Saved")
    expect(note).not_to_contain_text("Not found in the session")


def test_from_the_first_line_to_the_debrief_that_comes_back(
    trainee: Learner, course: Path, chrome: BrowserContext
) -> None:
    meet(trainee)
    write_note(trainee)
    expect(session(trainee).get_by_role("region", name="Debrief")).to_have_count(0)
    hand_in(trainee.page)

    assert [o.student for o in collect(course, "m01").outcomes] == ["ann"]
    (result,) = grade(course, "m01")
    assert result.status == "graded"
    assert any("Asked directly about thoughts of suicide" in flag for flag in result.flags)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        notebook = book.find_submission_notebook("m01", "m01", "ann")
        (row,) = [g for g in notebook.grades if g.name == GRADED]
        assert row.auto_score == pytest.approx(result.points)
        assert 0 < row.auto_score < row.max_score / 2
        number = notebook.id

    with server(supervise_command(course), course) as command:
        watched = Watched(chrome)
        base = address(command).partition("/lab")[0]
        watched.page.goto(address(command))
        watched.page.goto(f"{base}/formgrader/submissions/{number}/")
        card = watched.page.locator(f"section[data-item={GRADED}]")
        card.wait_for(timeout=30_000)
        expect(card).to_contain_text("You don't mean that you'd do something silly")
        expect(card).to_contain_text("Not found")
        expect(card).to_contain_text("Suicide risk")
        watched.check()
        watched.close()

    assert generate_feedback(course, "m01", ["ann"]) == {"ann": ""}
    assert [r.way for r in return_feedback(course, "m01", ["ann"])] == ["exchange"]
    take_back(trainee)


def take_back(me: Learner) -> None:
    """The feedback is fetched in the page, and the session there has its debrief."""
    page = me.page
    page.get_by_role("button", name="Look for feedback").click()
    page.get_by_role("link", name=re.compile("Feedback")).first.wait_for(timeout=60_000)
    page.reload()
    ready(page)
    debrief = session(me).get_by_role("region", name="Debrief")
    debrief.get_by_role("heading", name="1. You first").wait_for(timeout=30_000)
    debrief.get_by_role("button", name="Skip").click()
    debrief.get_by_role("navigation").get_by_role("button", name="Turning points").click()
    expect(debrief.get_by_role("article").first).to_contain_text("This line could harm a client")
    debrief.get_by_role("article").first.get_by_role("button", name="Try turn 2 again").click()
    ask = "When you say done: are you having thoughts of killing yourself?"
    debrief.get_by_role("button", name=ask).click()
    expect(debrief).to_contain_text("The answer changes.")
