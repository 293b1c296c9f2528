"""After a session: the note, and what an assessed one does not say."""

from __future__ import annotations

from collections.abc import Callable

from browser.case_play import CAPSTONE, CASE, GOOD, begin, moves, room, say, work
from browser.conftest import Learner, ready, saved
from content.case_course import GRADED
from playwright.sync_api import Locator, expect


def claim(place: Locator, text: str) -> Locator:
    """A line of the note."""
    return place.get_by_role("group", name=text, exact=True)


def test_goes_the_note_back_to_the_trainee_in_practice(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    place = room(me)
    begin(place)
    note = place.get_by_role("region", name="Progress note")
    expect(note).to_be_hidden()
    say(place, "weight", "harmless", "alone", "together")
    expect(note).to_contain_text("An office with the door closed, Tuesday")
    asked = claim(note, "Asked directly about thoughts of suicide")
    asked.get_by_role("radio", name="Yes, in this session").check()
    claim(note, "How he took part").get_by_role("radio", name="Gave short answers").check()
    saved(note)
    note.get_by_role("button", name="Compare with the session").click()
    expect(asked).to_contain_text("Not found in the session")
    expect(asked).to_contain_text("The next person believes that it was asked.")
    expect(claim(note, "Supervisor brought in during the session")).to_contain_text(
        "The note leaves it open"
    )
    asked.get_by_role("radio", name="No, not in this session").check()
    expect(asked).not_to_contain_text("Not found in the session")
    claim(note, "Supervisor brought in during the session").get_by_role(
        "radio", name="Yes, in this session"
    ).check()
    note.get_by_role("button", name="Compare with the session").click()
    expect(note).to_contain_text("Every line agrees with the session.")
    said = {"asked": "not_done", "supervisor": "done", "bond": "short"}
    assert work(me)["note"] == said

    page.reload()
    ready(page)
    for text, option in (
        ("Asked directly about thoughts of suicide", "No, not in this session"),
        ("How he took part", "Gave short answers"),
    ):
        expect(claim(room(me), text).get_by_role("radio", name=option)).to_be_checked()
    expect(room(me).get_by_text("The session, 4 turns")).to_be_visible()
    expect(room(me).get_by_role("log")).to_be_hidden()


def test_judges_an_assessed_session_nothing_in_the_page(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CAPSTONE)
    place = me.item(GRADED)
    expect(place).to_contain_text("The first session that reaches an ending counts.")
    expect(place).to_contain_text("Your supervisor sees every attempt.")
    begin(place)
    say(place, *GOOD)
    expect(place.get_by_text("Coach")).to_have_count(0)
    expect(place.get_by_role("button", name="Try another line here")).to_have_count(0)
    expect(place).to_contain_text("The debrief comes with your feedback.")
    note = place.get_by_role("region", name="Progress note")
    claim(note, "How he took part").get_by_role("radio", name="Spoke openly").check()
    saved(note)
    expect(note.get_by_role("button", name="Compare")).to_have_count(0)
    expect(page.get_by_text("Not finished yet").first).to_be_visible()
    for text in ("Asked directly about thoughts of suicide", "Supervisor brought in"):
        note.get_by_role("group", name=text).get_by_role("radio", name="Yes").check()
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible()

    place.get_by_role("button", name="Another attempt, for yourself").click()
    expect(note).to_be_hidden()
    expect(place).to_contain_text("Attempt 2, for yourself")
    say(place, "lecture", "rules")
    expect(place).to_contain_text("Attempt 1 counts, the first that reached an ending.")
    assert moves(me, GRADED) == [list(GOOD), ["lecture", "rules"]]
    assert work(me, GRADED)["note"] == {"asked": "done", "supervisor": "done", "bond": "open"}


def test_is_another_way_recorded(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CAPSTONE)
    place = me.item(GRADED)
    place.get_by_text("Read a summary of the story first").click()
    expect(place.get_by_text("Theo is close to giving up.")).to_be_visible()
    place.get_by_role("button", name="Show it to your supervisor in person").click()
    expect(place).to_contain_text("Recorded: you show this to your supervisor in person.")
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible()
    assert work(me, GRADED) == {"way": "in_person"}
    begin(place)
    assert work(me, GRADED)["way"] == "session"
