"""Plans and boards as people use them: by keyboard alone, after a reload, with feedback, on paper,
and in 320 px."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from browser.conftest import Learner, at_rest, ready, saved
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from content.kinds import IDS, practice_id
from playwright.sync_api import Locator, Page, expect

ASSIGNMENT = "assignments/m00/m00.ipynb"
# What the frame would print, kept instead of printed.
KEEP_PRINT = """() => {
  const { get } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "contentWindow");
  Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get() {
    const found = get.call(this);
    if (found && this.className === "iop-print-frame") found.print = () => {
      window.printed = `<!DOCTYPE html>${found.document.documentElement.outerHTML}`;
      setTimeout(() => found.dispatchEvent(new Event("afterprint")));
    };
    return found;
  } });
}"""


def stored(learner: Learner, kind: str) -> Any:
    """What the journal has of a kind's graded item, once typing has come to rest."""
    at_rest(learner.page)
    return learner.answers("m00")[IDS[kind]]


def order(question: Locator) -> list[str]:
    """The actions in the order they are done."""
    rows = question.get_by_role("group", name="Your order").get_by_role("listitem")
    return [text.split("\n")[0].removeprefix("Do ") for text in rows.all_inner_texts()]


def reach(page: Page, question: Locator, target: Locator) -> None:
    """By Tab from the head of the question, where the lists of unanswered questions lead."""
    question.locator(".iop-group").first.focus()
    tab_to(page, target)


def press(page: Page, question: Locator, target: Locator) -> None:
    reach(page, question, target)
    page.keyboard.press("Enter")


def test_is_a_plan_filled_by_keyboard_and_back_after_a_reload(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["plan"])
    expect(question.get_by_text("0 of 3 steps").first).to_be_visible()
    signs = question.get_by_role("group", name="Step signs")
    reach(page, question, signs.get_by_role("checkbox", name="Entry s_a"))
    page.keyboard.press("Space")
    tab_to(page, signs.get_by_label("In your own words"))
    page.keyboard.type("After nine in the evening")
    expect(question.get_by_text("1 of 3 steps").first).to_be_visible()
    sheet = question.locator(".iop-sheet")
    expect(sheet).to_contain_text("Entry s_a")
    expect(sheet).to_contain_text("After nine in the evening")

    coping = question.get_by_role("group", name="Step coping")
    coping.get_by_label("Entry c_b").check()
    expect(coping.get_by_label("Entry c_a")).to_be_disabled()
    expect(coping.get_by_text("1 of 1 chosen. Take one out")).to_be_visible()
    coping.get_by_label("Entry c_b").uncheck()
    coping.get_by_label("Entry c_a").check()
    saved(question)
    whole = {
        "signs": {"picked": ["s_a"], "own": "After nine in the evening"},
        "coping": {"picked": ["c_a"]},
    }
    assert stored(me, "plan") == whole
    assert page.get_by_text("0 of").count()  # a plan with an empty step is not answered yet

    page.reload()
    ready(page)
    again = me.item(IDS["plan"])
    expect(again.get_by_label("Entry s_a")).to_be_checked()
    box = again.get_by_role("group", name="Step signs").get_by_label("In your own words")
    expect(box).to_have_value("After nine in the evening")
    expect(again.get_by_label("Entry c_b")).to_be_disabled()


def test_is_a_plan_one_page_on_paper(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["plan"])
    question.get_by_label("Entry s_a").check()
    page.evaluate(KEEP_PRINT)
    button = question.get_by_role("button", name="Print this plan")
    button.click()
    page.wait_for_function("window.printed")
    expect(page.locator(".iop-print-frame")).to_have_count(0)
    expect(button).to_be_focused()

    sheet = page.context.new_page()
    sheet.set_content(page.evaluate("window.printed"))
    assert "Entry s_a" in sheet.inner_text("body")
    assert "Entry s_b" not in sheet.inner_text("body")
    for paper in ("A4", "Letter"):
        printed = sheet.pdf(format=paper)
        assert re.findall(rb"/Type\s*/Pages.*?/Count (\d+)", printed, re.DOTALL) == [b"1"], paper
    sheet.close()


def test_is_a_board_worked_by_keyboard_with_the_focus_kept(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["board"])
    clock = question.locator(".iop-clock-time")
    expect(clock).to_have_text("Case clock: minute 0 of 40")
    for name in ("talk", "nurse", "file"):
        press(page, question, question.get_by_role("button", name=f"Do next: Do {name}"))
    expect(question.get_by_role("button", name="Take out: Do file").first).to_be_focused()
    expect(clock).to_have_text("Case clock: minute 30 of 40")
    assert order(question) == ["talk", "nurse", "file"]

    long = question.get_by_role("button", name="Do next: Do walk")
    expect(long).to_have_attribute("aria-disabled", "true")
    press(page, question, long)
    expect(long).to_be_focused()
    spoken = question.locator(".iop-spoken[aria-live]")
    expect(spoken).to_contain_text("does not fit into the 10 minutes left")
    assert order(question) == ["talk", "nurse", "file"]

    up = question.get_by_role("button", name="Move up: Do nurse")
    press(page, question, up)
    expect(up).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert order(question) == ["nurse", "talk", "file"]
    last = question.get_by_role("group", name="Your order").get_by_role(
        "button", name="Take out: Do file"
    )
    press(page, question, last)
    expect(question.get_by_role("button", name="Do next: Do file")).to_be_focused()
    saved(question)
    assert stored(me, "board") == ["nurse", "talk"]

    page.reload()
    ready(page)
    again = me.item(IDS["board"])
    expect(again.locator(".iop-clock-time")).to_have_text("Case clock: minute 18 of 40")
    assert order(again) == ["nurse", "talk"]


def test_does_practice_say_why_in_little_room(learner: Callable[..., Learner]) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    plan, board = me.item(practice_id("plan")), me.item(practice_id("board"))
    for question in (plan, board):
        question.get_by_role("button", name="Check my").click()
        expect(question.locator(".iop-muted", has_text="first")).to_be_visible()
        assert question.locator(".iop-why").count() == 0

    plan.get_by_label("Entry c_c").check()
    plan.get_by_role("button", name="Check my plan").click()
    plan.locator(".iop-choice .iop-why").first.wait_for()
    assert "This could harm a client" in plan.inner_text()
    # Steps that nobody has tried keep their secret.
    assert plan.get_by_role("group", name="Step signs").locator(".iop-why").count() == 0
    plan.get_by_label("In your own words").first.fill("Mine")
    expect(plan.locator(".iop-choice .iop-why").first).to_be_visible()

    for name in ("talk", "nurse"):
        board.get_by_role("button", name=f"Do next: Do {name}").click()
    board.get_by_role("button", name="Check my order").click()
    board.locator(".iop-choice .iop-why").first.wait_for()
    expect(board.get_by_text("Begun at minute 10")).to_be_visible()
    expect(board.get_by_text("Better: Do nurse or Do walk, before all else")).to_be_visible()

    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == [], "light"
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
