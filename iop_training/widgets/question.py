"""Question: the view of one item, and what happens when it is answered."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from iop_training.errors import CourseError
from iop_training.model import Item, Part, Score
from iop_training.model.remark import REMARKS, STANCES
from iop_training.rendering import program_line, style
from iop_training.rendering.parts import more, verdict
from iop_training.responses.lesson import has_assignment
from iop_training.scoring import score
from iop_training.widgets.assets import esm
from iop_training.widgets.page import Page, Stored, given
from iop_training.widgets.program import program_facts

NO_REMARK = {"value": "", "saved": ""}


class Question(anywidget.AnyWidget):
    """One item. The view keeps an answer until ``saved`` says that the disk has it.

    ``remarks`` has value and time of each remark by its name, ``reader`` a sentence on who gets
    to read an objection.
    """

    _esm = esm("question")
    _css = style()
    item = traitlets.Dict().tag(sync=True)
    value = traitlets.Any(None).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)
    blocked = traitlets.Unicode("").tag(sync=True)
    storage = traitlets.Unicode("").tag(sync=True)
    remarks = traitlets.Dict().tag(sync=True)
    reader = traitlets.Unicode("").tag(sync=True)
    feedback = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, page: Page, item_id: str) -> None:
        self._page = page
        self._item = page.items.get(item_id)
        super().__init__(**self._state(item_id))
        if self._item is not None:
            page.listeners.append(self._follow)
            self.on_msg(self._on_message)
            self._give_feedback(checked=False)

    def _state(self, item_id: str) -> dict[str, Any]:
        if self._item is None:
            return {
                "problem": self._page.problem
                or (
                    f"This page asks for question {item_id}, which its question file doesn't have. "
                    "Your other answers are safe. Tell your supervisor, or get a fresh copy."
                )
            }
        stored = self._page.answers.get(item_id)
        return {
            "item": _asked(self._page, self._item),
            "value": stored.value if stored else None,
            "saved": stored.clock if stored else "",
            "blocked": self._page.blocked,
            "storage": self._page.scope,
            "remarks": {name: self._remark(item_id, name) for name in REMARKS},
            "reader": objection_reader(self._page),
        }

    def _remark(self, item_id: str, name: str) -> dict[str, str]:
        stored = self._page.remarks.get((item_id, name))
        return {"value": stored.value, "saved": stored.clock} if stored else NO_REMARK

    def _follow(self) -> None:
        """Take up a sign-in (the page is no longer blocked, and old answers come back) and what
        was answered in another window."""
        state = self._state(self._item.id)  # type: ignore[union-attr]
        if all(getattr(self, name) == value for name, value in state.items()):
            return
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)
        self._give_feedback(checked=False)

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "answer":
            self._answer(message)
        elif kind == "remark":
            self._take_remark(message)
        elif kind == "check":
            self._give_feedback(checked=True)

    def _answer(self, message: dict[str, Any]) -> None:
        assert self._item is not None
        n = message.get("n")
        try:
            stored = self._page.save(
                self._item,
                message.get("value"),
                given(message.get("age")),
                bool(message.get("resend")),
            )
        except CourseError as error:
            self.send({"type": "refused", "n": n, "message": str(error)})
            return
        self._show(stored)
        self.send({"type": "saved", "n": n, "at": stored.clock})
        self._give_feedback(checked=False)

    def _take_remark(self, message: dict[str, Any]) -> None:
        assert self._item is not None
        n, name = message.get("n"), message.get("name")
        try:
            stored = self._page.remark(
                self._item,
                name,
                message.get("value"),
                given(message.get("age")),
                bool(message.get("resend")),
            )
        except CourseError as error:
            self.send({"type": "remark_refused", "name": name, "n": n, "message": str(error)})
            return
        self.remarks = {**self.remarks, name: self._remark(self._item.id, str(name))}
        self.send({"type": "remark_saved", "name": name, "n": n, "at": stored.clock})

    def _show(self, stored: Stored) -> None:
        self.value = stored.value
        self.saved = stored.clock

    def _give_feedback(self, checked: bool) -> None:
        """Feedback on a formative item; a graded one only says that it is saved.

        Feedback that waits for a press stays after a change: the view shows it only while it
        speaks of what is chosen.
        """
        item = self._item
        if item is None or item.use != "formative":
            return
        if item.is_blank(item.validate_response(self.value)):
            self.feedback = None
        elif checked or item.at_once:
            if checked:
                self._page.check(item)
            self.feedback = feedback(self._page, item, self.value)


def objection_reader(page: Page) -> str:
    """Who reads what somebody objects to on this page, as a sentence."""
    if page.bundle is None or page.bundle.assignment:
        return "Your supervisor reads this with your answers."
    if page.workspace and has_assignment(page.workspace, page.bundle.notebook):
        return (
            "Your supervisor reads this when you hand in this module's assignment. Your practice "
            "answers stay with you."
        )
    return "This module has no assignment to send it with, so it stays in your folder."


def feedback(page: Page, item: Item, value: Any) -> dict[str, Any]:
    """What the view says about an answer: the answer it is about, verdict, message, reasons for
    each part, sources."""
    result = score(item, value)
    earlier = [score(item, checked) for checked in page.checked.get(item.id, ())]
    references = page.bundle.references if page.bundle else {}
    outcome, message = _outcome(result)
    return {
        "value": value,
        "verdict": outcome,
        "message": "" if item.at_once else message,
        "parts": {part.id: _part(item, part) for part in result.parts},
        "more": more(item, result, earlier),
        "model_answer": getattr(item, "model_answer", None) or "",
        "sources": [references[s] for s in item.source if s in references],
        "local": _local(page, item),
    }


def _local(page: Page, item: Item) -> list[str]:
    facts = program_facts(page.folder).facts(item.local) if item.local else []
    return [program_line(fact) for fact in facts]


def _outcome(result: Score) -> tuple[str, str]:
    if result.points is None:
        return "compare", "Compare your words with this one. Yours may be as good."
    if result.look:
        return "close", "Close: check the spelling."
    if result.full:
        return "right", _all_right(result)
    if result.points > 0:
        return "partly", "Partly there. Read the reasons, and change your answer if you like."
    return "not_yet", "Not yet. Read the reasons, and change your answer if you like."


def _all_right(result: Score) -> str:
    if any(part.answer for part in result.parts):
        return "Everything is in its place." if len(result.parts) > 1 else ""
    return "You found them all." if len(result.parts) > 1 else ""


def _part(item: Item, part: Part) -> dict[str, Any]:
    title, _ = verdict(item, part)
    harm = [f"This could harm a client: {part.harm_reason}"] if part.harmful else []
    better = [f"Better: {part.better}"] if part.better else []
    return {
        "label": part.text,
        "answer": part.answer,
        "chosen": part.chosen,
        "right": part.right,
        "harm": part.harmful,
        "title": title,
        "text": "\n".join([*better, *([part.rationale] if part.rationale else []), *harm]),
    }


def _asked(page: Page, item: Item) -> dict[str, Any]:
    """The item as the view needs it: never a key."""
    return {
        "id": item.id,
        "kind": item.kind,
        "use": item.use,
        "stem": item.stem,
        "points": item.points,
        "optional": item.optional,
        "stances": STANCES if item.stance else {},
        "number": list(page.items).index(item.id) + 1,
        "of": len(page.items),
        **item.asked(page.order(item)),
    }
