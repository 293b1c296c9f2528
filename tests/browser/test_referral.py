"""A referral as people weigh it: by keyboard alone, after a reload, with feedback, on paper, and
in 320 px."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from browser.conftest import Learner, ready, saved
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from browser.test_plan_and_board import ASSIGNMENT, KEEP_PRINT, reach, stored
from content.kinds import IDS, practice_id
from playwright.sync_api import Locator, expect


def lane(question: Locator, name: str) -> Locator:
    """A column of the board."""
    board = question.get_by_role("group", name="What the signs say").locator(".iop-lane")
    return board.filter(has_text=name)


def test_is_a_referral_weighed_by_keyboard_and_back_after_a_reload(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["referral"])
    sign = question.get_by_role("group", name="Sign g_a")
    reach(page, question, sign.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(sign.get_by_role("radio", name="Speaks for waiting")).to_be_checked()
    expect(lane(question, "Speaks for waiting")).to_contain_text("Sign g_a")
    expect(lane(question, "Speaks for waiting").locator(".iop-lane-count")).to_have_text("1 sign")
    expect(lane(question, "Speaks for it").locator(".iop-lane-count")).to_have_text("0 signs")
    expect(question.locator(".iop-spoken[aria-live]")).to_contain_text("1 of 4 signs")

    tab_to(page, sign.get_by_role("button", name="Take back: Sign g_a"))
    page.keyboard.press("Enter")
    expect(sign.get_by_role("radio").first).to_be_focused()
    expect(lane(question, "Speaks for waiting")).to_contain_text("Nothing here yet")
    page.keyboard.press("Space")
    options = question.get_by_role("radio", name=re.compile("^Option "))  # in this trainee's order
    tab_to(page, options.first)
    page.keyboard.press("Space")
    for _ in range(options.count()):
        if question.get_by_role("radio", name="Option prepare").is_checked():
            break
        page.keyboard.press("ArrowDown")
    hands = question.get_by_role("group", name="Deed d_c")
    hands.get_by_label("Somebody trained for it").check()
    saved(question)
    whole = {"signs": {"g_a": "ready"}, "decision": "prepare", "steps": {"d_c": "trained"}}
    assert stored(me, "referral") == whole

    page.reload()
    ready(page)
    again = me.item(IDS["referral"])
    expect(lane(again, "Speaks for it")).to_contain_text("Sign g_a")
    expect(again.get_by_role("radio", name="Option prepare")).to_be_checked()
    expect(hands.get_by_label("Somebody trained for it")).to_be_checked()


def test_is_a_referral_one_page_on_paper(learner: Callable[..., Learner], tmp_path: Path) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["referral"])
    question.get_by_role("group", name="Sign g_a").get_by_label("Speaks for it").check()
    question.get_by_label("Option drop").check()
    page.evaluate(KEEP_PRINT)
    question.get_by_text("Your referral note on one page").click()
    question.get_by_role("button", name="Print this note").click()
    page.wait_for_function("window.printed")
    sheet = page.context.new_page()
    sheet.set_content(page.evaluate("window.printed"))
    text = sheet.inner_text("body")
    assert "A referral for Nadia" in text and "Sign g_a" in text and "Option drop" in text
    assert "Sign g_b" not in text and "Option prepare" not in text
    printed = sheet.pdf(path=tmp_path / "note.pdf", format="Letter")
    assert re.findall(rb"/Type\s*/Pages.*?/Count (\d+)", printed, re.DOTALL) == [b"1"]
    sheet.close()


def test_does_practice_tell_why_on_a_narrow_page_in_light_and_dark(
    learner: Callable[..., Learner],
) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    question = me.item(practice_id("referral"))
    question.get_by_role("button", name="Check my referral").click()
    expect(question.locator(".iop-muted", has_text="Put at least one sign")).to_be_visible()
    assert question.locator(".iop-why").count() == 0

    question.get_by_role("group", name="Sign g_c").get_by_label("Speaks for it").check()
    question.get_by_label("Option at_once").check()
    question.get_by_role("button", name="Check my referral").click()
    expect(question.get_by_text("This could harm a client: It would come too")).to_be_visible()
    expect(question.get_by_text("This could harm a client: The nights could")).to_be_visible()
    expect(question.get_by_role("group", name="Sign g_a")).to_have_accessible_description(
        re.compile("No answer here yet")
    )
    # What nobody tried keeps its reason.
    assert "Because of prepare" not in question.inner_text()
    assert "Speaks for it or not for g_a" not in question.inner_text()

    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == [], "light"
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
