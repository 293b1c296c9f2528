"""A private box: kept, back, deleted for good, and for the eyes of one person."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from content.test_glossary import course

from iop_training.errors import WorkspaceError
from iop_training.lab.workspace import make_workspace
from iop_training.responses.identity import choose_id, find_workspace
from iop_training.responses.private import read_note
from iop_training.widgets import frame
from iop_training.widgets.page import Page
from iop_training.widgets.reflection import Reflection

TEXT = "I was a client myself, and that is mine to tell. ☂"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A learner's folder, signed in as ann."""
    root = course(tmp_path / "course")
    home = root / "notebooks" / "m00.ipynb"
    text = (root / "notebooks" / "m01.ipynb").read_text()
    home.write_text(text)
    bank = (root / "data/items/m01.yaml").read_text()
    (root / "data/items/m00.yaml").write_text(
        bank.replace("m01-", "m00-").replace("module: m01", "module: m00")
    )
    home.write_text(text.replace("m01", "m00"))
    make_workspace(root, tmp_path / "workspace")
    (tmp_path / "workspace" / "learner.json").write_text('{"id": "ann"}')
    return tmp_path / "workspace"


class Heard(Reflection):
    """A box that keeps what it sends to its view."""

    def __init__(self, page: Page) -> None:
        self.sent: list[Any] = []
        super().__init__(page, "m01-r01")

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)

    def write(self, value: Any, **more: Any) -> Any:
        """Take a text as if the view had sent it; returns the answer to it."""
        self._on_message(self, {"type": "answer", "n": 1, "value": value, **more}, None)
        return self.sent[-1]


def open_box(workspace: Path) -> Heard:
    return Heard(Page.open(workspace / "lessons", "m01"))


def files(workspace: Path) -> list[str]:
    return [p.relative_to(workspace).as_posix() for p in (workspace / "private").rglob("*.*")]


def test_is_a_text_on_the_disk_before_saved_is_said_and_back_on_opening(workspace: Path) -> None:
    box = open_box(workspace)
    assert box.write(TEXT)["type"] == "saved"
    assert files(workspace) == ["private/ann/m01-r01.json"]
    again = open_box(workspace)
    assert again.value == TEXT and again.saved and again.prompt.startswith("What do you bring")


@pytest.mark.skipif(os.name != "posix", reason="modes are posix")
def test_can_nobody_else_open_the_folder(workspace: Path) -> None:
    open_box(workspace).write(TEXT)
    for folder in ("private", "private/ann"):
        assert stat.S_IMODE((workspace / folder).stat().st_mode) == 0o700


def test_is_a_deleted_text_gone_from_the_disk(workspace: Path) -> None:
    box = open_box(workspace)
    box.write(TEXT)
    box.write("")
    assert box.value == "" and box.saved == "" and files(workspace) == []
    assert not any(
        TEXT.encode()[:12] in p.read_bytes() for p in workspace.rglob("*") if p.is_file()
    )
    assert open_box(workspace).value == ""


def test_does_an_older_text_kept_by_a_browser_not_win(workspace: Path) -> None:
    box = open_box(workspace)
    box.write("new")
    time.sleep(0.002)
    box.write("old", age=600_000, resend=True)
    assert box.value == "new"
    box.write("")
    box.write("old", age=600_000, resend=True)
    assert box.value == "" and files(workspace) == []


@pytest.mark.parametrize("value", [None, 7, ["x"], "x" * 20_001])
def test_is_an_impossible_text_refused_in_a_sentence(workspace: Path, value: Any) -> None:
    said = open_box(workspace).write(value)
    assert said["type"] == "refused" and said["message"].endswith(".")
    assert files(workspace) == []


def test_is_a_broken_file_an_empty_box(workspace: Path) -> None:
    open_box(workspace).write(TEXT)
    (workspace / "private/ann/m01-r01.json").write_text("{")
    assert read_note(workspace, "ann", "m01-r01") is None
    assert open_box(workspace).write(TEXT)["type"] == "saved"


def test_is_nothing_written_before_somebody_is_signed_in(workspace: Path) -> None:
    (workspace / "learner.json").unlink()
    box = open_box(workspace)
    assert "Choose your id" in box.blocked
    assert box.write(TEXT)["type"] == "refused" and files(workspace) == []
    page = box._page
    page.sign_in("ann")
    assert box.blocked == "" and box.write(TEXT)["type"] == "saved"
    assert frame.Header(page).id_fixed


def test_is_nobody_shown_what_another_wrote(workspace: Path) -> None:
    open_box(workspace).write(TEXT)
    with pytest.raises(WorkspaceError, match="private notes"):
        choose_id(find_workspace(workspace), "bob")
    (workspace / "learner.json").write_text('{"id": "bob"}')
    assert open_box(workspace).value == ""


def test_is_a_disk_that_fails_said_in_plain_words(workspace: Path) -> None:
    (workspace / "private").write_text("in the way")
    assert "could not be saved" in open_box(workspace).write(TEXT)["message"]


def test_does_the_promise_fit_where_the_folder_is(workspace: Path, monkeypatch: Any) -> None:
    assert "stays on this computer and is never handed in" in open_box(workspace).promise
    monkeypatch.setenv("JUPYTERHUB_USER", "ann")
    assert "stays in your own folder" in open_box(workspace).promise


def test_is_an_unknown_box_explained(workspace: Path) -> None:
    page = Page.open(workspace / "lessons", "m01")
    assert "m01-r09" in Reflection(page, "m01-r09").problem


def test_does_the_end_of_the_lesson_list_its_words(workspace: Path) -> None:
    words = frame.Review(Page.open(workspace / "lessons", "m01")).words
    assert [word["key"] for word in words] == ["iop", "step-down"]
