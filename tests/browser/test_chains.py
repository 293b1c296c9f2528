"""Chains as people use them: by keyboard alone, after a reload, with feedback, on paper, and in
320 px."""

from __future__ import annotations

import re
from collections.abc import Callable

from browser.conftest import Learner, ready, saved
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from browser.test_plan_and_board import KEEP_PRINT, reach, stored
from content.kinds import IDS, practice_id
from playwright.sync_api import Locator, expect

ASSIGNMENT = "assignments/m00/m00.ipynb"


def link(question: Locator, name: str) -> Locator:
    """A link in the picture."""
    return question.locator(".iop-link", has=question.page.get_by_text(f"Link {name}", exact=True))


def test_is_a_chain_filled_and_cut_by_keyboard_and_back_after_a_reload(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["chain"])
    standing = question.locator(".iop-plan-head")
    expect(standing).to_contain_text("0 of 5 places filled")
    bus = question.get_by_label("Part bus")
    reach(page, question, bus)
    page.keyboard.type("Link b")
    expect(bus).to_have_value("before")
    expect(link(question, "before").locator(".iop-held")).to_contain_text("Part bus")
    tense = question.get_by_label("Part tense")
    tense.select_option("thought")
    expect(standing).to_contain_text("2 of 5 places filled")
    spoken = question.locator(".iop-spoken[aria-live]")
    expect(spoken).to_contain_text("Part tense: Link thought. 2 of 5 places filled.")
    # A full link takes no more, and says so.
    full = question.get_by_label("Part he_says").locator("option", has_text="Link thought")
    expect(full).to_have_text("Link thought (full)")
    expect(full).to_be_disabled()
    assert question.get_by_label("Part bus").locator("option", has_text="Link use").count() == 0

    question.get_by_label("Part ana").select_option("Link before")
    question.get_by_label("Part boss").select_option("Would not have helped")
    expect(link(question, "before").locator(".iop-cuts")).to_contain_text("Part ana")
    reach(page, question, question.get_by_text("In your own words"))
    page.keyboard.press("Enter")
    tab_to(page, question.get_by_role("textbox", name="Link use"))
    page.keyboard.type("Two bags")
    expect(link(question, "use")).to_contain_text("Two bags")
    saved(question)
    assert stored(me, "chain") == {
        "pieces": {"bus": "before", "tense": "thought"},
        "breaks": {"ana": "before", "boss": ""},
        "own": {"use": "Two bags"},
    }

    page.reload()
    ready(page)
    again = me.item(IDS["chain"])
    expect(again.locator(".iop-plan-head")).to_contain_text("2 of 5 places filled")
    expect(again.get_by_label("Part boss")).to_have_value("-")
    expect(again.get_by_role("textbox", name="Link use")).to_have_value("Two bags")
    expect(link(again, "before").locator(".iop-cuts")).to_contain_text("Part ana")


def test_is_a_chain_one_page_on_paper(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["chain"])
    question.get_by_label("Part bus").select_option("Link before")
    page.evaluate(KEEP_PRINT)
    button = question.get_by_role("button", name="Print this chain")
    button.click()
    page.wait_for_function("window.printed")
    expect(button).to_be_focused()

    sheet = page.context.new_page()
    sheet.set_content(page.evaluate("window.printed"))
    assert "Part bus" in sheet.inner_text("body")
    assert "Part tense" not in sheet.inner_text("body")
    assert "fictional person" in sheet.inner_text("body")
    for paper in ("A4", "Letter"):
        printed = sheet.pdf(format=paper)
        assert re.findall(rb"/Type\s*/Pages.*?/Count (\d+)", printed, re.DOTALL) == [b"1"], paper
    sheet.close()


def test_does_practice_say_why_in_little_room(learner: Callable[..., Learner]) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    chain = me.item(practice_id("chain"))
    chain.get_by_role("button", name="Check my chain").click()
    expect(chain.locator(".iop-muted", has_text="first")).to_be_visible()

    chain.get_by_label("Part weak").select_option("Link thought")
    chain.get_by_label("Part shame").select_option("Would not have helped")
    chain.get_by_role("button", name="Check my chain").click()
    chain.locator(".iop-choice .iop-why").first.wait_for()
    # What nobody has tried keeps its secret, until every place is filled.
    assert chain.locator(".iop-choice .iop-why").count() == 2
    assert "This could harm a client" in chain.inner_text()
    expect(chain.get_by_text("Rightly left")).to_be_visible()
    chain.get_by_text("In your own words").click()
    chain.get_by_role("textbox", name="Link use").fill("Mine")
    expect(chain.locator(".iop-choice .iop-why").first).to_be_visible()

    for piece, place in (("payday", "before"), ("bus", "before"), ("tense", "feeling")):
        chain.get_by_label(f"Part {piece}").select_option(f"Link {place}")
    chain.get_by_label("Part relief").select_option("Link after")
    assert chain.locator(".iop-choice .iop-why").count() == 0
    chain.get_by_role("button", name="Check my chain").click()
    expect(chain.get_by_text("This has its place")).to_be_visible()
    expect(chain.get_by_text("Better: Link thought or Link feeling")).to_be_visible()

    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == [], "light"
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
