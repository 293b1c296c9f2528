"""From the hand-in button to the gradebook, to Formgrader, and back as feedback."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.conftest import Learner, leave, saved
from lab.browser import Watched, server
from nbgrader.api import Gradebook
from playwright.sync_api import BrowserContext, Page, expect

from iop_training.content.snapshot import Snapshot, load_snapshot
from iop_training.grading.cohort import best_answer
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback, return_feedback
from iop_training.grading.grade import grade
from iop_training.grading.keys import released_bundle
from iop_training.lab.server import Command, address, supervise_command

TEXT = "I would tell my supervisor <b>today</b>, and write down what I saw."


@pytest.fixture(scope="module")
def supervisors(released: Path) -> Iterator[Command]:
    """The supervisors' running JupyterLab."""
    with server(supervise_command(released), released) as started:
        yield started


def keyed(course: Path, assignment: str) -> Snapshot:
    """The snapshot with keys of what is released."""
    released = course / "release" / assignment / f"{assignment}.ipynb"
    return load_snapshot(course, assignment, released_bundle(released).release)


def answer_right(learner: Learner, course: Path) -> None:
    """Answer the practice hand-in as the key says, by clicking."""
    learner.open("assignments/m00/m00.ipynb")
    for item in keyed(course, "m00").items.values():
        question = learner.item(item.id)
        if item.manual:
            question.get_by_role("textbox").fill(TEXT)
        else:
            right: Any = best_answer(item, keyed(course, "m00"))
            for option in [right] if isinstance(right, str) else right:
                question.locator(f"label:has(input[value='{option}'])").click()
        saved(question)


def hand_in(page: Page) -> str:
    """Press the button; the receipt's whole code."""
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)
    found = re.search(r"[0-9a-f]{64}", page.locator(".iop-page:visible").first.inner_html())
    assert found
    return found[0]


