"""The questions at the end of a lesson as people answer them: by keyboard, reloaded, in 320 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser.conftest import Learner, at_rest, ready
from browser.test_accessible import serious
from browser.test_answering import sideways, tab_to
from playwright.sync_api import Locator, Page, expect

from iop_training.responses import journal_path, read_journal

TITLE = "What do you think of this module?"


def opinions(page: Page) -> Locator:
    return page.get_by_role("region", name=TITLE)


def said(me: Learner) -> dict[str, Any]:
    """What the lesson's journal has about the lesson, once typing has come to rest."""
    at_rest(me.page)
    remarks = read_journal(journal_path(me.workspace, "m00")).remarks
    return {name: remark.value for (about, name), remark in remarks.items() if about == "m00"}


def test_are_the_questions_answered_by_keyboard_and_each_may_be_left_out(
    learner: Callable[..., Learner],
) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    part = opinions(page)
    expect(part).to_contain_text("Your supervisor and those who write the course read this")
    expect(part.get_by_role("group")).to_have_count(4)
    pace = part.get_by_role("group", name="Were pace and difficulty right for you?")
    expect(pace.get_by_role("radio", name="No answer")).to_be_checked()
    clear = part.get_by_role("group", name="Was this module clear?")
    clear.get_by_role("radio", name="No answer").focus()
    tab_to(page, pace.get_by_role("radio", name="No answer"))
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(pace.get_by_role("radio", name="Just right")).to_be_checked()
    box = part.get_by_label("What is one thing that you would change?")
    tab_to(page, box)
    page.keyboard.type("Shorter <b>please</b>")
    expect(part.locator(".iop-status", has_text="Saved").first).to_be_visible()
    assert said(me) == {"pace": "right", "change": "Shorter <b>please</b>"}

    page.reload()
    ready(page)
    expect(pace.get_by_role("radio", name="Just right")).to_be_checked()
    expect(box).to_have_value("Shorter <b>please</b>")
    pace.get_by_role("radio", name="No answer").check()
    assert said(me)["pace"] == ""

    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == []
