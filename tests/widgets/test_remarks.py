"""Remarks beside an answer: stored, restored, refused, shown back, and sent with the answers."""

from __future__ import annotations

import asyncio
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from widgets.conftest import Heard, answer

from iop_training.responses import journal_path, read_journal
from iop_training.responses.lesson import LESSON
from iop_training.widgets import frame
from iop_training.widgets.hand_in import HandIn
from iop_training.widgets.page import Page

OFF = "Two of these fit. <b>Really</b>"


def remark(question: Heard, name: Any, value: Any, **more: Any) -> Any:
    return question.hear(type="remark", n=1, name=name, value=value, **more)


def lesson(folder: Path) -> Path:
    """The folder of the lesson in that workspace, on the list of pages."""
    root = folder.parent.parent
    manifest = json.loads((root / "course.json").read_text())
    manifest["notebooks"]["m01.ipynb"] = {
        **manifest["notebooks"]["assignments/m01/m01.ipynb"],
        "kind": "lesson",
    }
    (root / "course.json").write_text(json.dumps(manifest))
    return root


def test_is_a_remark_on_the_disk_before_saved_is_said_and_back_on_opening(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    for name, value in (("objection", OFF), ("stance", "check")):
        said = remark(question, name, value)
        assert (said["type"], said["name"]) == ("remark_saved", name)
    again = Heard(Page.open(folder, "m01"), "m01-q01")
    assert {n: r["value"] for n, r in again.remarks.items()} == {
        "objection": OFF,
        "stance": "check",
    }
    assert again.remarks["objection"]["saved"] and again.value is None


def test_is_a_remark_no_answer(folder: Path) -> None:
    page = Page.open(folder, "m01")
    remark(Heard(page, "m01-q01"), "objection", OFF)
    assert page.answered() == 0 and len(page.unanswered()) == 3


def test_can_a_remark_be_taken_back(folder: Path) -> None:
    page = Page.open(folder, "m01")
    question = Heard(page, "m01-q01")
    remark(question, "objection", OFF)
    remark(question, "objection", "")
    assert page.said("objection") == {}
    assert read_journal(journal_path(folder, "m01")).said("objection") == {}


def test_does_an_older_remark_kept_by_a_browser_not_win(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    remark(question, "objection", "new")
    remark(question, "objection", "old", age=600_000, resend=True)
    assert question.remarks["objection"]["value"] == "new"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stance", "maybe"),
        ("stance", 3),
        ("objection", ["x"]),
        ("objection", "x" * 2001),
        ("other", "x"),
        (None, "x"),
        ([], "x"),
    ],
)
def test_is_an_impossible_remark_refused_in_a_sentence(folder: Path, name: Any, value: Any) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    said = remark(question, name, value)
    assert said["type"] == "remark_refused" and said["message"].endswith(".")
    assert read_journal(journal_path(folder, "m01")).remarks == {}


def test_does_the_id_stay_once_something_was_remarked(folder: Path) -> None:
    page = Page.open(folder, "m01")
    header = frame.Header(page)
    assert not header.id_fixed
    remark(Heard(page, "m01-q01"), "objection", OFF)
    assert header.id_fixed


def test_does_the_end_of_a_page_show_what_one_would_have_done(folder: Path) -> None:
    page = Page.open(folder, "m01")
    review = frame.Review(page)
    assert review.stances == []
    for item, stance in (("m01-q01", "ask"), ("m01-q02", "ask"), ("m01-w01", "alone")):
        remark(Heard(page, item), "stance", stance)
    assert [(s["label"], s["count"]) for s in review.stances] == [
        ("Act on it alone", 1),
        ("Check first", 0),
        ("Ask", 2),
    ]


def test_who_reads_an_objection_is_said_as_it_is(folder: Path) -> None:
    assert "with your answers" in Heard(Page.open(folder, "m01"), "m01-q01").reader
    root = lesson(folder)
    assert "when you hand in" in Heard(Page.open(root, "m01"), "m01-f01").reader
    manifest = json.loads((root / "course.json").read_text())
    del manifest["notebooks"]["assignments/m01/m01.ipynb"]
    (root / "course.json").write_text(json.dumps(manifest))
    assert "stays in your folder" in Heard(Page.open(root, "m01"), "m01-f01").reader


def test_are_objections_of_the_lesson_sent_and_its_answers_not(folder: Path) -> None:
    practice = Heard(Page.open(lesson(folder), "m01"), "m01-f01")
    answer(practice, "b")
    remark(practice, "objection", "Practice is off")
    remark(practice, "stance", "ask")
    page = Page.open(folder, "m01")
    panel = HandIn(page)
    remark(Heard(page, "m01-q01"), "objection", OFF)
    assert [o["text"] for o in panel.objections] == [OFF, "Practice is off"]
    asyncio.run(panel.hand_in())
    assert panel.changed_since == 0
    with zipfile.ZipFile(next(folder.glob("handed_in/*.zip"))) as sent:
        assert sorted(sent.namelist()) == ["answers/m01.jsonl", LESSON, "receipt.json"]
        (sent_objection,) = json.loads(sent.read(LESSON))["objections"]
        assert (sent_objection["item"], sent_objection["text"]) == ("m01-f01", "Practice is off")
        assert not any(b"ask" in sent.read(name) for name in sent.namelist())
    remark(practice, "objection", "Practice is off, again")
    assert HandIn(Page.open(folder, "m01")).changed_since == 1


def test_is_another_persons_lesson_not_sent(folder: Path) -> None:
    remark(Heard(Page.open(lesson(folder), "m01"), "m01-f01"), "objection", "of ann")
    (folder.parent.parent / "learner.json").write_text('{"id": "bob"}')
    assert HandIn(Page.open(folder, "m01")).objections == []


def test_are_remarks_written_again_when_the_file_was_removed(folder: Path) -> None:
    page = Page.open(folder, "m01")
    remark(Heard(page, "m01-q01"), "objection", OFF)
    journal_path(folder, "m01").unlink()
    asyncio.run(HandIn(page).hand_in())
    assert read_journal(journal_path(folder, "m01")).said("objection") == {"m01-q01": OFF}
