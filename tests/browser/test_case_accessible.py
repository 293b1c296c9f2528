"""The room of a case: axe finds nothing serious, light and dark; nothing sticks out at 320 px."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.case_play import CASE, begin, room, say
from browser.conftest import Learner
from browser.test_accessible import change_colors, serious
from browser.test_answering import sideways
from playwright.sync_api import Locator, Page


def stages(page: Page, place: Locator) -> Iterator[str]:
    """Goes through a session; gives the name of each stage while it is on the screen."""
    for fold in ("The same as a table", "Read a summary", "Practice with another client"):
        place.get_by_text(fold).first.click()
    yield "before"
    begin(place)
    place.get_by_text("Chart and goal").click()
    yield "first words"
    say(place, "lecture", "own", "harmless")
    place.get_by_role("button", name="Try another line here, turn 2").click()
    yield "talk, asked before going back"
    page.keyboard.press("Escape")
    place.get_by_role("heading", name="Nothing is lost").wait_for()
    yield "stopped"
    place.get_by_role("button", name="Go on with the session").click()
    say(place, "alone", "together")
    place.get_by_role("radio", name="Yes, in this session").first.check()
    place.get_by_role("button", name="Compare with the session").click()
    place.get_by_text("Not found in the session").wait_for()
    yield "note compared"


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_is_every_stage_accessible(client: Callable[..., Learner], theme: str, width: int) -> None:
    me = client(width=width, height=800)
    page = me.open(CASE)
    if theme == "dark":
        change_colors(page, to="dark")
    for stage in stages(page, room(me)):
        assert serious(page) == [], stage
        assert sideways(page) == [], stage
    assert page.evaluate("document.documentElement.scrollWidth") <= width