def grades(course: Path, student: str) -> dict[str, Any]:
    """Cell to its row in the gradebook, as plain values."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        notebook = book.find_submission_notebook("m00", "m00", student)
        return {
            g.name: {
                "auto": g.auto_score,
                "manual": g.manual_score,
                "score": g.score,
                "waits": g.needs_manual_grade,
            }
            for g in notebook.grades
        } | {"page": notebook.id}


def nbgrader(course: Path, *words: str) -> None:
    """nbgrader itself, as a supervisor types it."""
    subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=course, check=True, capture_output=True
    )


def test_from_a_click_to_the_gradebook_and_back(
    make_learner: Callable[..., Learner],
    released: Path,
    supervisors: Command,
    chrome: BrowserContext,
) -> None:
    learner = make_learner(name="ann-7")
    answer_right(learner, released)
    code = hand_in(learner.page)

    report = collect(released, "m00")
    assert "ann-7" in [o.student for o in report.outcomes]
    journal = released / "submitted/ann-7/m00/answers/m00.jsonl"
    assert hashlib.sha256(journal.read_bytes()).hexdigest() == code

    nbgrader(released, "autograde", "m00", "--student", "ann-7")
    row = grades(released, "ann-7")
    assert row["m00-q01"] == {"auto": 1, "manual": None, "score": 1, "waits": False}
    assert row["m00-q02"] == {"auto": 2, "manual": None, "score": 2, "waits": False}
    assert row["m00-w01"] == {"auto": None, "manual": None, "score": 0, "waits": True}

    watched = Watched(chrome)
    base = address(supervisors).partition("/lab")[0]
    watched.page.goto(address(supervisors))
    # Until Formgrader has asked for the scores, it doesn't notice one that is typed.
    watched.page.goto(f"{base}/formgrader/submissions/{row['page']}/", wait_until="networkidle")
    read_and_grade(watched.page)
    watched.page.reload()
    expect(watched.page.locator("input.score").last).to_have_value("3")
    leave(watched)
    assert grades(released, "ann-7")["m00-w01"]["manual"] == 3

    assert generate_feedback(released, "m00", ["ann-7"]) == {"ann-7": ""}
    assert [r.way for r in return_feedback(released, "m00", ["ann-7"])] == ["exchange"]
    read_feedback(learner)


def read_and_grade(page: Page) -> None:
    """What a supervisor sees in Formgrader, and a score typed there."""
    card = page.locator("section[data-item=m00-q01]")
    card.wait_for(timeout=30_000)
    expect(card).to_contain_text("1 of 1 point")
    expect(card).to_contain_text("Yes.")
    assert page.get_by_text("Example answer: mastery").count() == 1
    assert page.get_by_text(TEXT).count() >= 1, "the typed answer is shown as it was typed"
    assert page.locator(".iop-answer b").count() == 0
    assert page.locator(".iop", has_text="ann-7").count() == 0, "Formgrader can hide who it is"
    box = page.locator("input.score").last
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
        box.fill("3")
        box.blur()


def read_feedback(learner: Learner) -> None:
    """Look for feedback in the notebook, and read the page it links to."""
    page = learner.page
    page.get_by_role("button", name="Look for feedback").click()
    link = page.get_by_role("link", name=re.compile("Feedback")).first
    link.wait_for(timeout=60_000)
    with page.context.expect_page() as opened:
        link.click()
    feedback = opened.value
    feedback.get_by_text("6 of 7 points").first.wait_for()
    text = feedback.locator("body").inner_text()
    assert "Source:" in text and TEXT in text
    assert "ask(" not in text and "Example answer" not in text
    assert feedback.get_by_text("Rubric").count() >= 1


def test_does_the_zip_way_give_the_same_gradebook(
    make_learner: Callable[..., Learner], released: Path
) -> None:
    learner = make_learner(name="zoe", exchange=False)
    answer_right(learner, released)
    code = hand_in(learner.page)
    folder = learner.workspace / "assignments" / "m00" / "handed_in"
    files = list(folder.glob("zoe_m00_*.zip"))
    assert len(files) == 1
    with learner.page.expect_download() as download:
        learner.page.get_by_role("link", name=re.compile(r"\.zip")).first.click()
    assert Path(download.value.path()).read_bytes() == files[0].read_bytes()

    report = collect(released, "m00", files)
    assert [(o.student, o.way) for o in report.outcomes if o.way == "zip"] == [("zoe", "zip")]
    result = next(r for r in grade(released, "m00", ["zoe"]) if r.student == "zoe")
    assert (result.status, result.points, result.to_read, result.flags) == ("graded", 3, 1, ())
    received = json.loads((released / "submitted/zoe/m00/receipt.json").read_text())
    assert received["journal"] == code


def test_does_a_slow_press_right_after_typing_hand_in(
    make_learner: Callable[..., Learner], released: Path
) -> None:
    learner = make_learner(name="max", exchange=False)
    answer_right(learner, released)
    page = learner.page
    button = page.get_by_role("button", name="Hand in", exact=True)
    learner.item("m00-w01").get_by_role("textbox").fill("Changed just now.")
    button.hover()
    page.mouse.down()
    page.wait_for_timeout(150)
    page.mouse.up()
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)
    assert learner.answers("m00")["m00-w01"] == "Changed just now."


def test_is_what_changed_after_handing_in_said(
    make_learner: Callable[..., Learner], released: Path
) -> None:
    learner = make_learner(name="lee", exchange=False)
    page = learner.open("assignments/m00/m00.ipynb")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.get_by_text("still unanswered").first).to_be_visible()
    page.get_by_role("button", name="Hand in anyway").click()
    page.get_by_text("Receipt code").first.wait_for(timeout=60_000)
    learner.item("m00-q01").locator("label").first.click()
    expect(page.get_by_text("You changed 1 answer or remark since")).to_be_visible()


HOSTILE = {
    "code": "open('hacked', 'w').write('x')\n",
    "html": '<img src=x onerror="window.__hacked=1"><script>window.__hacked=1</script>',
}


@pytest.mark.parametrize("place", ["submitted", "autograded"])
def test_does_a_hostile_notebook_run_nothing_in_the_supervisors_lab(
    released: Path, supervisors: Command, chrome: BrowserContext, place: str
) -> None:
    folder = released / place / "mallory" / "m00"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "m00.ipynb"
    released_notebook = json.loads((released / "release/m00/m00.ipynb").read_text())
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "x", "version_major": 2}}
    cells = [
        {
            "cell_type": "code",
            "id": "a",
            "source": HOSTILE["code"],
            "execution_count": 1,
            "metadata": {"trusted": True, "iop": {"run": True}},
            "outputs": [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"text/html": HOSTILE["html"]},
                },
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"application/javascript": "window.__hacked=1"},
                },
                {"output_type": "display_data", "metadata": {}, "data": widget},
            ],
        },
        {
            "cell_type": "markdown",
            "id": "b",
            "metadata": {},
            "source": HOSTILE["html"] + "\n\n[x](javascript:window.__hacked=1)",
        },
    ]
    path.write_text(json.dumps({**released_notebook, "cells": cells + released_notebook["cells"]}))
    (folder / "course.json").write_text(
        json.dumps({"format": 1, "notebooks": {"m00.ipynb": {"code": [HOSTILE["code"]]}}})
    )
    watched = Watched(chrome)
    start, _, token = address(supervisors).partition("?")
    watched.page.goto(f"{start}/tree/{place}/mallory/m00/m00.ipynb?{token}")
    watched.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    watched.page.wait_for_timeout(6_000)
    assert watched.page.evaluate("window.__hacked") is None
    watched.close()
    assert not list(folder.glob("hacked"))
