"""What stands around the questions: header, review at the end of a lesson, course map."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anywidget
import traitlets

from iop_training.content.bundle import SUFFIX, Bundle, load_bundle
from iop_training.errors import CourseError
from iop_training.model.opinion import MAX_TEXT, QUESTIONS
from iop_training.model.remark import STANCES
from iop_training.rendering import style
from iop_training.responses import journal_path, read_journal
from iop_training.responses.identity import ID_PATTERN, MANIFEST, Workspace, who_answered
from iop_training.responses.lesson import has_assignment
from iop_training.widgets.assets import esm
from iop_training.widgets.page import Page, given, local_time


class Progress(anywidget.AnyWidget):
    """Base of the widgets that show how much is answered."""

    _css = style()
    total = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)
    unanswered = traitlets.List().tag(sync=True)

    def __init__(self, page: Page, **state: Any) -> None:
        self._page = page
        super().__init__(**state)
        page.listeners.append(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the page's progress as it is now."""
        with self.hold_sync():
            self.total = self._page.total()
            self.answered = self._page.answered()
            self.unanswered = self._page.unanswered()


class Header(Progress):
    """Title, objectives, progress, and the one time the id is chosen."""

    _esm = esm("header")
    eyebrow = traitlets.Unicode("").tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    minutes = traitlets.Int(0).tag(sync=True)
    objectives = traitlets.List().tag(sync=True)
    trainee = traitlets.Unicode("").tag(sync=True)
    id_suggestion = traitlets.Unicode("").tag(sync=True)
    id_fixed = traitlets.Bool(False).tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    notices = traitlets.List().tag(sync=True)

    def __init__(self, page: Page) -> None:
        bundle = page.bundle
        state: dict[str, Any] = {"problem": page.problem, "title": page.name}
        if bundle:
            state |= {
                "eyebrow": _eyebrow(bundle),
                "title": bundle.title,
                "minutes": bundle.minutes,
                "objectives": list(bundle.objectives),
                "id_suggestion": _suggestion(),
            }
        self._welcome = ("", "")
        super().__init__(page, **state)
        self.on_msg(self._on_message)

    def refresh(self) -> None:
        super().refresh()
        self.trainee = self._page.trainee
        self.id_fixed = self.id_fixed or self._is_id_fixed()
        blocked = self._page.blocked if self._page.trainee else ""
        self.notices = [n for n in (blocked, self._page.notice, self._welcome_back()) if n]

    def _is_id_fixed(self) -> bool:
        """Whether another id could only be refused: it is the account's, or answers on this or
        another page are there under it."""
        page = self._page
        if page.workspace is None or page.workspace.identity == "account" or page.has_written():
            return True
        return page.trainee in who_answered(page.workspace)

    def _welcome_back(self) -> str:
        """What was here when this person came; opening another window is no coming back."""
        journal = self._page.journal
        if journal and journal.trainee != self._welcome[0]:
            found = len(journal.record.answers)
            are = "answer is" if found == 1 else "answers are"
            text = f"Welcome back. {found} saved {are} here." if found else ""
            self._welcome = (journal.trainee, text)
        return self._welcome[1] if journal else ""

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        if not isinstance(message, dict) or message.get("type") != "choose_id":
            return
        try:
            self._page.sign_in(str(message.get("id", "")))
        except CourseError as error:
            self.send({"type": "refused", "message": str(error)})


def _eyebrow(bundle: Bundle) -> str:
    """What kind of page it is, and the number of its module or case."""
    number = int(bundle.notebook[1:])
    if is_case_page(bundle.notebook):
        return f"Practice case · {number}"
    kind = "Assignment" if bundle.assignment else "Lesson"
    return f"{kind} · Module {number}" if bundle.notebook.startswith("m") else kind


def is_case_page(name: str) -> bool:
    """Whether a page is that of a practice case: these are named c01, c02, ..."""
    return name.startswith("c")


