"""What stands beside questions and text: remarks, private notes, warnings, words explained, a
client's diary cards."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import Learner, ready, saved
from browser.reading_course import make_course
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from playwright.sync_api import Locator, Page, expect

OFF = "Something is off with this question"
STANCE = "Would you act on this alone, check first, or ask?"
PROMPT = "What do you bring"
HOME, ASSIGNMENT = "Start here.ipynb", "assignments/m00/m00.ipynb"


@pytest.fixture(scope="session")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of this checkout, with everything these tests are about put into module 0."""
    return make_course(root, tmp_path_factory.mktemp("reading") / "course")


def test_are_remarks_given_by_keyboard_kept_and_handed_in(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    practice = learner.item("m00-f01")
    tab_to(page, practice.get_by_role("button", name=OFF))
    page.keyboard.press("Enter")
    page.keyboard.type("Both fit.")
    saved(practice.locator(".iop-remark"))

    page = learner.open(ASSIGNMENT)
    question = learner.item("m00-q01")
    stance = question.get_by_role("group", name=STANCE)
    tab_to(page, stance.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(stance.get_by_label("Check first")).to_be_checked()
    tab_to(page, question.get_by_role("button", name=OFF))
    page.keyboard.press("Space")
    box = question.get_by_label("What is off?")
    expect(box).to_be_focused()
    page.keyboard.type("a b x dd <b>two fit</b>")
    saved(question.locator(".iop-remark"))
    page.reload()
    ready(page)
    expect(box).to_have_value("a b x dd <b>two fit</b>")
    expect(stance.get_by_label("Check first")).to_be_checked()
    assert learner.answers("m00") == {}
    assert learner.record("m00").said("stance") == {"m00-q01": "check"}

    hand_in = page.get_by_role("button", name="Hand in", exact=True)
    expect(page.get_by_text("2 remarks on questions")).to_be_visible()
    expect(page.get_by_text("In the lesson: Both fit.")).to_be_visible()
    tab_to(page, hand_in)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Hand in anyway").click()
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)
    expect(page.locator(".iop-stances li").nth(1)).to_have_text("1 Check first")


def private(learner: Learner) -> dict[str, str]:
    """What the private files of the workspace hold, by note."""
    folder = learner.workspace / "private" / "ann"
    return {path.stem: json.loads(path.read_text())["text"] for path in folder.glob("*.json")}


def test_is_a_private_text_kept_restored_and_deleted_by_keyboard(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    box = page.get_by_label(PROMPT)
    card = page.locator(".is-private")
    expect(card.get_by_text("never handed in")).to_be_visible()
    tab_to(page, box)
    page.keyboard.type("Mine alone. dd 00")
    saved(card)
    page.reload()
    ready(page)
    expect(box).to_have_value("Mine alone. dd 00")
    assert private(learner) == {"m00-r09": "Mine alone. dd 00"}

    tab_to(page, card.get_by_role("button", name="Delete what I wrote"))
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name="Delete it for good")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_text("Deleted. Nothing of it is kept.")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.wait_for_timeout(700)
    assert private(learner) == {}
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('private'))") == []
    page.reload()
    ready(page)
    expect(box).to_have_value("")


