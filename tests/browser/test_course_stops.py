"""The server ends while a page is open, and comes back: one calm message, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from browser.conftest import Learner, ready, saved
from playwright.sync_api import expect

PAGE = "assignments/m00/m00.ipynb"
GONE = "The course has stopped on this computer."


def test_does_a_page_survive_the_end_of_the_server(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner()
    page = learner.open(PAGE)
    learner.item("m00-q01").locator("label").nth(0).click()
    saved(learner.item("m00-q01"))

    learner.stop_server()
    bar = page.locator(".iop-bar-status")
    expect(bar).to_contain_text(GONE)
    question = learner.item("m00-q01")
    question.locator("label").nth(2).click()
    chosen = question.get_by_role("radio").nth(2).get_attribute("value")
    learner.item("m00-w01").get_by_role("textbox").fill("Written while nothing ran.")
    expect(question.get_by_role("alert")).to_contain_text("kept in this browser")
    for name in ("Start here", "Start this page again"):
        page.get_by_role("navigation", name="Course").get_by_role("button", name=name).click()
    page.wait_for_timeout(3_000)
    expect(bar).to_contain_text(GONE)
    assert page.locator(".jp-Dialog").count() == 0
    assert question.get_by_role("button", name="Start this page again").count() == 0
    assert page.get_by_text("Starting this page again").count() == 0

    learner.start_server()
    ready(page)
    saved(learner.item("m00-q01"))
    saved(learner.item("m00-w01"))
    assert learner.answers("m00") == {"m00-q01": chosen, "m00-w01": "Written while nothing ran."}
    expect(page.get_by_text(GONE)).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
