"""The calls that notebook cells make. Each shows something; none raises at a trainee."""

from __future__ import annotations

import os
import sys
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from IPython.display import HTML, display
from ipywidgets.widgets import widget as ipywidget

from iop_training.errors import CourseError
from iop_training.rendering import program_html
from iop_training.responses.identity import find_workspace
from iop_training.widgets.case_room import CaseRoom
from iop_training.widgets.frame import CourseMap, Header, Review
from iop_training.widgets.hand_in import HandIn
from iop_training.widgets.page import Page
from iop_training.widgets.program import PocketCard, program_facts
from iop_training.widgets.question import Question
from iop_training.widgets.reflection import Reflection

_page: Page | None = None

NOT_STARTED = (
    "This page was not started from its top. Press “Start this page again” at the top "
    "of the window (or choose Run, then Restart Kernel and Run All Cells). Answers "
    "you saved are kept."
)
FOREIGN = (
    "iop_training: these answers are graded from the journal, in the supervisor's own "
    "process, and not by running the notebook. Run nbgrader in the course folder whose "
    "nbgrader_config.py names iop_training.grading. Nothing was scored."
)


def start(name: str) -> None:
    """The head of a page; ``name`` is the notebook's, such as "m01"."""
    global _page
    if _runs_in_nbgrader():
        return
    folder = Path.cwd()
    if _page is not None and _page.shows(folder, name):
        _page.reopen()  # windows that show the same page share its kernel
        _leave_to_windows()
    else:
        _page = Page.open(folder, name)
    display(Header(_page))


def _leave_to_windows() -> None:
    """Leave what this kernel has shown so far to the windows that show it: they go on with it.
    A window that opens, or is reloaded, would be sent all of it with its code, once for each time
    that the page was ever run, and use none of it, since it runs the page."""
    getattr(ipywidget, "_instances", {}).clear()  # no part of ipywidgets' promises


def ask(item_id: str) -> None:
    """One question."""
    if not _runs_in_nbgrader():
        display(Question(_current(), item_id))


def open_case(item_id: str) -> None:
    """A session with a simulated client."""
    if not _runs_in_nbgrader():
        display(CaseRoom(_current(), item_id))


def reflect(reflection_id: str) -> None:
    """A box to write in for oneself alone; it is never handed in."""
    if not _runs_in_nbgrader():
        display(Reflection(_current(), reflection_id))


def review() -> None:
    """The end of a lesson."""
    if not _runs_in_nbgrader():
        display(Review(_current()))


def hand_in() -> None:
    """The end of an assignment."""
    if not _runs_in_nbgrader():
        display(HandIn(_current()))


def course_map() -> None:
    """All lessons and assignments of this workspace."""
    if _runs_in_nbgrader():
        return
    try:
        display(CourseMap(find_workspace(Path.cwd())))
    except CourseError as error:
        display(HTML(f"<p>{escape(str(error))}</p>"))


def show_chart(table_id: str) -> None:
    """A chart of the page's data, with a sentence and a table that say the same."""
    from iop_training.figures import chart_html

    page = _current()
    table = page.bundle.tables.get(table_id) if page.bundle else None
    if table is None:
        display(HTML("<p>This chart's data is not in the page's question file.</p>"))
    else:
        display(HTML(chart_html(table)))


def show_diary(diary_id: str) -> None:
    """A client's diary cards: all weeks, and one of them at a time."""
    from iop_training.figures import diary_html

    page = _current()
    diary = page.bundle.diaries.get(diary_id) if page.bundle else None
    if diary is None:
        display(HTML("<p>These diary cards are not in the page's question file.</p>"))
    else:
        display(HTML(diary_html(diary, f"iop-{uuid4().hex}")))


def my_program(*names: str) -> None:
    """The program's own facts of these names; where one is empty, the question to ask."""
    if not _runs_in_nbgrader():
        display(HTML(program_html(program_facts(Path.cwd()).facts(names))))


def pocket_card() -> None:
    """The numbers and facts to have at hand, with a button to print them."""
    if not _runs_in_nbgrader():
        display(PocketCard(program_facts(Path.cwd())))


def _current() -> Page:
    return _page if _page is not None else Page(Path.cwd(), "", problem=NOT_STARTED)


def _runs_in_nbgrader() -> Any:
    """End the kernel where nbgrader executes a notebook to grade it.

    Without our configuration nbgrader would give full marks for any output. A kernel that
    ends makes it fail the submission and record nothing.
    """
    mode = os.environ.get("NBGRADER_EXECUTION")
    if mode == "autograde":
        # The kernel's own stderr goes to the front end and would be lost with the kernel.
        terminal = getattr(sys.stderr, "_original_stdstream_copy", 2)
        os.write(terminal, f"{FOREIGN}\n".encode())
        os._exit(70)
    return mode == "validate"
