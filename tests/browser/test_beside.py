"""What stands beside questions and text: remarks, private notes, warnings, words explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import Learner, ready, saved
from browser.test_answering import tab_to
from playwright.sync_api import expect

from iop_training.grading.cohort import copy_course
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.release import release

OFF = "Something is off with this question"
STANCE = "Would you act on this alone, check first, or ask?"
HOME, ASSIGNMENT = "Start here.ipynb", "assignments/m00/m00.ipynb"


@pytest.fixture(scope="session")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of this checkout, with everything these tests are about put into module 0."""
    folder = tmp_path_factory.mktemp("reading") / "course"
    copy_course(root, folder)
    bank = folder / "data" / "items" / "m00.yaml"
    text = bank.read_text(encoding="utf-8")
    for item in ("m00-f01", "m00-q01"):
        assert f"- id: {item}\n" in text
        text = text.replace(f"- id: {item}\n", f"- id: {item}\n    stance: true\n")
    bank.write_text(text, encoding="utf-8")
    release(folder, "m00")
    ensure_exchange(folder)
    return folder


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
