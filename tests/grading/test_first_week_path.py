"""A first week from its place in the course to the gradebook and to a signature."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from content.course import code, notebook_text
from content.first_week import NOTE, add_first_week
from people import RIGHT
from typer.testing import CliRunner
from widgets.conftest import Heard, answer

from iop_training.cli import app
from iop_training.content.catalog import Catalog
from iop_training.grading.autograde.report import read_report
from iop_training.grading.collect import collect
from iop_training.grading.grade import grade
from iop_training.grading.release import release
from iop_training.lab.workspace import make_workspace
from iop_training.widgets import frame
from iop_training.widgets.hand_in import HandIn
from iop_training.widgets.page import Page


@pytest.fixture(scope="module")
def template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course with Start here and a first week, released."""
    folder = tmp_path_factory.mktemp("first-week") / "course"
    shutil.copytree(template, folder)
    add_first_week(folder)
    head = (folder / "data/items/m01.yaml").read_text().split("items:\n")[0]
    (folder / "data/items/m00.yaml").write_text(head.replace("m01", "m00") + "items: []\n")
    start = code("start", 'from iop_training import start\n\nstart("m00")')
    (folder / "notebooks/m00.ipynb").write_text(notebook_text([start]))
    release(folder, "w01")
    return folder


@pytest.fixture
def workspace(course: Path, tmp_path: Path) -> Path:
    """The folder of ann."""
    make_workspace(course, tmp_path / "work")
    (tmp_path / "work" / "learner.json").write_text('{"id": "ann"}')
    return tmp_path / "work"


def test_it_comes_after_start_here_and_says_so_on_the_map(workspace: Path) -> None:
    page = Page.open(workspace / "lessons", "w01")
    assert page.workspace is not None
    entries = frame.course_entries(page.workspace)
    assert [entry["path"] for entry in entries] == [
        "Start here.ipynb",
        "lessons/w01.ipynb",
        "assignments/w01/w01.ipynb",
        "lessons/m01.ipynb",
        "assignments/m01/m01.ipynb",
    ]
    assert [entry["note"] for entry in entries] == ["", NOTE, NOTE, "", ""]
    assert frame.Header(page).eyebrow == "Lesson"
    assert frame.next_page(page)["path"] == "assignments/w01/w01.ipynb"  # type: ignore[index]


def test_nothing_waits_for_it(workspace: Path) -> None:
    later = Page.open(workspace / "lessons", "m01")
    assert answer(Heard(later, "m01-f01"), "a")["type"] == "saved"


def test_a_borrowed_question_is_practice_of_this_page_alone(workspace: Path) -> None:
    page = Page.open(workspace / "lessons", "w01")
    practice = Heard(page, "m01-f01")
    answer(practice, "a")
    assert practice.feedback and page.answered() == 1
    assert Page.open(workspace / "lessons", "m01").answered() == 0
    assert frame.Review(page).sources == ["Somebody (2020). A guide."]


def test_it_is_handed_in_and_graded_with_what_was_off_in_its_lesson(
    course: Path, workspace: Path, tmp_path: Path
) -> None:
    lesson = Page.open(workspace / "lessons", "w01")
    for item in ("m01-f01", "w01-f01"):
        Heard(lesson, item).hear(type="remark", n=1, name="objection", value=f"off {item}")
    folder = workspace / "assignments" / "w01"
    page = Page.open(folder, "w01")
    right = {item.replace("m01", "w01"): value for item, value in RIGHT.items()}
    for item, value in right.items():
        answer(Heard(page, item), value)
    panel = HandIn(page)
    asyncio.run(panel.hand_in())
    other = HandIn(Page.open(workspace / "assignments" / "m01", "m01"))
    assert (len(panel.objections), other.objections) == (2, [])
    collect(course, "w01", list(folder.glob("handed_in/*.zip")))
    (result,) = grade(course, "w01")
    assert result.points == 5.0
    assert result.flags == ("2 practice questions have an objection: m01-f01, w01-f01.",)
    report = read_report(course / "autograded" / "ann" / "w01")
    assert report["practice_objections"] == {i: f"off {i}" for i in ("m01-f01", "w01-f01")}


def test_its_questions_are_signed_like_others(course: Path) -> None:
    def run(*words: Any) -> str:
        done = CliRunner().invoke(app, ["review", "w01", *words, "--course", str(course)])
        return " ".join(done.output.split())

    run()
    sheet = course / "review" / "w01-review.txt"
    head = "Name: Dana Lee\nCredential: LCSW\nDate: 2026-11-20\n"
    text = re.sub(r"^Name:\nCredential:\nDate:\n", head, sheet.read_text(), flags=re.M)
    assert "m01-f01" not in text
    sheet.write_text(re.sub(r"^(w01-q01 .{12}:)$", r"\1 sign", text, flags=re.M))
    assert "w01-q01" in run("--read", str(sheet))
    assert Catalog.load(course).items["w01-q01"].review.status == "signed"
