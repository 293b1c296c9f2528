"""Page and Question without a browser: what is stored, refused, restored and fed back."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget
from widgets.conftest import Heard, answer

from iop_training.content.bundle import SUFFIX
from iop_training.responses import journal_path, read_journal
from iop_training.widgets import calls, frame
from iop_training.widgets.calls import ask, course_map, start
from iop_training.widgets.hand_in import HandIn
from iop_training.widgets.page import Page


def test_is_an_answer_on_the_disk_before_saved_is_said(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    said = answer(question, "a")
    assert said["type"] == "saved" and question.value == "a"
    assert read_journal(journal_path(folder, "m01")).answers["m01-q01"].value == "a"


def test_does_a_graded_question_carry_neither_key_nor_feedback(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    answer(question, "a")
    question.hear(type="check")
    assert question.feedback is None
    assert set(question.item) == {
        "id",
        "kind",
        "use",
        "stem",
        "points",
        "optional",
        "stances",
        "number",
        "of",
        "options",
    }
    assert all(set(option) == {"id", "text"} for option in question.item["options"])


def test_does_a_formative_question_say_at_once_and_why(folder: Path) -> None:
    question = Heard(Page.open(folder.parent.parent, "m01"), "m01-f01")
    answer(question, "b")
    assert question.feedback["verdict"] == "not_yet"
    assert question.feedback["parts"]["b"]["text"].startswith("Reason for practice option b")
    answer(question, "a")
    assert question.feedback["verdict"] == "right"


def test_are_answers_back_when_the_page_is_opened_again(folder: Path) -> None:
    first = Page.open(folder, "m01")
    answer(Heard(first, "m01-q02"), ["a", "c"])
    again = Page.open(folder, "m01")
    question = Heard(again, "m01-q02")
    assert question.value == ["a", "c"] and question.saved
    assert again.order(again.items["m01-q02"]) == first.order(first.items["m01-q02"])
    assert again.answered() == 1
    assert [u["id"] for u in again.unanswered()] == ["m01-q01", "m01-w01"]


def test_does_an_older_answer_kept_by_a_browser_not_win(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    answer(question, "a")
    answer(question, "b", age=600_000, resend=True)
    assert question.value == "a"
    time.sleep(0.002)
    answer(question, "c", age=0, resend=True)
    assert question.value == "c"


@pytest.mark.parametrize("age", [None, -5, "x", 10**400, float("nan")])
def test_is_an_answer_of_unknown_age_taken(folder: Path, age: Any) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    answer(question, "a")
    assert answer(question, "b", age=age, resend=True)["type"] == "saved"
    assert question.value == "b"


def test_does_saved_mean_on_the_disk_when_the_file_was_removed(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    answer(question, "a")
    journal_path(folder, "m01").unlink()
    assert answer(question, "a")["type"] == "saved"
    assert read_journal(journal_path(folder, "m01")).answers["m01-q01"].value == "a"


def test_is_half_a_character_kept_as_a_sign_for_it(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-w01")
    assert answer(question, "so\ud83d it goes")["type"] == "saved"
    kept = read_journal(journal_path(folder, "m01")).answers["m01-w01"].value
    assert kept == "so? it goes"


def test_does_a_page_take_up_an_id_chosen_on_another(folder: Path) -> None:
    page = Page.open(folder, "m01")
    (folder.parent.parent / "learner.json").write_text('{"id": "bob"}')
    question = Heard(page, "m01-q01")
    assert answer(question, "a")["type"] == "saved"
    assert read_journal(journal_path(folder, "m01")).trainee == "bob"


def test_do_windows_on_one_page_show_the_same(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(folder)
    pages: list[Page] = []
    monkeypatch.setattr(calls, "_page", None)
    monkeypatch.setattr(calls, "Header", pages.append)
    monkeypatch.setattr(calls, "display", lambda _: None)
    calls.start("m01")
    first = Heard(pages[0], "m01-q01")
    answer(first, "a")
    calls.start("m01")
    second = Heard(pages[1], "m01-q01")
    assert second.value == "a"
    answer(second, "c")
    assert (first.value, first.saved) == ("c", second.saved)
    windows = [HandIn(page) for page in pages]
    asyncio.run(windows[0].hand_in())
    assert windows[0].receipt and windows[0].receipt == windows[1].receipt
    assert [window.stage for window in windows] == ["done", "done"]


def test_is_a_window_that_opens_sent_one_run_of_the_page_however_often_it_ran(
    folder: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(calls, "_page", None)
    sent = []
    for _ in range(3):
        start("m01")
        ask("m01-q01")
        sent.append(len(Widget.get_manager_state()["state"]))
    assert sent[1] == sent[2]


def test_does_handing_in_send_what_is_on_the_page_and_count_what_came_later(folder: Path) -> None:
    page = Page.open(folder, "m01")
    question = Heard(page, "m01-q01")
    answer(question, "a")
    journal_path(folder, "m01").unlink()
    panel = HandIn(page)
    give = panel._give

    async def answer_meanwhile(frozen: Path, receipt: Any) -> Any:
        assert read_journal(journal_path(frozen, "m01")).answers["m01-q01"].value == "a"
        time.sleep(0.002)
        answer(question, "b")
        return await give(frozen, receipt)

    panel._give = answer_meanwhile  # type: ignore[method-assign]
    asyncio.run(panel.hand_in())
    assert panel.stage == "done" and panel.changed_since == 1
    assert HandIn(Page.open(folder, "m01")).changed_since == 1


@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"course": "iop"}'])
def test_is_a_broken_list_of_pages_no_traceback(
    folder: Path, manifest: str, monkeypatch: Any, capsys: Any
) -> None:
    (folder.parent.parent / "course.json").write_text(manifest)
    monkeypatch.chdir(folder)
    course_map()
    assert "Traceback" not in capsys.readouterr().err


def test_is_a_repeated_message_stored_once(folder: Path) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    for _ in range(3):
        assert answer(question, "a")["type"] == "saved"
    assert read_journal(journal_path(folder, "m01")).answers["m01-q01"].attempts == 1


@pytest.mark.parametrize("value", ["zzz", 7, {"a": 1}, ["a"]])
def test_is_an_impossible_answer_refused_in_a_sentence(folder: Path, value: Any) -> None:
    said = answer(Heard(Page.open(folder, "m01"), "m01-q01"), value)
    assert said["type"] == "refused" and said["message"].endswith(".")


@pytest.mark.parametrize("message", [None, 7, "x", {}, {"type": "other"}])
def test_does_a_strange_message_change_nothing(folder: Path, message: Any) -> None:
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    question._on_message(question, message, None)
    assert question.sent == [] and question.value is None


def test_can_nothing_be_answered_before_an_id_is_chosen(folder: Path) -> None:
    (folder.parent.parent / "learner.json").unlink()
    page = Page.open(folder, "m01")
    question = Heard(page, "m01-q01")
    assert "Choose your id" in question.blocked
    assert answer(question, "a")["type"] == "refused"
    header = frame.Header(page)
    header._on_message(header, {"type": "choose_id", "id": "bob"}, None)
    assert question.blocked == "" and header.trainee == "bob"
    assert answer(question, "a")["type"] == "saved"
    assert json.loads((folder.parent.parent / "learner.json").read_text()) == {"id": "bob"}


@pytest.mark.parametrize("text", ["", " ", "a b", "../x", "-a", "x" * 65, "é"])
def test_is_an_impossible_id_refused(folder: Path, text: str) -> None:
    (folder.parent.parent / "learner.json").unlink()
    page = Page.open(folder, "m01")
    header = frame.Header(page)
    sent: list[Any] = []
    header.send = lambda content, buffers=None: sent.append(content)  # type: ignore[method-assign]
    header._on_message(header, {"type": "choose_id", "id": text}, None)
    assert sent[0]["type"] == "refused" and page.trainee == ""


def test_is_another_id_offered_only_where_it_can_be_taken(folder: Path) -> None:
    root = folder.parent.parent
    page = Page.open(folder, "m01")
    assert not frame.Header(page).id_fixed
    answer(Heard(Page.open(root, "m01"), "m01-f01"), "a")
    assert frame.Header(page).id_fixed, "another page has answers under this id"
    (root / "learner.json").write_text('{"id": "bob"}')
    assert not frame.Header(Page.open(folder, "m01")).id_fixed, "only ann's id can be right"


def test_is_another_persons_folder_left_alone(folder: Path) -> None:
    answer(Heard(Page.open(folder, "m01"), "m01-q01"), "a")
    (folder.parent.parent / "learner.json").write_text('{"id": "bob"}')
    before = journal_path(folder, "m01").read_bytes()
    question = Heard(Page.open(folder, "m01"), "m01-q01")
    assert "belong to “ann”" in question.blocked
    assert answer(question, "b")["type"] == "refused"
    assert journal_path(folder, "m01").read_bytes() == before


def test_is_a_disk_that_fails_tried_again_with_the_next_answer(folder: Path) -> None:
    blocker = folder / "answers"
    blocker.write_text("in the way")
    page = Page.open(folder, "m01")
    question = Heard(page, "m01-q01")
    assert "could not be saved" in page.notice and question.blocked == ""
    assert answer(question, "a")["type"] == "refused"
    blocker.unlink()
    assert answer(question, "a")["type"] == "saved"


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda f: (f / f"m01{SUFFIX}").unlink(), "not beside this page"),
        (lambda f: (f / f"m01{SUFFIX}").write_text("{}"), "is not of this course"),
        (lambda f: (f.parent.parent / "course.json").write_text("{"), "can't be read"),
    ],
)
def test_is_a_broken_folder_explained_and_nothing_raised(
    folder: Path, harm: Any, says: str, monkeypatch: Any, capsys: Any
) -> None:
    harm(folder)
    assert says in Page.open(folder, "m01").problem
    monkeypatch.chdir(folder)
    start("m01")
    ask("m01-q01")
    assert "Traceback" not in capsys.readouterr().err


def test_is_an_unknown_item_explained(folder: Path) -> None:
    assert (
        "which its question file doesn't have" in Heard(Page.open(folder, "m01"), "m01-q77").problem
    )


def test_does_a_page_know_which_comes_next(folder: Path) -> None:
    root = folder.parent.parent
    manifest = json.loads((root / "course.json").read_text())
    about = {"minutes": 9, "module": "m01", "code": []}
    manifest["notebooks"] = {
        "lessons/m01.ipynb": {**about, "title": "One", "kind": "lesson"},
        **manifest["notebooks"],
        "lessons/m02.ipynb": {**about, "title": "Two", "kind": "lesson", "module": "m02"},
    }
    (root / "course.json").write_text(json.dumps(manifest))
    page = Page.open(folder, "m01")
    assert HandIn(page).next_page == {"path": "lessons/m02.ipynb", "title": "Two"}
    lesson = Page.open(root, "m01")
    assert frame.next_page(lesson) == {"path": "assignments/m01/m01.ipynb", "title": "T"}
    del manifest["notebooks"]["lessons/m02.ipynb"]
    (root / "course.json").write_text(json.dumps(manifest))
    assert frame.next_page(page) is None


def test_does_the_course_map_count_what_is_done(folder: Path) -> None:
    page = Page.open(folder, "m01")
    answer(Heard(page, "m01-q01"), "a")
    assert page.workspace is not None
    entry = frame.course_entries(page.workspace)[0]
    assert (entry["answered"], entry["total"], entry["handed_in"]) == (1, 3, "")
