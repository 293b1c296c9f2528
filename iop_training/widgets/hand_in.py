"""HandIn: the end of an assignment. Hands in, shows the receipt, finds feedback."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import traitlets

from iop_training.errors import CourseError, JournalError
from iop_training.model.opinion import QUESTIONS, opinion_words
from iop_training.responses.handin import Receipt, freeze, make_zip, zip_name
from iop_training.responses.lesson import Said, lesson_said
from iop_training.widgets.assets import esm
from iop_training.widgets.frame import Progress, files_link, next_page, stance_counts
from iop_training.widgets.page import Page, local_time

SENT = "handed_in"
"""Folder in the assignment's folder for the zips a trainee sends."""


class HandIn(Progress):
    """``stage``: ready, working, done or failed; ``receipt`` of the last hand-in;
    ``objections`` and what is said about the lesson go with the answers: a label and the text
    of each."""

    _esm = esm("hand_in")
    title = traitlets.Unicode("").tag(sync=True)
    storage = traitlets.Unicode("").tag(sync=True)
    trainee = traitlets.Unicode("").tag(sync=True)
    stage = traitlets.Unicode("ready").tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)
    receipt = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    changed_since = traitlets.Int(0).tag(sync=True)
    objections = traitlets.List().tag(sync=True)
    stances = traitlets.List().tag(sync=True)
    feedback_files = traitlets.List().tag(sync=True)
    next_page = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)

    def __init__(self, page: Page) -> None:
        self._task: asyncio.Task[None] | None = None
        title = page.bundle.title if page.bundle else page.name
        super().__init__(page, title=title, next_page=next_page(page))
        self.feedback_files = self._feedback_files()
        self.on_msg(self._on_message)

    def refresh(self) -> None:
        super().refresh()
        self.storage = self._page.scope
        self.trainee = self._page.trainee
        self.stances = stance_counts(self._page)
        self._read_objections()
        with self.hold_sync():
            self._show_last_receipt()
            self.changed_since = self._count_changed()

    def _read_objections(self) -> None:
        """Those to this page's questions, and what is said about the lesson, as the disk has it."""
        page = self._page
        self._of_the_lesson = (
            lesson_said(page.workspace, page.name, page.trainee) if page.workspace else Said()
        )
        own = page.said("objection").items()
        self.objections = [
            *({"label": page.label(item), "text": text} for item, text in own),
            *({"label": "In the lesson", "text": o.text} for o in self._of_the_lesson.objections),
            *(
                {"label": QUESTIONS[o.question].text, "text": opinion_words(o.question, o.answer)}
                for o in self._of_the_lesson.opinions
            ),
        ]

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        actions: dict[Any, Callable[[], Coroutine[Any, Any, None]]] = {
            "hand_in": self.hand_in,
            "look_for_feedback": self.look_for_feedback,
        }
        action = actions.get(message.get("type")) if isinstance(message, dict) else None
        if action and (self._task is None or self._task.done()):
            self._task = asyncio.ensure_future(self._guarded(action))

    async def _guarded(self, action: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await action()
        except CourseError as error:
            self._fail(str(error))
        except OSError as error:
            self._fail(
                f"That didn't work ({error.strerror or error}). Your answers are saved. "
                "Try again; if it stays so, tell your supervisor."
            )

    def _fail(self, sentence: str) -> None:
        with self.hold_sync():
            self.stage, self.message = "failed", sentence

    async def hand_in(self) -> None:
        """Freeze the answers and give them to the exchange, or make a zip of them."""
        page = self._page
        if page.journal is None or page.workspace is None:
            raise JournalError(page.blocked or page.notice or page.problem)
        self.stage, self.message = "working", ""
        self._write_again()
        self._read_objections()
        way = "exchange" if page.workspace.exchange else "zip"
        with tempfile.TemporaryDirectory(prefix="iop-hand-in-") as temporary:
            frozen = Path(temporary) / page.name
            frozen.mkdir()
            receipt = freeze(
                page.journal,
                page.folder / f"{page.name}.ipynb",
                frozen,
                page.answered(),
                page.total(),
                way,
                self._of_the_lesson,
            )
            await self._give(frozen, receipt)
        page.journal.handed_in(receipt.journal, receipt.answered, receipt.total, way, receipt.at)
        page.journal.record = page.journal.read()
        page.changed()  # the receipt, in every window that shows this page

    def _write_again(self) -> None:
        """Answers that this page has and the file has not: somebody removed it meanwhile."""
        journal = self._page.journal
        assert journal is not None
        kept = journal.read()
        for item_id, stored in self._page.answers.items():
            if item_id not in kept.answers:
                journal.answer(item_id, stored.value)
        for (item_id, name), stored in self._page.remarks.items():
            if (item_id, name) not in kept.remarks:
                journal.remark(item_id, name, stored.value)

    async def _give(self, frozen: Path, receipt: Receipt) -> None:
        """Send the frozen folder by the exchange, or make a zip of it."""
        page = self._page
        assert page.workspace is not None
        if receipt.way == "exchange":
            await _nbgrader(
                "submit",
                "--workspace",
                page.workspace.root,
                "--assignment",
                receipt.assignment,
                "--folder",
                frozen,
            )
            return
        folder = page.folder / SENT
        folder.mkdir(exist_ok=True)
        make_zip(frozen, folder / zip_name(receipt))

    async def look_for_feedback(self) -> None:
        """Fetch what the supervisor returned through the exchange, and list what is there."""
        page = self._page
        assert page.workspace is not None
        before = self.stage
        if page.workspace.exchange:
            with self.hold_sync():
                self.stage, self.message = "working", "Looking for feedback …"
            await _nbgrader("fetch", "--workspace", page.workspace.root, "--assignment", page.name)
        with self.hold_sync():
            self.stage = before
            self.feedback_files = self._feedback_files()
            self.message = (
                ""
                if self.feedback_files
                else (
                    "No feedback is here yet. Your supervisor returns it after grading."
                    if page.workspace.exchange
                    else "Your supervisor sends feedback as a file. Open it in your browser or put "
                    "it into the folder “feedback” of this assignment and look again."
                )
            )
        page.changed()  # a session's debrief comes with the feedback

    def _feedback_files(self) -> list[dict[str, str]]:
        page = self._page
        if page.workspace is None:
            return []
        found = sorted((page.folder / "feedback").rglob("*.html"), reverse=True)
        return [
            {
                "label": f"Feedback, {path.parent.name}"
                if path.parent.name != "feedback"
                else path.stem,
                "href": files_link(page.workspace.root, path),
            }
            for path in found
        ]

    def _show_last_receipt(self) -> None:
        """Show the last hand-in, if it is not on the screen already."""
        journal = self._page.journal
        if journal is None or not journal.record.handins:
            return
        last = journal.record.handins[-1]
        receipt = Receipt(
            journal.trainee,
            self._page.name,
            str(last.get("journal", "")),
            _number(last.get("answered")),
            _number(last.get("total")),
            str(last.get("frozen") or last.get("at", "")),
            str(last.get("way", "")),
        )
        if self.receipt and self.receipt["iso"] == receipt.at:
            return
        zips = sorted((self._page.folder / SENT).glob("*.zip"))
        sent = zips[-1] if zips and receipt.way == "zip" else None
        self.stage, self.message = "done", ""
        self.receipt = self._shown(receipt, sent)

    def _count_changed(self) -> int:
        """Answers and remarks given after the last hand-in."""
        if not self.receipt:
            return 0
        page = self._page
        times = [stored.at for stored in (*page.answers.values(), *page.remarks.values())]
        times += self._of_the_lesson.times
        return sum(at > self.receipt["iso"] for at in times)

    def _shown(self, receipt: Receipt, sent: Path | None) -> dict[str, Any]:
        root = self._page.workspace.root if self._page.workspace else self._page.folder
        return {
            "journal": receipt.journal,
            "answered": receipt.answered,
            "total": receipt.total,
            "at": local_time(receipt.at, "%d %B %Y, %H:%M"),
            "iso": receipt.at,
            "way": receipt.way,
            "file": sent.name if sent else "",
            "href": files_link(root, sent) if sent else "",
        }


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


async def _nbgrader(module: str, *arguments: object) -> dict[str, Any]:
    """Run a step that needs nbgrader in a process of its own: importing it takes seconds and
    would freeze the page. The step prints one line of JSON."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"iop_training.grading.{module}",
        *map(str, arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    try:
        result: dict[str, Any] = json.loads(out.decode().strip().splitlines()[-1])
    except (ValueError, IndexError):
        raise JournalError(
            "The course's exchange folder can't be reached. Your answers are saved here. Try "
            "again later; if it stays so, tell your supervisor."
        ) from None
    if not result.get("ok"):
        raise JournalError(str(result.get("message")))
    return result
