"""The kinds in which things have a place, and forms, as people use them: by mouse, by keyboard
alone, after a reload, with feedback, and in 320 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser.conftest import Learner, at_rest, ready, saved
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways, tab_to
from content.kinds import IDS, practice_id
from factories import EVERY_KIND
from playwright.sync_api import Locator, expect

ASSIGNMENT = "assignments/m00/m00.ipynb"


def stored(learner: Learner, kind: str) -> Any:
    """What the journal has of a kind's graded item."""
    return learner.answers("m00")[IDS[kind]]


def lines(question: Locator) -> list[str]:
    """The ids of an ordering's lines as they stand."""
    found: list[str] = question.locator("[data-step]").evaluate_all(
        "nodes => nodes.map(node => node.dataset.step)"
    )
    return found


def test_is_an_order_made_by_keyboard_with_the_focus_kept(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["ordering"])
    first = lines(question)
    assert first == EVERY_KIND["ordering"](id=IDS["ordering"]).display_order("")
    expect(question.get_by_text("choose “This order is right”")).to_be_visible()

    up = question.get_by_role("button", name=f"Move up: Step {first[2]}")
    tab_to(page, up)
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    spoken = question.locator(".iop-spoken[aria-live]")
    expect(spoken).to_have_text(f"Step {first[2]} moved to 2 of 4")
    page.keyboard.press("ArrowUp")
    expect(spoken).to_have_text(f"Step {first[2]} moved to 1 of 4")
    page.keyboard.press("ArrowUp")
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowDown")
    saved(question)
    expect(up).to_be_focused()
    wanted = [first[0], first[2], first[1], first[3]]
    assert lines(question) == wanted
    at_rest(page)
    assert stored(me, "ordering") == wanted

    page.reload()
    ready(page)
    expect(me.item(IDS["ordering"]).locator("[data-step]").nth(1)).to_contain_text(wanted[1])
    assert lines(me.item(IDS["ordering"])) == wanted


def test_may_an_order_stay_as_it_is_or_be_dragged(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["ordering"])
    first = lines(question)
    question.get_by_role("button", name="This order is right").click()
    saved(question)
    expect(question.get_by_role("button", name="This order is your answer")).to_be_focused()
    at_rest(page)
    assert stored(me, "ordering") == first

    boxes = question.locator("[data-step]")
    boxes.nth(3).drag_to(boxes.nth(0), target_position={"x": 60, "y": 4})
    wanted = [first[3], *first[:3]]
    at_rest(page)
    assert lines(question) == wanted == stored(me, "ordering")


def test_does_an_answer_go_to_one_prompt_and_come_back(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["matching"])
    selects = [question.get_by_label(f"Line p{n}") for n in (1, 2, 3)]
    selects[0].select_option("a1")
    selects[1].select_option("a1")
    expect(selects[0]).to_have_value("")
    expect(question.locator(".iop-spoken[aria-live]")).to_have_text(
        f"{_letter(question, 'a1')} moved here from: Line p1"
    )
    selects[0].select_option("a2")
    selects[2].select_option("a4")
    selects[2].select_option("")
    saved(question)
    at_rest(page)
    assert stored(me, "matching") == {"p1": "a2", "p2": "a1"}

    # Going through a closed list with the arrow keys passes answers of other lines.
    tab_to(page, selects[2])
    page.keyboard.press("ArrowDown")
    expect(selects[2]).not_to_have_value("")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    assert [s.input_value() for s in selects] == ["a2", "a1", ""]

    page.reload()
    ready(page)
    expect(me.item(IDS["matching"]).get_by_label("Line p1")).to_have_value("a2")


def _letter(question: Locator, answer: str) -> str:
    """The letter an answer has for this trainee."""
    rows = question.locator(".iop-letters li").all_inner_texts()
    return next(row[0] for row in rows if f"Place {answer}" in row)


def test_is_a_category_chosen_by_arrow_keys_and_taken_back(
    learner: Callable[..., Learner],
) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["categorise"])
    row = question.get_by_role("group", name="Line e2")
    tab_to(page, row.get_by_role("radio").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("radio", name="Place not")).to_be_checked()
    question.get_by_role("group", name="Line e1").get_by_text("Place counts").click()
    saved(question)
    at_rest(page)
    assert stored(me, "categorise") == {"e1": "counts", "e2": "not"}
    row.get_by_role("button", name="Take back: Line e2").click()
    expect(row.get_by_role("radio").first).to_be_focused()
    at_rest(page)
    assert stored(me, "categorise") == {"e1": "counts"}

    page.reload()
    ready(page)
    again = me.item(IDS["categorise"]).get_by_role("group", name="Line e1")
    expect(again.get_by_role("radio", name="Place counts")).to_be_checked()


def test_does_a_form_say_what_it_still_needs(learner: Callable[..., Learner]) -> None:
    me = learner()
    page = me.open(ASSIGNMENT)
    question = me.item(IDS["form"])
    question.get_by_label("Option a").nth(1).check()
    expect(question.get_by_text("Still needed: Field level")).to_be_visible()
    saved(question)
    expect(page.get_by_text("0 of").first).to_be_visible()
    question.get_by_role("radio", name="Option b").check()
    expect(question.get_by_text("Still needed")).to_have_count(0)
    question.get_by_role("button", name="This order is right").click()
    saved(question)
    expect(page.get_by_text("1 of").first).to_be_visible()
    at_rest(page)
    assert set(stored(me, "form")) == {"level", "signs", "steps"}

    page.reload()
    ready(page)
    again = me.item(IDS["form"])
    expect(again.get_by_role("radio", name="Option b")).to_be_checked()
    expect(again.get_by_role("button", name="This order is your answer")).to_be_visible()


def fill(question: Locator, kind: str) -> None:
    """Begin an answer, as far as feedback needs one."""
    if kind == "ordering":
        question.get_by_role("button", name="Move down").first.click()
    elif kind == "matching":
        question.get_by_label("Line p1").select_option("a3")
    elif kind == "categorise":
        group = question.get_by_role("group", name="Line e2")
        group.get_by_role("radio", name="Place counts").check()
    else:
        question.get_by_role("radio", name="Option a").check()


def test_does_practice_say_why_under_each_line(learner: Callable[..., Learner]) -> None:
    me = learner(width=320, height=800)
    page = me.open("Start here.ipynb")
    for kind in ("ordering", "matching", "categorise", "form"):
        question = me.item(practice_id(kind))
        check = question.get_by_role("button", name="Check my answer")
        check.click()
        expect(question.locator(".iop-muted", has_text="first")).to_be_visible()
        assert question.locator(".iop-why").count() == 0
        fill(question, kind)
        check.click()
        question.locator(".iop-choice .iop-why").first.wait_for()
        shown = question.locator(".iop-choice .iop-why > b").all_inner_texts()
        assert set(shown) & {"Yes", "Not yet"}
        if kind in ("matching", "categorise"):
            assert "This could harm a client" in question.inner_text()
            assert "No answer here yet" in shown
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == [], "light"
    change_colors(page, to="dark")
    assert serious(page) == [], "dark"
