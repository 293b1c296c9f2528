"""A session with a client: by keyboard alone, left and taken up again, back to a turn."""

from __future__ import annotations

import signal
from collections.abc import Callable

from browser.case_play import CASE, GOOD, begin, line, lines_said, moves, room, say, until, work
from browser.conftest import Learner, ready
from browser.test_answering import tab_to
from playwright.sync_api import expect

CAME, SIT = "You came anyway, with that in your hand.", "Please sit down first"


def number(learner: Learner, move: str) -> str:
    """The key of a line on offer."""
    return line(room(learner), move).locator(".iop-keycap").inner_text()


def test_is_a_session_played_by_keyboard_alone(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    place = room(me)
    tab_to(page, place.get_by_role("button", name="Start the session"))
    page.keyboard.press("Enter")
    lines = place.get_by_role("group", name="What do you say? Turn 1")
    lines.wait_for()
    expect(place.locator(".iop-log .iop-heard")).to_be_focused()
    page.keyboard.press("1")
    assert moves(me) == [[]], "a number chooses only among the lines"

    tab_to(page, line(place, "weight"))
    page.keyboard.press("Enter")
    expect(place.get_by_role("group", name="Turn 2 · 1 minute into the session")).to_be_focused()
    assert lines_said(place) == [CAME]
    for turn, move in enumerate(GOOD[1:], start=2):
        page.wait_for_timeout(400)  # as long as a key pressed twice is taken for one
        page.keyboard.press(number(me, move))
        expect(place.locator(".iop-log .iop-mine")).to_have_count(turn)
    ending = place.locator(".iop-ending")
    expect(ending).to_be_focused()
    expect(ending).to_contain_text("You make a plan for the night.")
    run = work(me)["runs"][0]
    assert run["saved"][3:] == list(GOOD) and run["ended"] is True
    assert work(me)["way"] == "session"


def test_announces_the_log_what_is_new_and_no_more(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    place = room(me)
    begin(place)
    log = place.get_by_role("log")
    log.evaluate(
        """log => { window.added = [];
        new MutationObserver(records => records.forEach(r => r.addedNodes.forEach(
            node => node.parentNode === log && window.added.push(
              [node.closest('[aria-live=off]') ? 'quiet' : 'spoken', node.textContent]))))
          .observe(log, {childList: true, subtree: true}); }"""
    )
    say(place, "weight")
    added = page.evaluate("window.added")
    assert [how for how, _ in added] == ["quiet", "spoken", "spoken", "spoken"]
    assert CAME in added[0][1] and "I said I would" in added[1][1]
    assert "This opened something" in added[2][1] and "Sat there an hour" in added[3][1]


def test_is_the_session_there_after_a_reload(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    begin(room(me))
    say(room(me), *GOOD[:2])
    order = room(me).locator("[data-move]").all_inner_texts()
    page.reload()
    ready(page)
    place = room(me)
    place.get_by_role("group", name="What do you say? Turn 3").wait_for()
    assert len(lines_said(place)) == 2
    assert place.locator("[data-move]").all_inner_texts() == order
    say(place, *GOOD[2:])
    assert moves(me) == [list(GOOD)]


def test_does_one_key_lead_out_and_nothing_is_lost(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    place = room(me)
    begin(place)
    say(place, "weight")
    page.keyboard.press("Escape")
    title = place.get_by_role("heading", name="Nothing is lost")
    expect(title).to_be_focused()
    expect(place).to_contain_text("988: Suicide & Crisis Lifeline: call or text")
    expect(place).to_contain_text("Ask your supervisor whom to call")
    for said in (CAME, "I said I would", "When you say done"):
        expect(place.get_by_text(said)).to_have_count(0)
    page.wait_for_timeout(300)
    assert set(work(me)) == {"way", "runs", "paused"}

    page.reload()
    ready(page)
    expect(room(me).get_by_role("heading", name="Nothing is lost")).to_be_visible()
    room(me).get_by_role("button", name="Go on with the session").click()
    expect(room(me).get_by_role("group", name="What do you say? Turn 2")).to_be_visible()
    assert lines_said(room(me)) == [CAME]
    room(me).get_by_role("button", name="Stop here").click()
    expect(room(me).get_by_role("heading", name="Nothing is lost")).to_be_focused()


def test_leads_the_key_out_while_the_page_is_not_running(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    begin(room(me))
    say(room(me), "weight")
    me.end_kernel(signal.SIGSTOP)
    page.keyboard.press("Escape")
    expect(room(me).get_by_role("heading", name="Nothing is lost")).to_be_visible()
    me.end_kernel()
    until(page, lambda: work(me).get("paused") is True)
    ready(page)
    expect(room(me).get_by_role("heading", name="Nothing is lost")).to_be_visible(timeout=30_000)
    assert moves(me) == [["weight"]]


def test_goes_one_back_to_a_turn(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    place = room(me)
    begin(place)
    say(place, "sit", "ask", "means")
    back = place.get_by_role("button", name="Try another line here, turn 1")
    back.click()
    expect(place.get_by_text("This takes back turn 1 and the 2 turns after it.")).to_be_visible()
    place.get_by_role("button", name="Leave it").click()
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.get_by_role("button", name="Take back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.get_by_role("group", name="What do you say? Turn 1")).to_be_focused()
    assert lines_said(place) == [] and moves(me) == [[]]
    say(place, "weight")
    assert moves(me) == [["weight"]]

    place.get_by_role("button", name="Start again").click()
    place.get_by_role("button", name="Start again from the first word").click()
    expect(place.get_by_role("group", name="What do you say? Turn 1")).to_be_focused()
    assert moves(me) == [[]]


def test_says_a_double_press_one_line(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    place = room(me)
    begin(place)
    line(place, "weight").dblclick()
    expect(place.locator(".iop-log .iop-mine")).to_have_count(1)
    page.wait_for_timeout(500)
    assert moves(me) == [["weight"]]


def test_are_chart_and_goal_at_hand_during_the_talk(client: Callable[..., Learner]) -> None:
    me = client()
    me.open(CASE)
    place = room(me)
    expect(place.get_by_text("Mistakes are expected here.")).to_be_visible()
    begin(place)
    goal = place.get_by_text("leave with a next step that he chose")
    expect(goal).to_be_hidden()
    place.get_by_text("Chart and goal").click()
    expect(goal).to_be_visible()
    expect(place.get_by_text("14 of 27")).to_be_visible()
    expect(place.get_by_text("fell from six a week to none")).to_be_visible()
    expect(place.locator(".iop-plot svg")).to_be_visible()


def test_says_another_window_the_same(client: Callable[..., Learner]) -> None:
    me = client()
    first = me.open(CASE)
    begin(room(me))
    second = me.open(CASE, me.page.context.new_page())
    say(room(me, second), "weight")
    expect(room(me, first).get_by_role("group", name="What do you say? Turn 2")).to_be_visible()
    assert lines_said(room(me, first)) == lines_said(room(me, second)) == [CAME]
    say(room(me, first), "ask")
    room(me, second).get_by_role("group", name="What do you say? Turn 3").wait_for()
    assert moves(me) == [["weight", "ask"]]
    second.keyboard.press("Escape")
    expect(room(me, first).get_by_role("heading", name="Nothing is lost")).to_be_visible()
