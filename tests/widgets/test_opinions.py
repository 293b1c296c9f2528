"""The questions about a lesson: who reads them is said first, each may be left out; what is said
is kept, taken back, and sent with the module's assignment."""

from __future__ import annotations

import asyncio
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from content.practice import write_practice, write_workspace
from widgets.conftest import Heard, answer
from widgets.test_remarks import lesson, remark

from iop_training.model.opinion import MAX_TEXT, QUESTIONS
from iop_training.responses import journal_path, read_journal
from iop_training.responses.lesson import LESSON
from iop_training.widgets.frame import Review
from iop_training.widgets.hand_in import HandIn
from iop_training.widgets.page import Page

WISH = "Shorter, please. <script>alert(1)</script>"


class End(Review):
    """The end of a lesson that keeps what it sends to its view."""

    def __init__(self, page: Page) -> None:
        self.sent: list[Any] = []
        super().__init__(page)

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)

    def say(self, name: Any, value: Any, **more: Any) -> Any:
        """Answer one of the questions as the view would; returns the reply."""
        message = {"type": "opinion", "n": 1, "name": name, "value": value, **more}
        self._on_message(self, message, None)
        return self.sent[-1] if self.sent else None


def end_of(root: Path) -> End:
    return End(Page.open(root, "m01"))


def test_are_five_questions_asked_and_who_reads_them_is_said(folder: Path) -> None:
    end = end_of(lesson(folder))
    assert [q["name"] for q in end.questions] == [*QUESTIONS] and len(QUESTIONS) == 5
    assert "under your id" in end.reader and "those who write the course" in end.reader
    assert all(said == {"value": "", "saved": ""} for said in end.opinions.values())


def test_does_nobody_read_them_where_there_is_no_assignment(folder: Path) -> None:
    root = lesson(folder)
    manifest = json.loads((root / "course.json").read_text())
    del manifest["notebooks"]["assignments/m01/m01.ipynb"]
    (root / "course.json").write_text(json.dumps(manifest))
    assert end_of(root).reader.startswith("Nobody else reads this")


def test_does_a_practice_case_ask_nothing_of_the_kind(tmp_path: Path) -> None:
    folder = write_workspace(write_practice(tmp_path / "course"), tmp_path / "workspace")
    page = Page.open(folder, "c90")
    assert not page.problem and End(page).questions == []


def test_is_an_opinion_on_the_disk_before_saved_is_said_and_back_on_opening(folder: Path) -> None:
    root = lesson(folder)
    end = end_of(root)
    for name, value in (("pace", "hard"), ("change", WISH)):
        said = end.say(name, value)
        assert (said["type"], said["name"]) == ("saved", name)
    again = end_of(root)
    assert (again.opinions["pace"]["value"], again.opinions["change"]["value"]) == ("hard", WISH)
    assert again.opinions["pace"]["saved"] and not again.opinions["clear"]["saved"]
    assert (again.answered, Page.open(root, "m01").said("pace")) == (0, {})


def test_can_an_opinion_be_taken_back_and_an_older_one_not_win(folder: Path) -> None:
    root = lesson(folder)
    end = end_of(root)
    end.say("clear", "no")
    end.say("clear", "yes")
    end.say("clear", "no", age=600_000, resend=True)
    assert end.opinions["clear"]["value"] == "yes"
    end.say("clear", "")
    assert read_journal(journal_path(root, "m01")).said("clear") == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pace", "fast"),
        ("pace", ["right"]),
        ("change", "x" * (MAX_TEXT + 1)),
        ("objection", "x"),
        ("other", "yes"),
        (None, "yes"),
        ([], "yes"),
    ],
)
def test_is_an_impossible_opinion_refused_in_a_sentence(
    folder: Path, name: Any, value: Any
) -> None:
    root = lesson(folder)
    said = end_of(root).say(name, value)
    assert said["type"] == "refused" and said["message"].endswith(".")
    assert read_journal(journal_path(root, "m01")).remarks == {}


def test_can_no_question_of_the_lesson_be_answered_beside_an_item(folder: Path) -> None:
    said = remark(Heard(Page.open(lesson(folder), "m01"), "m01-f01"), "pace", "right")
    assert said["type"] == "remark_refused"


def test_are_opinions_sent_with_the_assignment_and_practice_answers_not(folder: Path) -> None:
    root = lesson(folder)
    answer(Heard(Page.open(root, "m01"), "m01-f01"), "b")
    end = end_of(root)
    end.say("respectful", "mostly")
    end.say("change", WISH)
    end.say("useful", "no")
    end.say("useful", "")
    panel = HandIn(Page.open(folder, "m01"))
    assert [o["text"] for o in panel.objections] == ["Mostly", WISH]
    asyncio.run(panel.hand_in())
    assert panel.changed_since == 0
    with zipfile.ZipFile(next(folder.glob("handed_in/*.zip"))) as sent:
        said = json.loads(sent.read(LESSON))
        assert not any(b"m01-f01" in sent.read(name) for name in sent.namelist())
    assert said["objections"] == []
    assert [(o["question"], o["answer"]) for o in said["opinions"]] == [
        ("respectful", "mostly"),
        ("change", WISH),
    ]
    end.say("change", "Longer")
    assert HandIn(Page.open(folder, "m01")).changed_since == 1


def test_is_another_persons_opinion_not_sent(folder: Path) -> None:
    end_of(lesson(folder)).say("pace", "right")
    (folder.parent.parent / "learner.json").write_text('{"id": "bob"}')
    assert HandIn(Page.open(folder, "m01")).objections == []
