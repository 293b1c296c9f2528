"""The debrief of a session as people use it: the loop until the client's answer changes, a goal
that goes to the next case, left and taken up again, by keyboard, in 320 px."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.case_play import until
from browser.conftest import Learner, windows
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from content.course import code, items_text, markdown, notebook_text
from content.practice import HARMFUL, write_practice
from lab.browser import Chromium, server
from playwright.sync_api import Locator, Page, expect
from simulation.cases import example

from iop_training.lab.server import Command, address, lab_command
from iop_training.lab.workspace import make_workspace
from iop_training.model.case_answer import CaseAnswer
from iop_training.responses import journal_path, read_journal
from iop_training.simulation.session import Session

CASE = example()
DONE = {move.id: move.text for m in CASE.moments if m.id == "done" for move in m.moves}


@pytest.fixture(scope="module")
def cases_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with two practice cases."""
    made = tmp_path_factory.mktemp("cases")
    course = write_practice(made / "course")
    text = items_text().replace("m01", "m00").replace("rubric: m00", "rubric: m01")
    (course / "data/items/m00.yaml").write_text(text)
    cells = [
        code("start", 'from iop_training import ask, start\n\nstart("m00")'),
        markdown("intro", "# Start here"),
        code("m00-f01", 'ask("m00-f01")'),
    ]
    (course / "notebooks/m00.ipynb").write_text(notebook_text(cells))
    make_workspace(course, made / "workspace")
    (made / "workspace" / "learner.json").write_text(json.dumps({"id": "ann"}))
    return made / "workspace"


@pytest.fixture(scope="module")
def cases_server(cases_folder: Path) -> Iterator[Command]:
    with server(lab_command(cases_folder), cases_folder) as started:
        yield started


@pytest.fixture
def window(
    cases_folder: Path, cases_server: Command, chromium: Chromium
) -> Iterator[Callable[..., Learner]]:
    """Opens windows; what other tests said is forgotten."""
    yield from windows(cases_folder, cases_server, chromium)


def open_case(me: Learner, case: str) -> Page:
    """The page of a case, run."""
    place = next(path for path in me.workspace.rglob(f"{case}.ipynb"))
    start = address(me.command)
    path = place.relative_to(me.workspace).as_posix()
    me.page.goto(start.replace("Start%20here.ipynb", path))
    me.page.locator(f'.iop-page:visible [data-iop-item="{case}-s01"]').wait_for(timeout=60_000)
    return me.page


def talk(me: Learner, case: str) -> Locator:
    """Talk until the end of a session that asks for a no; the debrief."""
    page, session = open_case(me, case), Session.start(CASE)
    page.get_by_role("button", name="Start the session").first.click()
    for move in HARMFUL:
        text = next(line.text for line in session.offered if line.id == move)
        page.get_by_role("button", name=text).click()
        session = session.choose(move)
    debrief = page.get_by_role("region", name="Debrief")
    debrief.get_by_role("heading", name="1. You first").wait_for(timeout=30_000)
    return debrief


def notes(me: Learner, case: str) -> dict[str, object]:
    """What the journal has of the debrief."""
    place = next(path for path in me.workspace.rglob(f"{case}.ipynb"))
    record = read_journal(journal_path(place.parent, case))
    work = CaseAnswer.model_validate(record.answers[f"{case}-s01"].value)
    return work.debrief.model_dump(exclude_defaults=True, mode="json")


def to_step(debrief: Locator, name: str) -> None:
    debrief.get_by_role("navigation").get_by_role("button", name=name).click()
    expect(debrief.get_by_role("heading", name=name, level=3)).to_be_focused()


def saved(debrief: Locator) -> None:
    expect(debrief.locator(".iop-status")).to_contain_text("Saved", timeout=30_000)


