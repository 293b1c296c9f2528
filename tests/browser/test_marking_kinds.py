"""A document to mark and a transcript to code, as people use them: by keyboard alone, after a
reload, with feedback, over attempts, and in 320 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser.conftest import Learner, at_rest, ready, saved
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from content.kinds import IDS, practice_id
from playwright.sync_api import Locator, expect

ASSIGNMENT = "assignments/m00/m00.ipynb"


def stored(learner: Learner, kind: str) -> Any:
    """What the journal has of a kind's graded item, once choosing has come to rest."""
    at_rest(learner.page)
    return learner.answers("m00")[IDS[kind]]


def code_of(question: Locator, line: str) -> Locator:
    """The list of codes of a line."""
    return question.get_by_role("combobox", name=f"Code Counselor: Words {line}")


def test_is_a_document_marked_by_keyboard_and_kept(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["defects"])
    paper = question.get_by_role("group", name="Consent to share information")
    expect(paper.get_by_role("checkbox")).to_have_count(4)
    tab_to(page, paper.get_by_role("checkbox", name="Line to_whom"))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    tab_to(page, question.get_by_role("checkbox", name="Line expiry"))
    page.keyboard.press("Space")
    saved(question)
    assert stored(me, "defects") == {"lines": ["to_whom"], "missing": ["expiry"]}
    assert page.locator(".iop-why").count() == 0, "a graded item gave feedback"

    page.reload()
    ready(page)
    again = me.item(IDS["defects"])
    expect(again.get_by_role("checkbox", name="Line to_whom")).to_be_checked()
    expect(again.get_by_role("checkbox", name="Line expiry")).to_be_checked()
    expect(again.get_by_role("checkbox", name="Line what")).not_to_be_checked()


def test_is_a_transcript_coded_by_keyboard_and_kept(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["coding"])
    expect(question.get_by_role("combobox")).to_have_count(5)
    expect(question.get_by_text("Client: Words before")).to_be_visible()
    tab_to(page, code_of(question, "l1"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(question.get_by_text("Code closed: Fits when closed")).to_be_visible()
    page.keyboard.press("Tab")
    expect(code_of(question, "l2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    saved(question)
    expect(code_of(question, "l2")).to_be_focused()
    expect(question.get_by_text("2 of 5 lines have a code.")).to_be_visible()
    assert stored(me, "coding") == {"l1": "closed", "l2": "open"}
    code_of(question, "l1").select_option("")
    assert stored(me, "coding") == {"l2": "open"}

    page.reload()
    ready(page)
    expect(code_of(me.item(IDS["coding"]), "l2")).to_have_value("open")
    expect(page.get_by_text("0 of").first).to_be_visible()


def test_does_practice_say_what_must_change_and_what_may_stay(
    learner: Callable[..., Learner],
) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    question = me.item(practice_id("defects"))
    check = question.get_by_role("button", name="Check my answer")
    check.click()
    expect(question.get_by_text("Mark at least one line first.")).to_be_visible()
    for line in ("name", "what"):
        question.get_by_role("checkbox", name=f"Line {line}").check()
    check.click()
    told = {
        "name": "Not yet",
        "what": "Yes",
        "to_whom": "Still to mark",
        "expiry": "Still to mark",
    }
    for line, verdict in told.items():
        box = question.locator(".iop-choice", has_text=f"Line {line}")
        expect(box.locator(".iop-why > b")).to_have_text(verdict)
    left = question.locator(".iop-choice", has_text="Line to_whom")
    expect(left).to_contain_text("Better: To the doctor who is named here")
    expect(left).to_contain_text("This could harm a client: The file could reach")
    quiet = question.locator(".iop-choice", has_text="Line purpose")
    expect(quiet.locator(".iop-why")).to_have_text("Because of purpose")
    assert sideways(page) == [] and serious(page) == []
    question.get_by_role("checkbox", name="Line name").uncheck()
    expect(question.locator(".iop-why")).to_have_count(0)


def test_does_practice_show_agreement_over_attempts_in_320_px(
    learner: Callable[..., Learner],
) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    question = me.item(practice_id("coding"))
    check = question.get_by_role("button", name="Check my codes")
    check.click()
    expect(question.get_by_text("Give at least one line a code first.")).to_be_visible()
    for line, code in (("l1", "open"), ("l2", "closed"), ("l4", "open")):
        code_of(question, line).select_option(code)
    check.click()
    expect(question.get_by_text("You agree with the expert on 2 of 5 lines (40%).")).to_be_visible()
    expect(question.get_by_text("too few lines to judge by")).to_be_visible()
    shown = question.locator(".iop-choice .iop-why > b").all_inner_texts()
    assert sorted(shown) == ["No answer here yet"] * 2 + ["Not yet"] + ["Yes"] * 2
    table = question.get_by_role("table")
    expect(table.get_by_role("row", name="No code yet Code back 1")).to_be_visible()
    expect(question.locator(".iop-attempts")).to_have_count(0)
    for line, code in (("l2", "open"), ("l3", "closed"), ("l5", "back")):
        code_of(question, line).select_option(code)
    expect(table).to_have_count(0)
    check.click()
    attempts = question.locator(".iop-attempts li")
    expect(attempts).to_have_count(2)
    expect(attempts.last).to_contain_text("1.00 (no interval)")

    page.reload()
    ready(page)
    me.item(practice_id("coding")).get_by_role("button", name="Check my codes").click()
    expect(me.item(practice_id("coding")).locator(".iop-attempts li")).to_have_count(2)
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == [], "light"
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
