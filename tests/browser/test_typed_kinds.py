"""Numbers, short texts and weeks as people use them: by keyboard alone, by mouse, after a reload,
with feedback, and in 320 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser.conftest import Learner, at_rest, ready, saved
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from content.kinds import IDS, practice_id
from playwright.sync_api import Locator, expect

ASSIGNMENT = "assignments/m00/m00.ipynb"
NO_NUMBER = "This is not a number yet: type digits such as 9 or 9.5."


def stored(learner: Learner, kind: str) -> Any:
    """What the journal has of a kind's graded item, once typing has come to rest."""
    at_rest(learner.page)
    return learner.answers("m00")[IDS[kind]]


def day_of(question: Locator, activity: str) -> Locator:
    """The list of days of an activity."""
    return question.get_by_role("combobox", name=f"Activity {activity}")


def tick(question: Locator, activity: str) -> Locator:
    """The checkbox of an activity."""
    return question.get_by_role(
        "checkbox", name=f"Counts as clinical hours Activity {activity}", exact=False
    )


def test_is_typing_kept_as_typed_with_the_cursor_where_it_was(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    number, text = me.item(IDS["numeric"]), me.item(IDS["short_text"])
    box = number.get_by_role("textbox")
    expect(box).to_have_accessible_description("clinical hours a week")
    tab_to(page, box)
    page.keyboard.type("ten hours")
    expect(number.get_by_text(NO_NUMBER)).to_be_visible()
    saved(number)
    assert stored(me, "numeric") == "ten hours"

    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Delete")
    page.keyboard.type("9,5")
    expect(number.get_by_text(NO_NUMBER)).to_have_count(0)
    saved(number)
    at_rest(page)
    # Being saved has moved neither the focus nor the cursor.
    page.keyboard.type("0")
    assert box.input_value() == "9,50 hours"
    page.keyboard.press("Tab")
    tab_to(page, text.get_by_role("textbox"))
    page.keyboard.type("  Narcan ")
    saved(text)
    assert (stored(me, "numeric"), stored(me, "short_text")) == ("9,50 hours", "  Narcan ")
    assert page.locator(".iop-why").count() == 0, "a graded item gave feedback"

    page.reload()
    ready(page)
    expect(me.item(IDS["numeric"]).get_by_role("textbox")).to_have_value("9,50 hours")
    expect(me.item(IDS["short_text"]).get_by_role("textbox")).to_have_value("  Narcan ")


def test_does_practice_name_the_slip_and_then_the_reason(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open("Start here.ipynb")
    number, text = me.item(practice_id("numeric")), me.item(practice_id("short_text"))
    for question, told in (
        (number, {"": "Type a number first", "ten": NO_NUMBER, "11.5": "lunch is no clinical"}),
        (
            text,
            {"": "Type your answer", "nalaxone": "Close: check the spelling.", "rest": "naloxone"},
        ),
    ):
        box, check = question.get_by_role("textbox"), question.get_by_role("button", name="Check")
        for typed, says in told.items():
            box.fill(typed)
            check.click()
            expect(question.get_by_text(says).last).to_be_visible()
            slipped = typed in ("ten", "nalaxone")
            if slipped:
                assert "Better:" not in question.inner_text()
        assert "Better:" in question.inner_text()
        described = box.evaluate(
            "box => box.getAttribute('aria-describedby').split(' ')"
            ".map(id => document.getElementById(id).textContent).join(' ')"
        )
        assert "Better:" in described
        box.fill(typed + "!")
        expect(question.locator(".iop-why")).to_have_count(0)
    assert serious(page) == []


def test_is_a_week_planned_by_keyboard_and_told_as_it_grows(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["schedule"])
    expect(question.get_by_text("Nothing is in the week yet.")).to_be_visible()
    expect(tick(question, "group_a")).to_be_disabled()
    tab_to(page, day_of(question, "group_a"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(tick(question, "group_a")).to_be_checked()
    expect(tick(question, "group_a")).to_be_focused()
    spoken = question.locator(".iop-spoken[aria-live]")
    expect(spoken).to_have_text(
        "Activity group_a: Tuesday. Activity group_a: counted. Counted so far: 3 hours on 1 day."
    )
    saved(question)
    expect(tick(question, "group_a")).to_be_focused()
    tuesday = question.get_by_role("listitem").filter(has_text="Tuesday").first
    expect(tuesday.locator(".iop-block.is-counted")).to_have_text("Activity group_a3 h, counted")
    assert stored(me, "schedule") == {"days": {"group_a": "tue"}, "counts": ["group_a"]}

    day_of(question, "lunch").select_option("Tuesday")
    expect(tuesday.locator(".iop-block:not(.is-counted)")).to_contain_text("Activity lunch")
    expect(tuesday.locator(".iop-day-total")).to_have_text("3 h")
    day_of(question, "individual").select_option("Sunday")
    tick(question, "individual").check()
    expect(question.get_by_text("Counted so far: 4 hours on 2 days.").first).to_be_visible()
    day_of(question, "group_a").select_option("Not in the week")
    expect(tick(question, "group_a")).not_to_be_checked()
    expect(spoken).to_contain_text("Activity group_a: not in the week.")
    week = {"days": {"individual": "sun", "lunch": "tue"}, "counts": ["individual"]}
    assert stored(me, "schedule") == week

    page.reload()
    ready(page)
    again = me.item(IDS["schedule"])
    expect(day_of(again, "lunch")).to_have_value("tue")
    expect(tick(again, "individual")).to_be_checked()
    expect(again.get_by_text("Counted so far: 1 hour on 1 day.").first).to_be_visible()


def test_does_practice_say_what_a_week_needs_in_320_px(learner: Callable[..., Learner]) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    question = me.item(practice_id("schedule"))
    check = question.get_by_role("button", name="Check my answer")
    check.click()
    expect(question.get_by_text("Put something on a day first.")).to_be_visible()
    for activity, day in (("group_a", "Monday"), ("individual", "Monday"), ("lunch", "Friday")):
        day_of(question, activity).select_option(day)
        tick(question, activity).check()
    check.click()
    needs = question.locator(".iop-checklist")
    expect(needs).to_contain_text("Not yet. Clinical hours in the week: 4 hours")
    expect(needs).to_contain_text("Better: 9 to 12 hours")
    expect(needs).to_contain_text("Yes. Activity individual: Monday")
    assert question.locator(".iop-choice .iop-why").count() == 3
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == [], "light"
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
    tick(question, "lunch").uncheck()
    expect(needs).to_have_count(0)