def test_is_it_gone_through_by_keyboard_to_a_goal(window: Callable[..., Learner]) -> None:
    me = window()
    debrief = talk(me, "c90")
    page = me.page
    forward = debrief.get_by_role("button", name="Next: The story")
    for button in debrief.get_by_role("navigation").get_by_role("button").all()[1:]:
        expect(button).to_be_disabled()
    forward.click()
    expect(debrief.get_by_role("status").filter(has_text="Still open")).to_be_visible()
    tab_to(page, debrief.get_by_role("radio", name="Worked Turn 1").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(debrief.get_by_role("radio", name="Take back Turn 2")).to_be_focused()
    page.keyboard.press("ArrowUp")
    tab_to(page, debrief.get_by_role("textbox"))
    page.keyboard.type("I asked for a no.")
    expect(debrief.get_by_role("status").filter(has_text="Still open")).to_have_count(0)
    tab_to(page, forward)
    page.keyboard.press("Enter")
    expect(debrief.get_by_role("heading", name="2. The story")).to_be_focused()
    expect(debrief).to_contain_text("Nobody asked.")

    tab_to(page, debrief.get_by_role("button", name="Next: Turning points"))
    page.keyboard.press("Enter")
    point = debrief.get_by_role("article").first
    expect(point).to_contain_text("Closed question")
    expect(point).to_contain_text("This line could harm a client")
    expect(point).to_contain_text("A line that does more here")
    expect(point).to_contain_text("Source: Somebody")
    tab_to(page, point.get_by_role("button", name="Try turn 2 again"))
    page.keyboard.press("Enter")

    expect(debrief).to_contain_text("0 of 5")
    tab_to(page, debrief.get_by_role("button", name=DONE["bright"]))
    page.keyboard.press("Enter")
    expect(debrief).to_contain_text("Not yet: try another line.")
    tab_to(page, debrief.get_by_role("button", name=DONE["ask"]))
    page.keyboard.press("Enter")
    expect(debrief).to_contain_text("I'd never told anybody.")
    expect(debrief).to_contain_text("The answer changes.")
    expect(debrief).to_contain_text("1 of 5")
    for number, drill in enumerate(CASE.drills, start=2):
        title = "harder one" if drill.harder else "moment in another way"
        tab_to(page, debrief.get_by_role("button", name=title))
        page.keyboard.press("Enter")
        expect(debrief.get_by_role("heading", name=title)).to_be_focused()
        tab_to(page, debrief.get_by_role("button", name=drill.moves[0].text))
        page.keyboard.press("Enter")
        expect(debrief).to_contain_text(f"{number} of 5")
    tab_to(page, debrief.get_by_role("button", name="On to one goal"))
    page.keyboard.press("Enter")

    tab_to(page, debrief.get_by_role("radio", name="ask about it directly").first)
    page.keyboard.press("Space")
    tab_to(page, debrief.get_by_role("button", name="Finish the debrief"))
    page.keyboard.press("Enter")
    expect(debrief).to_contain_text("Your goal for the next case: When words can mean suicide")
    until(page, lambda: notes(me, "c90").get("done") is True)
    kept = notes(me, "c90")
    assert (kept["worked"], kept["back"], kept["line"]) == (2, 1, "I asked for a no.")
    assert kept["goal_code"] == "ask_suicide" and kept["done"] is True
    assert kept["tried"] == [
        {"at": "done", "move": "bright"},
        {"at": "done", "move": "ask"},
        *({"at": drill.id, "move": drill.moves[0].id} for drill in CASE.drills),
    ]


def test_does_a_reload_go_on_and_the_next_case_have_the_goal(
    window: Callable[..., Learner],
) -> None:
    me = window()
    debrief = talk(me, "c90")
    debrief.get_by_role("button", name="Skip this").click()
    to_step(debrief, "Try again")
    debrief.get_by_role("button", name=DONE["ask"]).click()
    saved(debrief)
    me.page.reload()
    debrief = me.page.get_by_role("region", name="Debrief")
    expect(debrief.get_by_role("heading", name="4. Try again")).to_be_visible(timeout=60_000)
    expect(debrief).to_contain_text("1 of 5")
    to_step(debrief, "One goal")
    debrief.get_by_role("radio", name="One in my own words").check()
    debrief.get_by_role("textbox", name="My goal").fill("Wait before I answer.")
    saved(debrief)
    debrief.get_by_role("radio", name="ask about it directly").check()
    saved(debrief)

    page = open_case(me, "c91")
    expect(page.get_by_text("When words can mean suicide, ask about it")).to_be_visible()
    debrief = talk(me, "c91")
    debrief.get_by_role("button", name="Skip this").click()
    to_step(debrief, "One goal")
    brought = debrief.get_by_role("region", name="The goal you brought along")
    expect(brought).to_contain_text("0 such lines then, 0 such lines this time.")
    brought.get_by_role("radio", name="Not yet").check()
    until(page, lambda: notes(me, "c91").get("goal_met") == "not_yet")


def test_can_it_be_left_and_done_later(window: Callable[..., Learner]) -> None:
    me = window()
    debrief = talk(me, "c90")
    debrief.get_by_role("button", name="Skip this").click()
    debrief.get_by_role("button", name="Leave it for later").click()
    expect(debrief).to_contain_text("Nothing is lost")
    until(me.page, lambda: notes(me, "c90").get("left") is True)
    me.page.reload()
    debrief = me.page.get_by_role("region", name="Debrief")
    expect(debrief).to_contain_text("Nothing is lost", timeout=60_000)
    expect(debrief).not_to_contain_text("Nobody asked.")
    debrief.get_by_role("button", name="Go on with the debrief").click()
    expect(debrief.get_by_role("heading", name="2. The story")).to_be_focused()
    expect(debrief).to_contain_text("Nobody asked.")


def test_does_it_fit_a_phone_with_everything_open(window: Callable[..., Learner]) -> None:
    me = window(width=320, height=800)
    debrief = talk(me, "c90")
    page = me.page
    debrief.get_by_role("button", name="Skip this").click()
    for step in ("You first", "The story", "Turning points", "Try again", "One goal", "All of it"):
        to_step(debrief, step)
        if step == "Try again":
            debrief.get_by_role("button", name=DONE["ask"]).click()
        if step == "All of it":
            for fold in debrief.locator(".iop-fold > summary").all():
                fold.click()
            expect(debrief).to_contain_text("Too few to judge")
            debrief.get_by_text("The same as a table").click()
        assert sideways(page) == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, step
        assert serious(page) == [], step
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
