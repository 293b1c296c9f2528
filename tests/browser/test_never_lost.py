"""Answers survive what people and machines do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

from browser.conftest import Learner, at_rest, ready, saved
from playwright.sync_api import Page, expect

from iop_training.lab.server import address

PAGE = "assignments/m00/m00.ipynb"


def choose(learner: Learner, n: int, page: Page | None = None) -> str:
    """Choose option ``n`` of the first question; returns its id."""
    question = learner.item("m00-q01", page)
    question.locator("label").nth(n).click()
    return str(question.get_by_role("radio").nth(n).get_attribute("value"))


def shown(learner: Learner, page: Page | None = None) -> str | None:
    """The id of the option that is chosen on the screen."""
    return learner.item("m00-q01", page).locator("input:checked").get_attribute("value")


def test_do_answers_survive_a_reload_and_a_page_that_was_never_saved(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    learner.open(PAGE)
    before = (learner.workspace / PAGE).read_bytes()
    chosen = choose(learner, 2)
    saved(learner.item("m00-q01"))
    order = learner.item("m00-q01").locator("label").all_inner_texts()
    learner.page.reload()
    ready(learner.page)
    saved(learner.item("m00-q01"))
    assert shown(learner) == chosen
    assert learner.item("m00-q01").locator("label").all_inner_texts() == order
    assert (learner.workspace / PAGE).read_bytes() == before


def test_do_answers_survive_a_restart_of_the_kernel(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner()
    learner.open(PAGE)
    chosen = choose(learner, 1)
    saved(learner.item("m00-q01"))
    learner.page.get_by_role("button", name="Start this page again").first.click()
    learner.page.locator(".iop-bar-status", has_text="Opening page").wait_for(state="attached")
    ready(learner.page)
    saved(learner.item("m00-q01"))
    assert shown(learner) == chosen
    again = choose(learner, 0)
    expect(learner.item("m00-q01").get_by_text("Saved").first).to_be_visible()
    at_rest(learner.page)
    assert learner.answers("m00")["m00-q01"] == again


def test_is_an_answer_kept_that_was_given_while_the_kernel_died(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(PAGE)
    choose(learner, 0)
    saved(learner.item("m00-q01"))
    learner.end_kernel()
    chosen = choose(learner, 2)
    page.wait_for_function(
        """() => document.querySelector('.iop-bar-status').textContent.includes('ready')
             && [...document.querySelectorAll('[data-iop-item="m00-q01"]')]
                .some(q => q.textContent.includes('Saved'))""",
        timeout=60_000,
    )
    page.wait_for_timeout(6_000)
    saved(learner.item("m00-q01"))
    assert shown(learner) == chosen
    assert learner.answers("m00")["m00-q01"] == chosen


def test_does_an_answer_that_cannot_be_saved_say_so_and_come_back_after_the_reload(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    page = learner.open(PAGE)
    blocker = learner.workspace / "assignments" / "m00" / "answers"
    shutil.rmtree(blocker)
    blocker.write_text("in the way")
    chosen = choose(learner, 1)
    alert = learner.item("m00-q01").get_by_role("alert")
    expect(alert).to_contain_text("could not be saved")
    assert "Traceback" not in page.content()
    blocker.unlink()
    page.reload()
    ready(page)
    saved(learner.item("m00-q01"))
    assert shown(learner) == chosen
    assert learner.answers("m00")["m00-q01"] == chosen


def test_do_two_windows_on_one_page_agree(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner()
    first = learner.open(PAGE)
    second = learner.open(PAGE, learner.page.context.new_page())
    choose(learner, 0, first)
    saved(learner.item("m00-q01", first))
    expect(learner.item("m00-q01", second).get_by_role("radio").nth(0)).to_be_checked()
    chosen = choose(learner, 2, second)
    expect(learner.item("m00-q01", first).get_by_role("radio").nth(2)).to_be_checked()
    saved(learner.item("m00-q01", first))
    assert learner.answers("m00")["m00-q01"] == chosen
    assert learner.record("m00").repairs == []


def test_do_two_windows_survive_a_restart_from_either(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    first = learner.open(PAGE)
    second = learner.open(PAGE, learner.page.context.new_page())
    for n, (pressed, other) in enumerate(((first, second), (second, first))):
        other.evaluate("document.querySelector('.iop-page [data-iop-item]').id = 'before'")
        pressed.get_by_role("button", name="Start this page again").first.click()
        expect(other.locator("#before")).to_have_count(0)
        ready(other)
        ready(pressed)
        chosen = choose(learner, n, other)
        saved(learner.item("m00-q01", other))
        expect(learner.item("m00-q01", pressed).get_by_role("radio").nth(n)).to_be_checked()
        assert learner.answers("m00")["m00-q01"] == chosen


def test_does_a_window_go_on_when_another_closes_its_page(
    make_learner: Callable[..., Learner],
) -> None:
    learner = make_learner()
    first = learner.open(PAGE)
    second = learner.open(PAGE, learner.page.context.new_page())
    for path in ("Start here.ipynb", "lessons/m01.ipynb", "Start here.ipynb"):
        second.evaluate(
            "path => window.dispatchEvent(new CustomEvent('iop:open',"
            " {cancelable: true, detail: {path}}))",
            path,
        )
        ready(second)
        second.wait_for_timeout(1_500)
    chosen = choose(learner, 1, first)
    saved(learner.item("m00-q01", first))
    assert shown(learner, first) == chosen
    assert learner.answers("m00")["m00-q01"] == chosen


def test_is_a_page_in_the_wrong_folder_explained(make_learner: Callable[..., Learner]) -> None:
    learner = make_learner()
    manifest = json.loads((learner.workspace / "course.json").read_text())
    manifest["notebooks"]["lessons/moved.ipynb"] = manifest["notebooks"].pop("lessons/m01.ipynb")
    (learner.workspace / "course.json").write_text(json.dumps(manifest))
    (learner.workspace / "lessons" / "m01.ipynb").rename(
        learner.workspace / "lessons" / "moved.ipynb"
    )
    (learner.workspace / "lessons" / "m01.items.json").unlink()
    page = learner.page
    page.goto(address(learner.command).replace("Start%20here.ipynb", "lessons/moved.ipynb"))
    page.get_by_text("is not beside this page").first.wait_for(timeout=60_000)
    assert "Traceback" not in page.content()