def _suggestion() -> str:
    """The account's name when it can be an id and says more than "root"."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        return ""
    return name if ID_PATTERN.fullmatch(name) and name != "root" else ""


class Review(Progress):
    """The end of a lesson: what is unanswered, its words, and where it comes from; then the
    questions about the lesson as a whole, where there are any. ``opinions`` has value and time of
    each answer by its question, ``reader`` a sentence on who gets to read them."""

    _esm = esm("review")
    sources = traitlets.List().tag(sync=True)
    stances = traitlets.List().tag(sync=True)
    words = traitlets.List().tag(sync=True)
    next_page = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
    questions = traitlets.List().tag(sync=True)
    opinions = traitlets.Dict().tag(sync=True)
    reader = traitlets.Unicode("").tag(sync=True)
    blocked = traitlets.Unicode("").tag(sync=True)
    storage = traitlets.Unicode("").tag(sync=True)

    def __init__(self, page: Page) -> None:
        sources = sorted(page.bundle.references.values()) if page.bundle else []
        super().__init__(
            page,
            sources=sources,
            words=_words(page),
            next_page=next_page(page),
            questions=_opinion_questions(page),
            reader=opinion_reader(page),
        )
        self.on_msg(self._on_message)

    def refresh(self) -> None:
        super().refresh()
        with self.hold_sync():
            self.stances = stance_counts(self._page)
            self.opinions = {name: self._opinion(name) for name in QUESTIONS}
            self.storage, self.blocked = self._page.scope, self._page.blocked

    def _opinion(self, name: str) -> dict[str, str]:
        stored = self._page.remarks.get((self._page.name, name))
        return {"value": stored.value, "saved": stored.clock} if stored else NOT_SAID

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        if not isinstance(message, dict) or message.get("type") != "opinion":
            return
        n, name = message.get("n"), message.get("name")
        try:
            stored = self._page.opine(
                name, message.get("value"), given(message.get("age")), bool(message.get("resend"))
            )
        except CourseError as error:
            self.send({"type": "refused", "name": name, "n": n, "message": str(error)})
            return
        # In another window this page may have said less.
        self.opinions = {**self.opinions, name: self._opinion(str(name))}
        self.send({"type": "saved", "name": name, "n": n, "at": stored.clock})


NOT_SAID = {"value": "", "saved": ""}


def _opinion_questions(page: Page) -> list[dict[str, Any]]:
    """The questions about the lesson as the view needs them; a practice case has none."""
    if page.bundle is None or page.problem or is_case_page(page.name):
        return []
    return [
        {"name": name, "text": q.text, "answers": list(q.answers.items()), "longest": MAX_TEXT}
        for name, q in QUESTIONS.items()
    ]


def opinion_reader(page: Page) -> str:
    """Who reads what somebody says about this lesson, as a sentence."""
    if page.workspace and has_assignment(page.workspace, page.name):
        return (
            "Your supervisor and those who write the course read this under your id, once you "
            "hand in this module's assignment. Your practice answers stay with you."
        )
    return (
        "Nobody else reads this: there is no assignment of this module to send it with, so it "
        "stays in your folder."
    )


def _words(page: Page) -> list[dict[str, Any]]:
    """The words of the glossary that the page marks, in the order of the alphabet."""
    words = page.bundle.glossary if page.bundle else {}
    entries = [{"key": key, **asdict(word)} for key, word in words.items()]
    return sorted(entries, key=lambda word: word["term"].lower())


def stance_counts(page: Page) -> list[dict[str, Any]]:
    """How often each stance was chosen on this page: label and count, none while none was."""
    chosen = Counter(page.said("stance").values())
    return [{"label": STANCES[s], "count": chosen[s]} for s in STANCES] if chosen else []


class CourseMap(anywidget.AnyWidget):
    """All lessons and assignments of the workspace, with what is done."""

    _esm = esm("course_map")
    _css = style()
    entries = traitlets.List().tag(sync=True)

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        super().__init__(entries=course_entries(workspace))
        self.on_msg(self._on_message)

    def _on_message(self, _: Any, message: Any, __: Any) -> None:
        """The view asks when the reader comes back to it from another page."""
        if isinstance(message, dict) and message.get("type") == "refresh":
            self.entries = course_entries(self._workspace)


def course_entries(workspace: Workspace) -> list[dict[str, Any]]:
    """One entry for each notebook of the manifest, in the order of the course."""
    try:
        return [_entry(workspace.root, path, about) for path, about in manifest_pages(workspace)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def next_page(page: Page) -> dict[str, str] | None:
    """Title and path of the page that comes after ``page`` in the course; None after the last."""
    if page.workspace is None or page.bundle is None:
        return None
    here = (page.name, "assignment" if page.bundle.assignment else "lesson")
    try:
        pages = manifest_pages(page.workspace)
        place = [(about["module"], about["kind"]) for _, about in pages].index(here) + 1
        return {"path": pages[place][0], "title": pages[place][1]["title"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def manifest_pages(workspace: Workspace) -> list[tuple[str, dict[str, Any]]]:
    """(path, entry) of each notebook of the manifest, in the order of the course; none where it
    can't be read."""
    try:
        manifest = json.loads((workspace.root / MANIFEST).read_text(encoding="utf-8"))
        return [page for page in manifest["notebooks"].items() if isinstance(page[1], dict)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _entry(root: Path, path: str, about: dict[str, Any]) -> dict[str, Any]:
    folder = (root / path).parent
    name = about["module"]
    record = read_journal(journal_path(folder, name))
    try:
        items = load_bundle(folder / f"{name}{SUFFIX}").items
    except CourseError:
        items = {}
    needed = {i: item for i, item in items.items() if not item.optional}
    done = sum(
        1
        for i, item in needed.items()
        if i in record.answers and item.is_answered(record.answers[i].value)
    )
    is_case = is_case_page(name)
    handed_in = local_time(str(record.handins[-1].get("at")), "%d %b") if record.handins else ""
    return {
        "title": about["title"],
        "kind": "practice case" if is_case else about["kind"],
        "minutes": about["minutes"],
        "note": about.get("note", ""),
        "path": path,
        "begun": bool(record.answers),
        "answered": done,
        "total": len(needed),
        "handed_in": handed_in,
    }


def files_link(root: Path, path: Path) -> str:
    """Address of a file in the workspace, relative to the server's base URL."""
    return "files/" + quote(path.relative_to(root).as_posix())
