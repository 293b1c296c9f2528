"""An assignment and its lesson in a workspace, and a question without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from content.course import write_course

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle
from iop_training.widgets.page import Page
from iop_training.widgets.question import Question


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An assignment's folder in a workspace, signed in as ann."""
    course = Catalog.load(write_course(tmp_path / "course"))
    root = tmp_path / "workspace"
    folder = root / "assignments" / "m01"
    folder.mkdir(parents=True)
    for place, notebook in ((folder, "source/m01/m01.ipynb"), (root, "notebooks/m01.ipynb")):
        text = bundle_text(public_bundle(course, course.root / notebook))
        (place / f"m01{SUFFIX}").write_text(text)
    (root / "course.json").write_text(
        json.dumps(
            {
                "format": 1,
                "course": "iop",
                "exchange": None,
                "identity": "chosen",
                "notebooks": {
                    "assignments/m01/m01.ipynb": {
                        "title": "T",
                        "minutes": 9,
                        "kind": "assignment",
                        "module": "m01",
                        "code": [],
                    }
                },
            }
        )
    )
    (root / "learner.json").write_text('{"id": "ann"}')
    return folder


class Heard(Question):
    """A question that keeps what it sends to its view."""

    def __init__(self, page: Page, item_id: str) -> None:
        self.sent: list[Any] = []
        super().__init__(page, item_id)

    def send(self, content: Any, buffers: Any = None) -> None:
        self.sent.append(content)

    def hear(self, **message: Any) -> Any:
        """Take a message as if the view had sent it; returns the answer to it."""
        self._on_message(self, message, None)
        return self.sent[-1] if self.sent else None


def answer(question: Heard, value: Any, **more: Any) -> Any:
    return question.hear(type="answer", n=1, value=value, **more)
