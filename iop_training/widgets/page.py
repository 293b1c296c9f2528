"""Page: one open notebook in its kernel. Holds its items, its journal and who answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from iop_training.content.bundle import SUFFIX, Bundle, load_bundle
from iop_training.errors import CourseError, ForeignJournalError, JournalError
from iop_training.model import Item
from iop_training.model.opinion import validate_opinion
from iop_training.model.remark import validate_remark
from iop_training.responses import Journal
from iop_training.responses.identity import Workspace, choose_id, find_workspace, learner_id
from iop_training.responses.lines import parse_time
from iop_training.responses.private import note_writers
from iop_training.responses.reader import keep_check

NO_ID = "Choose your id at the top of this page first. Then you can answer."


@dataclass
class Stored:
    """The answer to an item that is on the disk, and since when (ISO, UTC)."""

    value: Any
    at: str

    @property
    def clock(self) -> str:
        """The time of day as people read it, in local time."""
        return local_time(self.at, "%H:%M:%S")


def local_time(at: str, form: str) -> str:
    """A journal's time in local time; "" when it can't be read."""
    moment = parse_time(at)
    try:
        return moment.astimezone().strftime(form) if moment else ""
    except (OverflowError, ValueError, OSError):  # a year that the system has no clock for
        return ""


def given(age: Any) -> str:
    """When an answer was given, by this computer's clock (ISO, UTC); ``age`` is milliseconds by
    the browser's. Two clocks that differ must not decide which answer is newer. "" for no age."""
    if not isinstance(age, int | float) or not 0 <= age < 1e12:
        return ""
    return (datetime.now(UTC) - timedelta(milliseconds=age)).isoformat()


