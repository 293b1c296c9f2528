"""axe-core finds nothing serious inside our markup, light and dark."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from browser.conftest import Learner, saved
from playwright.sync_api import Page

OURS = [".iop", ".iop-bar", ".iop-gloss"]


def serious(page: Page) -> list[str]:
    """Serious and critical findings in our own markup."""
    result = Axe().run(
        page,
        context={"include": [[selector] for selector in OURS]},
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    )
    return [
        f"{v['id']}: {node['target']}"
        for v in result.response["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


def change_colors(page: Page, to: str) -> None:
    """Press the button that makes a light page dark and a dark one light."""
    page.get_by_role("button", name="Light / dark").click()
    light = "false" if to == "dark" else "true"
    page.wait_for_function("light => document.body.dataset.jpThemeLight === light", arg=light)


def serious_in_either(page: Page) -> dict[str, list[str]]:
    """Serious findings by the colors in which there are any. The page is light before and after."""
    found = {"light": serious(page)}
    change_colors(page, "dark")
    found["dark"] = serious(page)
    change_colors(page, "light")
    return {colors: findings for colors, findings in found.items() if findings}


def test_is_no_serious_finding_in_our_markup(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner(name=None)
    page = learner.open("Start here.ipynb")
    assert serious_in_either(page) == {}, "nobody signed in"
    learner.sign_in("ann")
    learner.item("m00-f01").locator("label").first.click()
    learner.item("m00-f02").locator("label").first.click()
    learner.item("m00-f02").get_by_role("button", name="Check my answer").click()
    learner.item("m00-f02").locator(".iop-choice .iop-why").first.wait_for()
    learner.item("m00-f03").get_by_role("textbox").fill("Words.")
    saved(learner.item("m00-f03"))
    assert serious_in_either(page) == {}, "practice answered"

    page = learner.open("assignments/m00/m00.ipynb")
    learner.item("m00-q01").locator("label").first.click()
    saved(learner.item("m00-q01"))
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_role("button", name="Hand in anyway").wait_for()
    assert serious_in_either(page) == {}, "asked before handing in"
    page.get_by_role("button", name="Hand in anyway").click()
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)
    assert serious_in_either(page) == {}, "handed in"