def test_is_a_text_kept_that_was_written_while_the_kernel_died(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    page.get_by_label(PROMPT).fill("First.")
    saved(page.locator(".is-private"))
    learner.end_kernel()
    page.get_by_label(PROMPT).fill("Second.")
    remark = learner.item("m00-f01")
    remark.get_by_role("button", name=OFF).click()
    remark.get_by_label("What is off?").fill("Third.")
    page.get_by_text("Not saved yet").or_(page.get_by_text("Saving")).first.wait_for()
    page.wait_for_timeout(1_000)
    page.reload()
    ready(page)
    saved(page.locator(".is-private"))
    saved(remark.locator(".iop-remark"))
    assert private(learner) == {"m00-r09": "Second."}
    expect(remark.get_by_label("What is off?")).to_have_value("Third.")


def test_do_boxes_say_when_they_seem_to_hold_a_real_persons_details(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    warning = page.get_by_text("Leave real people’s details out.")
    places = {
        "written": learner.item("m00-f03").get_by_role("textbox").first,
        "private": page.get_by_label(PROMPT),
    }
    for box in places.values():
        box.fill("Call 988. Nine to 19 hours at Level 2.1 (42 CFR Part 2).")
        expect(warning).to_have_count(0)
        box.fill("She can be reached at 410-555-0142.")
        expect(warning).to_have_text(
            "This looks like a phone number. Leave real people’s details out."
        )
        box.fill("She can be reached.")
        expect(warning).to_have_count(0)


def overlap(page: Page, word: Locator) -> bool:
    """Whether the box that is open lies over the word it explains."""
    box, term = page.locator(".iop-gloss-box:popover-open").bounding_box(), word.bounding_box()
    assert box and term
    return not (
        box["x"] + box["width"] <= term["x"]
        or term["x"] + term["width"] <= box["x"]
        or box["y"] + box["height"] <= term["y"]
        or term["y"] + term["height"] <= box["y"]
    )


def test_is_a_word_explained_by_mouse_and_by_keyboard(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    for width, height in ((1280, 720), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        page.get_by_role("button", name="Light / dark").focus()
        word_explained(page, width, height)


def word_explained(page: Page, width: int, height: int) -> None:
    """Open and close a word's box in each way, in a window of this size."""
    word = page.get_by_role("button", name="step down")
    meaning = page.get_by_role("note", name="step down")
    expect(word).to_have_attribute("aria-expanded", "false")
    for key in ("Enter", "Space"):
        tab_to(page, word)
        page.keyboard.press(key)
        expect(meaning).to_be_visible()
        expect(meaning).to_contain_text("To move to a lighter level of care")
        expect(word).to_have_attribute("aria-expanded", "true")
        assert not overlap(page, word)
        bounds = meaning.bounding_box()
        assert bounds and bounds["x"] >= 0 and bounds["x"] + bounds["width"] <= width
        assert bounds["y"] >= 0 and bounds["y"] + bounds["height"] <= height
        assert sideways(page) == []
        page.keyboard.press("Escape")
        expect(meaning).to_be_hidden()
        expect(word).to_be_focused()
    word.click()
    expect(meaning).to_be_visible()
    page.mouse.click(width / 2, height - 4)
    expect(meaning).to_be_hidden()


def test_do_words_lead_to_the_list_where_course_mode_does_not_open_them(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner(own_window=True)
    learner.page.add_init_script("delete HTMLElement.prototype.popover")
    page = learner.open(HOME)
    page.get_by_role("link", name="step down").click()
    entry = page.locator('[id="glossary:test-step-down"]')
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("To move to a lighter level of care")


def test_is_a_week_of_diary_cards_chosen_with_the_arrow_keys(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 720})
        week_chosen(page)


def week_chosen(page: Page) -> None:
    """Go from the first week to the third, read the table, and go back."""
    weeks = page.get_by_role("group", name="Look at one week").get_by_role("radio")
    expect(weeks).to_have_count(4)
    expect(page.get_by_role("region", name="Week 1", exact=True)).to_be_visible()
    tab_to(page, weeks.first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(weeks.nth(2)).to_be_focused()
    third = page.get_by_role("region", name="Week 3", exact=True)
    expect(third.get_by_role("img", name="The card is empty on Wednesday")).to_be_visible()
    expect(third.get_by_role("row", name="Shame").get_by_role("cell")).to_have_count(7)
    expect(page.get_by_role("region", name="Week 1", exact=True)).to_be_hidden()
    side_by_side = page.get_by_text("The weeks side by side, as a table")
    side_by_side.click()
    expect(page.get_by_role("row", name="Used: days 0 1 1 0")).to_be_visible()
    assert sideways(page) == []
    side_by_side.click()
    weeks.first.check()


def test_is_no_serious_finding_in_all_this(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner()
    page = learner.open(HOME)
    question = learner.item("m00-f01")
    question.get_by_label("Check first").check()
    question.get_by_role("button", name=OFF).click()
    question.get_by_label("What is off?").fill("Call 410-555-0142.")
    saved(question.locator(".iop-remark"))
    page.get_by_label(PROMPT).fill("Mine.")
    saved(page.locator(".is-private"))
    word = page.get_by_role("button", name="IOP", exact=True)
    for colors in ("light", "dark"):
        if colors == "dark":
            change_colors(page, to=colors)
        word.click()
        page.locator(".iop-gloss-box:popover-open").wait_for()
        assert serious(page) == [], colors
