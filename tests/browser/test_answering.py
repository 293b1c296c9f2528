"""Every kind of item, by mouse, by keyboard alone, and at 400 % zoom."""

from __future__ import annotations

from collections.abc import Callable

from browser.conftest import Learner, at_rest, saved
from lab.browser import Watched  # noqa: F401  (part of what a learner has)
from playwright.sync_api import Locator, Page, expect

TEXT = "I hope to learn when to ask, and to say so."


def test_is_every_kind_answered_by_mouse(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner(name=None)
    learner.open("assignments/m00/m00.ipynb")
    question = learner.item("m00-q01")
    expect(question.get_by_role("radio").first).to_be_disabled()
    learner.sign_in("ann")
    expect(question.get_by_role("radio").first).to_be_enabled()

    chosen = question.get_by_role("radio").nth(1)
    question.locator("label").nth(1).click()
    saved(question)
    several = learner.item("m00-q02")
    for n in (0, 2):
        several.locator("label").nth(n).click()
    saved(several)
    typed = learner.item("m00-w01")
    typed.get_by_role("textbox").fill(TEXT)
    saved(typed)

    values = [several.get_by_role("checkbox").nth(n).get_attribute("value") for n in (0, 2)]
    at_rest(learner.page)
    assert learner.answers("m00") == {
        "m00-q01": chosen.get_attribute("value"),
        "m00-q02": sorted(map(str, values)),
        "m00-w01": TEXT,
    }
    expect(learner.page.get_by_text("3 of 3").first).to_be_visible()
    assert learner.page.locator(".iop-why").count() == 0, "a graded item gave feedback"


def tab_to(page: Page, target: Locator, limit: int = 120) -> None:
    """Press Tab until ``target`` has the focus."""
    for _ in range(limit):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{limit} presses of Tab did not reach it")


def test_is_every_kind_answered_by_keyboard_alone(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner(name=None)
    page = learner.open("assignments/m00/m00.ipynb")
    tab_to(page, page.get_by_label("Choose your id"))
    page.keyboard.type("kim")
    page.keyboard.press("Enter")
    page.get_by_text("You are signed in as kim").wait_for()

    radios = learner.item("m00-q01").get_by_role("radio")
    tab_to(page, radios.first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_checked()
    saved(learner.item("m00-q01"))

    boxes = learner.item("m00-q02").get_by_role("checkbox")
    tab_to(page, boxes.nth(1))
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(boxes.nth(2)).to_be_checked()
    saved(learner.item("m00-q02"))

    # Letters and Enter are JupyterLab's shortcuts (a, b, x, dd ...); here they must be text.
    box = learner.item("m00-w01").get_by_role("textbox")
    tab_to(page, box)
    page.keyboard.type("a b x dd\nyy zz 00")
    saved(learner.item("m00-w01"))
    at_rest(page)
    assert learner.answers("m00")["m00-w01"] == "a b x dd\nyy zz 00"
    assert len(learner.answers("m00")) == 3

    hand_in = page.get_by_role("button", name="Hand in", exact=True)
    tab_to(page, hand_in)
    page.keyboard.press("Enter")
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)


def sideways(page: Page) -> list[str]:
    """Elements that stick out of the window to the right, once the page has come to rest."""
    page.wait_for_timeout(1_000)
    return page.evaluate("""() => [...document.querySelectorAll('.iop-page *, .iop-bar *')]
        .filter(node => node.checkVisibility() && node.offsetHeight !== 0
                && node.getBoundingClientRect().right > innerWidth + 1
                && !node.closest('.jp-RenderedHTMLCommon table, pre'))
        .map(node => `${node.tagName}.${node.className}`).slice(0, 5)""")


def test_is_the_whole_path_usable_at_400_percent(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner(name=None, width=320, height=256)
    page = learner.open("Start here.ipynb")
    learner.sign_in("ann")
    assert sideways(page) == []
    learner.item("m00-f01").locator("label").first.click()
    learner.item("m00-f01").locator(".iop-why").first.wait_for()
    assert sideways(page) == []

    page = learner.open("assignments/m00/m00.ipynb")
    learner.item("m00-q01").locator("label").first.click()
    learner.item("m00-q02").locator("label").first.click()
    learner.item("m00-w01").get_by_role("textbox").fill(TEXT)
    for item in ("m00-q01", "m00-q02", "m00-w01"):
        saved(learner.item(item))
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)
    assert sideways(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_does_practice_say_why_option_by_option(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner()
    page = learner.open("lessons/m01.ipynb")
    single = learner.item("m01-f01")
    single.locator("label").first.click()
    single.locator(".iop-why").first.wait_for()
    assert single.locator(".iop-why").count() == 1
    assert single.locator(".iop-why b").first.inner_text() in ("Yes", "Not yet")
    several = learner.item("m01-f10")
    several.locator("label").first.click()
    several.get_by_role("button", name="Check my answer").click()
    several.locator(".iop-choice .iop-why").first.wait_for()
    assert (
        several.locator(".iop-choice .iop-why").count() == several.get_by_role("checkbox").count()
    )
    several.locator("label").nth(1).click()
    expect(several.locator(".iop-choice .iop-why")).to_have_count(0)
    expect(page.locator(".iop-chart svg").filter(visible=True)).to_have_count(2)
