"""CaseRoom: a session with a simulated client. The kernel runs it; a turn counts when the journal
has it, and only then the page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets

from iop_training.errors import CaseError, CourseError, ResponseError
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, Run
from iop_training.model.kinds.case import CaseItem
from iop_training.rendering import style
from iop_training.simulation.script import Script
from iop_training.widgets.assets import esm
from iop_training.widgets.case_coach import CaseCoach
from iop_training.widgets.case_debrief import CaseDebrief
from iop_training.widgets.case_goal import goal_carried
from iop_training.widgets.case_note import form_of, noted_run, results_of, with_note
from iop_training.widgets.case_place import place_of
from iop_training.widgets.case_state import room_of
from iop_training.widgets.case_steps import Play, step
from iop_training.widgets.page import Page, Stored, given, local_time, older

ELSEWHERE = "In another window you said another line here. That one counts."


@dataclass(frozen=True)
class Compared:
    """A note that was compared: the run it is about, and what it said."""

    run: Run
    said: Mapping[str, str]


class CaseRoom(anywidget.AnyWidget):
    """One case. ``place`` is what doesn't change, ``room`` what does; see
    :func:`~iop_training.widgets.case_place.place_of` and
    :func:`~iop_training.widgets.case_state.room_of`."""

    _esm = esm("case_room")
    _css = style()
    place = traitlets.Dict().tag(sync=True)
    room = traitlets.Dict().tag(sync=True)
    debrief = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    debrief_notes = traitlets.Dict().tag(sync=True)
    blocked = traitlets.Unicode("").tag(sync=True)
    storage = traitlets.Unicode("").tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, page: Page, item_id: str) -> None:
        self._page = page
        item = page.items.get(item_id)
        if not isinstance(item, CaseItem):
            super().__init__(problem=page.problem or _missing(item_id))
            return
        self._item = item
        self._script = Script(item.case)
        self._coach = CaseCoach(page, item.case)
        self._debrief = CaseDebrief(page, item, self._follow)
        self._take_up_note()
        self._take_up_goal()
        super().__init__(**self._now())
        page.listeners.append(self._follow)
        self.on_msg(self._on_message)
        self._debrief.begin()

    @property
    def _play(self) -> Play:
        return Play(self._script, self._page.seed, self._item.use == "formative")

    @property
    def _stored(self) -> Stored | None:
        return self._page.answers.get(self._item.id)

    @property
    def _work(self) -> CaseAnswer:
        stored = self._stored
        return CaseAnswer.model_validate(stored.value if stored else {})

    def _now(self) -> dict[str, Any]:
        """All that the view shows, as it is now."""
        play, work, stored = self._play, self._work, self._stored
        goal = self._goal._asdict() if self._goal else None
        room = room_of(play, work, self._coach.words, goal)
        room["saved"] = stored.clock if stored else ""
        room["note"] = self._note(play, work)
        return {
            "place": place_of(self._page, self._item.id, self._item.case),
            "room": room,
            "debrief": self._debrief.shown,
            "debrief_notes": self._debrief.notes,
            "blocked": self._page.blocked,
            "storage": self._page.scope,
        }

    def _follow(self) -> None:
        """Take up what changed: somebody signed in, another window went on."""
        if self.storage != self._page.scope:
            self._take_up_note()
            self._take_up_goal()
        with self.hold_sync():
            for name, value in self._now().items():
                setattr(self, name, value)

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        if not isinstance(message, dict):
            return
        heard = HEARD.get(str(message.get("type")), CaseRoom._press)
        heard(self, message)

    def _press(self, message: dict[str, Any]) -> None:
        """Something pressed: done when it is on the disk."""
        n = message.get("n")
        try:
            self._page.follow_id()
            if message.get("type") in ("begin", "again"):
                self._take_up_goal()
            before = self._work
            after = step(self._play, before, message)
            self._save(after)
        except CaseError as error:
            self.send({"type": "done", "n": n, "message": str(error)})
        except CourseError as error:
            self.send({"type": "refused", "n": n, "message": str(error)})
        else:
            said = ELSEWHERE if after is before and self._said_another(message) else ""
            self.send({"type": "done", "n": n, "message": said})

    def _save(self, work: CaseAnswer) -> None:
        """Store all of the work; Page.save writes nothing that it has already."""
        if self._stored is None and work == CaseAnswer():
            return
        self._page.save(self._item, work.model_dump(mode="json", exclude_defaults=True))

    def _said_another(self, message: dict[str, Any]) -> bool:
        """Whether the turn that a press is about was taken with another line."""
        session = self._play.current(self._work)
        turn = message.get("turn")
        if message.get("type") != "choose" or session is None or not isinstance(turn, int):
            return False
        chosen = session.chosen[turn - 1 : turn] if turn > 0 else ()
        return bool(chosen) and chosen[0] != message.get("move")

    def _note(self, play: Play, work: CaseAnswer) -> dict[str, Any] | None:
        """The note's form, once there is a session that it is about."""
        case, run = self._item.case, noted_run(play, work)
        if case.note is None or run is None:
            return None
        results = None
        if isinstance(case, Case) and self._compared and self._compared.run == run:
            results = results_of(case, play, run, self._compared.said)
        saved = local_time(self._noted_at, "%H:%M:%S") if work.note else ""
        return {**form_of(case.note, work), "results": results, "saved": saved}

    def _take_up_note(self) -> None:
        """The note on the disk was saved at the latest with the last press."""
        self._noted_at = self._stored.at if self._stored else ""
        self._compared: Compared | None = None

    def _take_note(self, message: dict[str, Any]) -> None:
        n, at = message.get("n"), given(message.get("age"))
        try:
            self._page.follow_id()
            if not (message.get("resend") and older(at, self._noted_at)):
                self._keep_note(message.get("value"))
        except CourseError as error:
            self.send({"type": "note_refused", "n": n, "message": str(error)})
            return
        self._follow()
        self.send({"type": "note_saved", "n": n, "at": (self.room["note"] or {}).get("saved", "")})

    def _keep_note(self, said: Any) -> None:
        note, work = self._item.case.note, self._work
        if note is None or noted_run(self._play, work) is None:
            raise ResponseError("The note is written after the session.")
        self._save(with_note(note, work, said))
        self._noted_at = self._stored.at if self._stored else ""

    def _compare(self, message: dict[str, Any]) -> None:
        work = self._work
        run = noted_run(self._play, work)
        self._compared = Compared(run, work.note) if run else None
        self._follow()

    def _take_up_goal(self) -> None:
        """The goal of another case's debrief, which may have been chosen since."""
        self._goal = goal_carried(self._page, self._item.id)

    def _take_debrief(self, message: dict[str, Any]) -> None:
        reply = self._debrief.take(message)
        self._follow()
        self.send(reply)


HEARD: dict[str, Callable[[CaseRoom, dict[str, Any]], None]] = {
    "note": CaseRoom._take_note,
    "debrief": CaseRoom._take_debrief,
    "compare": CaseRoom._compare,
}
"""Who takes messages that are no press."""


def _missing(item_id: str) -> str:
    return (
        f"This page asks for the session {item_id}, which its question file doesn't have. Your "
        "answers are safe. Tell your supervisor, or get a fresh copy."
    )
