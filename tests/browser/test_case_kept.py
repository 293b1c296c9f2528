"""Turns survive what machines do, and each is said once."""

from __future__ import annotations

import time
from collections.abc import Callable

from browser.case_play import CASE, begin, line, lines_said, moves, room, say
from browser.conftest import Learner, ready
from playwright.sync_api import expect

CAME = "You came anyway, with that in your hand."


def test_is_a_line_said_once_that_was_pressed_while_the_kernel_died(
    client: Callable[..., Learner],
) -> None:
    me = client()
    page = me.open(CASE)
    begin(room(me))
    me.end_kernel()
    line(room(me), "weight").click()
    expect(room(me).locator(".iop-mine")).to_have_count(1, timeout=60_000)
    assert lines_said(room(me)) == [CAME]
    page.wait_for_timeout(4_000)  # longer than a press waits before it is sent again
    assert moves(me) == [["weight"]]
    say(room(me), "ask")
    assert moves(me) == [["weight", "ask"]]


def test_says_a_line_that_waits_so_and_stays_pressable(client: Callable[..., Learner]) -> None:
    me = client()
    page = me.open(CASE)
    begin(room(me))
    page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    line(room(me), "sit").click()
    alert = room(me).get_by_role("alert")
    expect(alert).to_contain_text("Not said yet: waiting for the page.")
    expect(line(room(me), "sit")).to_have_class("iop-say is-pressed")
    expect(line(room(me), "weight")).to_be_enabled()
    line(room(me), "weight").click()
    expect(line(room(me), "weight")).to_have_class("iop-say is-pressed")
    assert moves(me) == [[]] and lines_said(room(me)) == []
    page.reload()
    ready(page)
    expect(room(me).locator(".iop-mine")).to_have_count(1, timeout=30_000)
    assert lines_said(room(me)) == [CAME] and moves(me) == [["weight"]]


def test_is_a_line_that_cannot_be_stored_said_later(client: Callable[..., Learner]) -> None:
    me = client()
    me.open(CASE)
    begin(room(me))
    folder = me.workspace / "lessons" / "answers"
    folder.rename(folder.with_name("away"))
    folder.write_text("in the way")
    line(room(me), "weight").click()
    expect(room(me).get_by_role("alert")).to_contain_text("could not be saved")
    assert lines_said(room(me)) == []
    folder.unlink()
    folder.with_name("away").rename(folder)
    expect(room(me).locator(".iop-mine")).to_have_count(1)
    expect(room(me).get_by_role("alert")).to_have_count(0)
    assert moves(me) == [["weight"]]


def test_do_two_windows_that_press_at_once_say_one_line(client: Callable[..., Learner]) -> None:
    me = client()
    first = me.open(CASE)
    begin(room(me))
    second = me.open(CASE, me.page.context.new_page())
    line(room(me, second), "sit").wait_for()
    soon = 1_000 * time.time() + 1_500
    for page, move, after in ((first, "weight", 0), (second, "sit", 20)):
        # By the clock: when this asks for one after the other, the second may have heard of it.
        page.evaluate(
            """([move, at]) => setTimeout(() => document.querySelector(
            `[data-move="${move}"]`).click(), at - Date.now())""",
            [move, soon + after],
        )
    for page in (first, second):
        room(me, page).get_by_role("group", name="What do you say? Turn 2").wait_for()
    expect(room(me, second).get_by_text("In another window you said another line")).to_be_visible()
    assert moves(me) == [["weight"]]
    assert lines_said(room(me, first)) == lines_said(room(me, second)) == [CAME]


def test_waits_a_session_for_an_id(client: Callable[..., Learner]) -> None:
    me = client()
    (me.workspace / "learner.json").unlink()
    page = me.open(CASE)
    start = room(me).get_by_role("button", name="Start the session")
    try:
        expect(start).to_be_disabled()
        expect(room(me)).to_contain_text("Choose your id")
    finally:
        me.sign_in("ann")
    expect(start).to_be_enabled()
    begin(room(me))
    say(room(me), "weight")
    assert moves(me) == [["weight"]] and page.url
