"""From page to page: the map, what comes next, and who one is."""

from __future__ import annotations

from collections.abc import Callable

from browser.conftest import Learner, ready
from playwright.sync_api import Page, expect


def press(page: Page, name: str) -> None:
    """Press a button of the bar."""
    bar = page.get_by_role("navigation", name="Course")
    bar.get_by_role("button", name=name).click()


def test_does_the_bar_lead_to_the_map_and_to_the_start(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open("assignments/m00/m00.ipynb")
    press(page, "Course map")
    pages = page.get_by_role("list", name="Course map")
    expect(pages).to_be_focused(timeout=30_000)
    expect(pages.get_by_role("link").first).to_be_in_viewport()
    names = pages.get_by_role("link").all_inner_texts()
    assert len(set(names)) == len(names)
    assert "Start here: practice hand-in" in names
    expect(pages.get_by_text("you are here")).to_have_count(1)
    first_week = pages.get_by_role("listitem").filter(has_text="First week")
    before = first_week.get_by_text("Finish this before you sit with a client.", exact=True)
    expect(before).to_have_count(2)
    expect(first_week.first.get_by_role("link")).to_be_visible()

    press(page, "Start here")
    expect(page.locator(".iop-page:visible .is-head")).to_be_in_viewport()
    press(page, "Course map")
    expect(pages).to_be_focused()
    expect(pages.get_by_role("link").first).to_be_in_viewport()


def test_is_the_next_page_one_press_away(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner(exchange=False)
    page = learner.open("Start here.ipynb")
    page.get_by_role("link", name="Next: Start here: practice hand-in").click()
    expect(page.locator(".iop-bar-title")).to_have_text("Start here: practice hand-in")
    ready(page)
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_role("button", name="Hand in anyway").click()
    next_link = page.locator(".iop-page:visible").get_by_role("link", name="Next: ")
    next_link.wait_for(timeout=60_000)
    title = next_link.inner_text().removeprefix("Next: ")
    next_link.click()
    expect(page.locator(".iop-bar-title")).to_have_text(title)


def test_does_the_focus_stay_near_when_an_id_is_chosen(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner(name=None)
    page = learner.open("Start here.ipynb")
    box = page.get_by_label("Choose your id")
    box.fill("ann lee")
    box.press("Enter")
    expect(page.get_by_text("“ann lee” can't be an id")).to_be_visible()
    expect(box).to_be_focused()
    box.fill("ann-lee")
    box.press("Enter")
    who = page.get_by_text("You are signed in as ann-lee")
    expect(who).to_be_focused()
    page.get_by_role("button", name="Use another id").click()
    expect(box).to_be_focused()
    page.get_by_role("button", name="Keep my id").press("Enter")
    expect(who).to_be_focused()
    page.wait_for_timeout(500)
    expect(who).to_be_focused()


def test_is_the_list_of_what_is_unanswered_not_redrawn_under_a_press(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open("assignments/m00/m00.ipynb")
    page.get_by_role("button", name="Show what is unanswered").first.click()
    last = page.locator(".is-head .iop-jumps button").last
    learner.item("m00-w01").get_by_role("textbox").press_sequentially("Some words.")
    last.hover()
    page.mouse.down()
    page.wait_for_timeout(1_000)
    page.mouse.up()
    expect(page.locator("#iop-m00-w01")).to_be_focused()
    expect(page.locator(".is-head .iop-jumps button")).to_have_count(2)
