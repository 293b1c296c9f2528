"""The kernel's side of a debrief: finds the session it is about, works it out, keeps what the
trainee says in it.

In practice it is worked out here, from the whole case. Of an assessed case a learner has only the
play part; its debrief comes with the feedback page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from threading import Lock, Thread
from typing import Any

from pydantic import ValidationError

from iop_training.errors import CaseError, CourseError, ResponseError
from iop_training.figures.case_curves import curves_svg
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, DebriefNotes
from iop_training.model.kinds.case import CaseItem
from iop_training.scoring.debrief import debrief, outlook_of, run_digest
from iop_training.scoring.debrief_parts import Debrief
from iop_training.simulation.outlook import Outlook
from iop_training.widgets.case_debrief_view import with_citations, words_of
from iop_training.widgets.case_goal import Goal, ended_at, goal_carried
from iop_training.widgets.case_returned import feedback_seen, returned_debrief
from iop_training.widgets.page import Page, given, local_time, older

NOT_NOW = (
    "The debrief of this session can't be worked out here. What you said and chose is kept. Tell "
    "your supervisor."
)
ANOTHER = "This debrief is of another session than the one on this page. Nothing was changed."
_one_at_a_time = Lock()


class CaseDebrief:
    """The debrief of one case on a page. ``changed`` is called, in the kernel's own loop, when
    :attr:`shown` became another one by itself."""

    def __init__(self, page: Page, item: CaseItem, changed: Callable[[], None]) -> None:
        self._page, self._item, self._changed = page, item, changed
        self._outlook: Outlook | None = None
        self._failed = False
        self._begun = False
        self._made: tuple[Any, dict[str, Any] | None] = (None, None)
        self._noted_at = ""

    def begin(self) -> None:
        """Work ahead: a large case takes seconds, which nobody should wait for at its end."""
        if self._begun or not isinstance(self._item.case, Case):
            return
        self._begun = True
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # outside of a kernel nobody is kept waiting
            self._work(lambda act, *given: act(*given))
        else:
            Thread(target=self._work, args=(loop.call_soon_threadsafe,), daemon=True).start()

    def _work(self, hand_over: Callable[..., Any]) -> None:
        """Runs beside the kernel's loop; only ``hand_over`` leads back into it."""
        case, outlook = self._item.case, None
        assert isinstance(case, Case)
        try:
            with _one_at_a_time:
                outlook = outlook_of(case)
        except Exception:  # whatever it is, the session goes on and the page says so
            logging.getLogger(__name__).exception("No outlook of %s", case.id)
        hand_over(self._take_outlook, outlook)

    def _take_outlook(self, outlook: Outlook | None) -> None:
        self._outlook, self._failed = outlook, outlook is None
        self._changed()

    @property
    def shown(self) -> dict[str, Any] | None:
        """What a page shows, but for what the trainee said in it; None while there is no debrief.

        ``data``: the :class:`Debrief` as JSON, its sources as citations. ``words``: see
        :func:`~.case_debrief_view.words_of`. ``pending``: it is still being worked out."""
        saved = self._saved()
        if saved is None:
            return None
        of = (tuple(saved), self._outlook is None, self._failed, feedback_seen(self._page))
        if self._made[0] != of:
            self._made = (of, self._make(saved))
        return self._made[1]

    @property
    def notes(self) -> dict[str, Any]:
        """What the trainee said in it, and the time of day it was saved: value, saved."""
        stored = self._page.answers.get(self._item.id)
        value = self._work_on_disk().debrief
        at = self._noted_at or (stored.at if stored and value != DebriefNotes() else "")
        return {"value": value.model_dump(mode="json"), "saved": local_time(at, "%H:%M:%S")}

    def take(self, message: dict[str, Any]) -> dict[str, Any]:
        """Store what a view sends; the reply to it."""
        n, at = message.get("n"), given(message.get("age"))
        try:
            self._page.follow_id()
            self._keep(message.get("value"), str(message.get("run")), at, message.get("resend"))
        except CourseError as error:
            return {"type": "debrief_refused", "n": n, "message": str(error)}
        return {"type": "debrief_saved", "n": n, "at": self.notes["saved"]}

    def _keep(self, value: Any, run: str, at: str, resend: Any) -> None:
        saved = self._saved()
        if saved is None or run_digest(saved) != run:
            raise ResponseError(ANOTHER)
        if resend and older(at, self._noted_at):
            return
        try:
            notes = DebriefNotes.model_validate(value)
        except ValidationError as error:
            raise ResponseError("This is not what a debrief takes. Nothing was changed.") from error
        work = self._work_on_disk().model_copy(update={"debrief": notes})
        stored = self._page.save(self._item, work.model_dump(mode="json", exclude_defaults=True))
        self._noted_at = stored.at

    def _work_on_disk(self) -> CaseAnswer:
        stored = self._page.answers.get(self._item.id)
        return CaseAnswer.model_validate(stored.value if stored else {})

    def _saved(self) -> list[str] | None:
        """The session that the debrief is about: in practice the last that ended, else the one
        that counts."""
        ended = [list(run.saved) for run in self._work_on_disk().runs if run.ended]
        if not ended:
            return None
        return ended[-1] if self._item.use == "formative" else ended[0]

    def _make(self, saved: list[str]) -> dict[str, Any] | None:
        case = self._item.case
        if not isinstance(case, Case):
            return self._from_feedback(saved)
        if self._outlook is None:
            return _waiting(pending=not self._failed, problem=NOT_NOW if self._failed else "")
        try:
            made = debrief(case, saved, self._outlook)
        except CaseError as error:
            return _waiting(pending=False, problem=f"{NOT_NOW} ({error})")
        references = self._page.bundle.references if self._page.bundle else {}
        marks = [point.turn for point in made.turning_points]
        return self._told(made, references, curves_svg(made.curves, marks), saved)

    def _from_feedback(self, saved: list[str]) -> dict[str, Any] | None:
        """The debrief that came back with the feedback; None as long as none did."""
        block = returned_debrief(feedback_seen(self._page), self._item.id, run_digest(saved))
        if block is None:
            return None
        return self._told(block.debrief, block.references, block.curves_svg, saved)

    def _told(
        self, made: Debrief, references: dict[str, str], svg: str, saved: list[str]
    ) -> dict[str, Any]:
        until = ended_at(self._page, self._item.id, tuple(saved))
        goal = goal_carried(self._page, self._item.id, until)
        return {
            "data": with_citations(made, references),
            "words": words_of(made),
            "curves_svg": svg,
            "earlier_goal": _earlier(goal, made) if goal else None,
            "pending": False,
            "problem": "",
        }


def _waiting(pending: bool, problem: str) -> dict[str, Any]:
    return {"data": None, "pending": pending, "problem": problem}


def _earlier(goal: Goal, made: Debrief) -> dict[str, Any]:
    """The goal that was brought along, with such lines then and now."""
    now = sum(goal.code in turn.line.codes for turn in made.turns) if goal.code else None
    return {
        "text": goal.text,
        "code": goal.code,
        "case": goal.case,
        "count_then": goal.lines,
        "count_now": now,
    }