@dataclass
class Page:
    """The notebook ``name`` in ``folder``. ``problem`` is a sentence when it can't be used;
    ``blocked`` one when answers can't be taken now. ``remarks`` are by (item, name), those about
    the page itself under its name, ``checked``
    are the answers that were checked, oldest first, where a kind keeps them."""

    folder: Path
    name: str
    workspace: Workspace | None = None
    bundle: Bundle | None = None
    trainee: str = ""
    problem: str = ""
    blocked: str = ""
    notice: str = ""
    answers: dict[str, Stored] = field(default_factory=dict)
    remarks: dict[tuple[str, str], Stored] = field(default_factory=dict)
    checked: dict[str, list[Any]] = field(default_factory=dict)
    journal: Journal | None = None
    listeners: list[Callable[[], None]] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path, name: str) -> Page:
        """The page with all that could be read; what went wrong is in ``problem``."""
        page = cls(folder, name)
        page.reopen()
        return page

    def reopen(self) -> None:
        """Read again what is on the disk: another window shows this page too. Widgets that are
        on the screen of the first one stay and follow."""
        self.problem = self.notice = ""
        try:
            self.workspace = find_workspace(self.folder)
            self.bundle = self.bundle or load_bundle(self.folder / f"{self.name}{SUFFIX}")
            self._become(learner_id(self.workspace) or "")
        except CourseError as error:
            self.problem = str(error)
        else:
            self.open_journal()
            self.changed()

    def shows(self, folder: Path, name: str) -> bool:
        """Whether this is that notebook, with the questions that are on the disk now."""
        if self.bundle is None or (self.folder, self.name) != (folder, name):
            return False
        try:
            return load_bundle(folder / f"{name}{SUFFIX}").release == self.bundle.release
        except CourseError:
            return False

    def _become(self, trainee: str) -> None:
        """Forget what belongs to another id."""
        if trainee != self.trainee:
            self.trainee, self.journal = trainee, None
            self.answers, self.remarks, self.checked = {}, {}, {}

    def sign_in(self, text: str) -> None:
        """Choose the id; WorkspaceError says why it can't be that one."""
        assert self.workspace is not None
        self.trainee = choose_id(self.workspace, text)
        self.journal = None
        self.open_journal()
        self.changed()

    def open_journal(self) -> None:
        """Open the journal if somebody is signed in; else, or on failure, say so."""
        assert self.bundle is not None
        self.blocked = "" if self.trainee else NO_ID
        if not self.trainee:
            return
        try:
            self.journal = Journal.open(
                self.folder, self.name, self.bundle.assignment, self.trainee, self.bundle.release
            )
        except ForeignJournalError as error:
            self.blocked = str(error)
        except JournalError as error:
            self.notice = str(error)
        else:
            self.notice = ""
            self._restore()

    def _restore(self) -> None:
        assert self.journal is not None
        self.answers, self.remarks, self.checked = {}, {}, {}
        for item_id, answer in self.journal.record.answers.items():
            item = self.items.get(item_id)
            if item is not None:
                try:
                    value = item.validate_response(answer.value)
                except CourseError:
                    continue
                self.answers[item_id] = Stored(value, answer.at)
        for (item_id, name), remark in self.journal.record.remarks.items():
            if item_id in self.items or item_id == self.name:
                self.remarks[item_id, name] = Stored(remark.value, remark.at)
        for item_id, values in self.journal.record.checked.items():
            for value in values if item_id in self.items else ():
                with suppress(CourseError):
                    self._keep_check(self.items[item_id], value)

    @property
    def items(self) -> dict[str, Item]:
        """Items of this notebook in order."""
        return self.bundle.items if self.bundle else {}

    @property
    def scope(self) -> str:
        """Names this trainee's answers to this notebook within a browser."""
        course = self.workspace.root.name if self.workspace else ""
        place = f"assignments/{self.name}" if self.bundle and self.bundle.assignment else self.name
        return f"iop/{course}/{self.trainee}/{place}"

    @property
    def seed(self) -> str:
        """What decides what this trainee sees in which order; ASCII."""
        return self.journal.seed if self.journal else f"{self.trainee}/{self.name}"

    def order(self, item: Item) -> list[str]:
        """Ids of what is shuffled, as this trainee sees them."""
        return item.display_order(self.seed)

    def save(self, item: Item, value: Any, at: str = "", resend: bool = False) -> Stored:
        """Store an answer and return what is on the disk now.

        A repeated message, or one kept by a browser since before the stored answer was given
        (``resend`` with the browser's time ``at``), changes nothing. ResponseError or
        JournalError when it can't be stored.
        """
        value = item.validate_response(value)
        self.follow_id()
        stored = self.answers.get(item.id)
        if stored is None or not self._holds(stored, value, at, resend):
            stored = Stored(value, self._open().answer(item.id, value))
            self.answers[item.id] = stored
            self.changed()
        return stored

    def remark(
        self, item: Item, name: Any, value: Any, at: str = "", resend: bool = False
    ) -> Stored:
        """Store a remark on an item; all else as for :meth:`save`."""
        return self._say(item.id, name, validate_remark(name, value), at, resend)

    def opine(self, name: Any, value: Any, at: str = "", resend: bool = False) -> Stored:
        """Store an answer to a question about this lesson; all else as for :meth:`save`."""
        return self._say(self.name, name, validate_opinion(name, value), at, resend)

    def _say(self, about: str, name: str, value: str, at: str, resend: bool) -> Stored:
        self.follow_id()
        stored = self.remarks.get((about, name))
        if stored is None or not self._holds(stored, value, at, resend):
            stored = Stored(value, self._open().remark(about, name, value))
            self.remarks[about, name] = stored
            self.changed()
        return stored

    def check(self, item: Item) -> None:
        """Keep that the answer on the disk was checked, where the item's kind keeps that. No
        answer hangs on it, so a disk that won't take it stops nobody."""
        stored = self.answers.get(item.id)
        if item.keeps_checks and stored and self._keep_check(item, stored.value):
            with suppress(JournalError):
                self._open().check(item.id)

    def _keep_check(self, item: Item, value: Any) -> bool:
        """Whether it is another answer than the last that was checked."""
        before = len(self.checked.get(item.id, ()))
        keep_check(self.checked, item.id, item.validate_response(value))
        return len(self.checked[item.id]) > before

    def said(self, name: str) -> dict[str, str]:
        """Item to what was said under ``name``, in the order of the items; no blanks."""
        found = {i: self.remarks[i, name].value for i in self.items if (i, name) in self.remarks}
        return {item: text for item, text in found.items() if text.strip()}

    def _holds(self, stored: Stored, value: Any, at: str, resend: bool) -> bool:
        """Whether the disk has this value, or one that is newer than this kept one."""
        is_there = self.journal is not None and self.journal.path.is_file()
        return is_there and (stored.value == value or (resend and older(at, stored.at)))

    def _open(self) -> Journal:
        if self.journal is None:
            self.open_journal()
        if self.journal is None:
            raise JournalError(self.blocked or self.notice)
        return self.journal

    def follow_id(self) -> None:
        """Take up an id chosen on another page meanwhile, or this page would answer under the
        old one. It was allowed only because nothing was answered yet."""
        chosen = learner_id(self.workspace) if self.workspace else None
        if chosen and chosen != self.trainee:
            self._become(chosen)
            self.open_journal()
            self.changed()

    def is_answered(self, item: Item) -> bool:
        """Whether a whole answer is on the disk."""
        stored = self.answers.get(item.id)
        return stored is not None and item.is_answered(stored.value)

    def unanswered(self) -> list[dict[str, str]]:
        """Items without an answer that need one: id, and a label to find them by."""
        return [
            {"id": item.id, "label": self.label(item.id)}
            for item in self.items.values()
            if not item.optional and not self.is_answered(item)
        ]

    def has_written(self) -> bool:
        """Whether anything is stored that hangs on the id."""
        notes = note_writers(self.workspace.root) if self.workspace else set()
        return bool(self.answers or self.remarks or self.trainee in notes)

    def label(self, item_id: str) -> str:
        """The number of a question and the beginning of what it asks."""
        number = list(self.items).index(item_id) + 1
        return f"Question {number}: {_shortened(self.items[item_id].stem)}"

    def answered(self) -> int:
        """How many of :meth:`total` have an answer."""
        return self.total() - len(self.unanswered())

    def total(self) -> int:
        """How many items need an answer; optional ones are left out."""
        return sum(not item.optional for item in self.items.values())

    def changed(self) -> None:
        """Tell everything that shows progress."""
        for listener in self.listeners:
            listener()


def older(at: str, than: str) -> bool:
    """Whether one time (ISO) is before another; not when either can't be read."""
    mine, other = parse_time(at), parse_time(than)
    return mine is not None and other is not None and mine < other


def _shortened(stem: str) -> str:
    words = stem.split()
    return " ".join(words[:9]) + ("\N{NO-BREAK SPACE}…" if len(words) > 9 else "")
