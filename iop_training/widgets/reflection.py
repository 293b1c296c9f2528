"""Reflection: a box to write in for oneself alone, saved like an answer and never handed in."""

from __future__ import annotations

import os
from typing import Any

import anywidget
import traitlets

from iop_training.errors import CourseError, JournalError
from iop_training.rendering import style
from iop_training.responses.private import Note, read_note, write_note
from iop_training.widgets.assets import esm
from iop_training.widgets.page import NO_ID, Page, given, local_time, older


class Reflection(anywidget.AnyWidget):
    """One box. ``promise`` says who can read it and where it stays."""

    _esm = esm("reflection")
    _css = style()
    prompt = traitlets.Unicode("").tag(sync=True)
    promise = traitlets.Unicode("").tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    blocked = traitlets.Unicode("").tag(sync=True)
    storage = traitlets.Unicode("").tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, page: Page, reflection_id: str) -> None:
        self._page, self._id = page, reflection_id
        self._note: Note | None = None
        prompt = page.bundle.reflections.get(reflection_id) if page.bundle else None
        if prompt is None:
            problem = page.problem or (
                f"This page asks for reflection {reflection_id}, which its question file doesn't "
                "have. Get a fresh copy of this page; what you wrote is kept."
            )
            super().__init__(problem=problem)
            return
        super().__init__(prompt=prompt, promise=_promise(page))
        self._follow()
        page.listeners.append(self._follow)
        self.on_msg(self._on_message)

    def _follow(self) -> None:
        """Show what the person who is signed in has written."""
        page = self._page
        storage = f"{page.scope}/private/{self._id}"
        blocked = "" if page.trainee else NO_ID
        if (self.storage, self.blocked) == (storage, blocked):
            return
        if page.workspace and page.trainee:
            self._note = read_note(page.workspace.root, page.trainee, self._id)
        with self.hold_sync():
            self._show()
            self.storage, self.blocked = storage, blocked

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        if not isinstance(message, dict) or message.get("type") != "answer":
            return
        n = message.get("n")
        try:
            self._keep(message.get("value"), given(message.get("age")), bool(message.get("resend")))
        except CourseError as error:
            self.send({"type": "refused", "n": n, "message": str(error)})
            return
        self._show()
        at = local_time(self._note.at, "%H:%M:%S") if self._note else ""
        self.send({"type": "saved", "n": n, "at": at})

    def _keep(self, text: Any, at: str, resend: bool) -> None:
        page = self._page
        page.follow_id()
        if page.workspace is None or not page.trainee:
            raise JournalError(NO_ID)
        if self._note and resend and older(at, self._note.at):
            return
        self._note = write_note(page.workspace.root, page.trainee, self._id, text)
        page.changed()

    def _show(self) -> None:
        note = self._note
        self.value = note.text if note else ""
        self.saved = local_time(note.at, "%H:%M:%S") if note and note.text else ""


def _promise(page: Page) -> str:
    on_a_server = "JUPYTERHUB_USER" in os.environ or (
        page.workspace is not None and page.workspace.identity == "account"
    )
    place = "in your own folder" if on_a_server else "on this computer"
    return f"Only for you. This stays {place} and is never handed in."
