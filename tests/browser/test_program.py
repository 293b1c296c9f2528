"""The program's own facts on a page: cards, and the pocket card that prints alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from content.course import code, items_text, markdown, notebook_text, write_course
from lab.browser import Chromium, Watched, server
from playwright.sync_api import BrowserContext, Page, expect

from iop_training.lab.server import Command, address, lab_command
from iop_training.lab.workspace import make_workspace

FACTS = """\
program_name: Harbor IOP
state: Wyoming
supervisor_on_call:
  who: Dana Lee, clinical director
  phone: "307-555-0100, ext. #4"
after_hours:
crisis_lines:
  - who: Harbor crisis team
    phone: 307-555-0199
emergency_department:
  who: Harbor General
  phone: 307-555-0123
  address: 1 Main Street
naloxone: Front desk, red box; every member of staff may give it
ride_home:
asam_edition: 4th edition; 3rd for Medicaid
"""
PRINTED = "window.print = () => { top.printed = document.documentElement.outerHTML; }"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_course(tmp_path_factory.mktemp("course"))
    (root / "data/items/m00.yaml").write_text(
        items_text()
        .replace("m01", "m00")
        .replace("rubric: m00", "rubric: m01")
        .replace("    key: a\n", "    key: a\n    local: [asam_edition]\n")
    )
    cells = [
        code(
            "start", 'from iop_training import ask, my_program, pocket_card, start\n\nstart("m00")'
        ),
        markdown("intro", "# Start here"),
        code("edition", 'my_program("asam_edition", "ride_home", "supervisor_on_call")'),
        code("m00-f01", 'ask("m00-f01")'),
        code("card", "pocket_card()"),
    ]
    (root / "notebooks/m00.ipynb").write_text(notebook_text(cells))
    (root / "data/local").mkdir()
    (root / "data/local/program.yaml").write_text(FACTS)
    made = root.parent / "workspace"
    make_workspace(root, made)
    (made / "learner.json").write_text('{"id": "ann"}')
    return made


@pytest.fixture(scope="module")
def lab(workspace: Path) -> Iterator[Command]:
    with server(lab_command(workspace), workspace) as command:
        yield command


@pytest.fixture(scope="module")
def window(lab: Command, chromium: Chromium) -> Iterator[Watched]:
    """The first page, open; the tests only look at it."""
    watched = Watched(chromium.context)
    watched.page.add_init_script(PRINTED)
    watched.page.goto(address(lab))
    watched.page.get_by_role("button", name="Print this card").wait_for(timeout=60_000)
    yield watched
    watched.close()


@pytest.fixture
def open_page(window: Watched) -> Iterator[Page]:
    yield window.page
    window.check()


def test_a_card_tells_what_the_program_said_and_else_whom_to_ask(open_page: Page) -> None:
    card = open_page.get_by_role("region", name="In your program")
    expect(card).to_contain_text("4th edition; 3rd for Medicaid")
    expect(card).to_contain_text("Dana Lee, clinical director307-555-0100, ext. #4")
    expect(card).to_contain_text(
        "Ask your supervisor: How does a client who is intoxicated get home safely from here?"
    )


def test_practice_tells_what_holds_here(open_page: Page) -> None:
    question = open_page.locator('[data-iop-item="m00-f01"]')
    question.get_by_label("practice option b").check()
    expect(question).to_contain_text("In your program: ASAM Criteria: 4th edition; 3rd for")


def test_the_pocket_card_prints_alone_by_keyboard(open_page: Page, chrome: BrowserContext) -> None:
    button = open_page.get_by_role("button", name="Print this card")
    button.focus()
    open_page.keyboard.press("Enter")
    open_page.wait_for_function("window.printed")
    paper = chrome.new_page()
    paper.set_content(open_page.evaluate("window.printed"))
    paper.emulate_media(media="print")
    said = paper.locator("body").inner_text()
    for words in ("911", "988", "Harbor IOP, Wyoming", "307-555-0199", "1 Main Street", "red box"):
        assert words in said
    assert "Print this card" not in said and "Start here" not in said
    # US half letter, the smaller of the papers it is made for, at 96 dots an inch.
    box = paper.locator(".iop-pocket").bounding_box()
    assert box is not None and box["height"] < 5.5 * 96
    paper.close()


def test_blank_facts_have_a_line_to_write_on(open_page: Page) -> None:
    blank = open_page.locator(".iop-pocket div", has=open_page.get_by_text("After hours")).last
    expect(blank).to_contain_text("not filled in: ask your supervisor")


def test_a_later_change_reaches_the_page(open_page: Page, workspace: Path) -> None:
    carried = workspace / "program.json"
    before = carried.read_text()
    for edition in ("5th edition", "4th edition"):
        carried.write_text(before.replace("4th edition", edition))
        open_page.reload()
        card = open_page.get_by_role("region", name="In your program")
        expect(card).to_contain_text(edition, timeout=60_000)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_cards_fit_any_window(open_page: Page, width: int) -> None:
    open_page.set_viewport_size({"width": width, "height": 700})
    for card in open_page.locator(".jp-OutputArea .iop-card:visible").all():
        inside = card.evaluate("n => n.scrollWidth - n.clientWidth")
        box = card.bounding_box()
        assert inside <= 1 and box is not None and box["x"] + box["width"] <= width
