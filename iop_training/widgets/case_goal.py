"""The goal that a trainee carries from one case to the next: chosen in a debrief, shown before
the next session, looked at again in the debrief after it.

It is found in the journals of this workspace. They keep every answer that was ever saved, so that
it is known which goal stood when, whatever was changed or played again since.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from iop_training.content.bundle import SUFFIX, Bundle, load_bundle
from iop_training.errors import CaseError, CourseError
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer
from iop_training.model.kinds.case import CaseItem
from iop_training.responses.lines import parse_time
from iop_training.responses.reader import read_history
from iop_training.simulation.script import Script
from iop_training.simulation.session import replay
from iop_training.simulation.tally import taken
from iop_training.widgets.page import Page

PLACES = ("answers", "*/answers", "*/*/answers")
"""Folders of journals in a workspace: Start here and cases, a lesson, an assignment."""


class Goal(NamedTuple):
    """A goal: its words, the code of lines it is about ("" for none), the title of the case it
    was chosen in, and how many such ``lines`` that session had (None where that isn't known)."""

    text: str
    code: str
    case: str
    lines: int | None


class _Chosen(NamedTuple):
    """A goal as a journal has it: when it was chosen, where, and the work it stood in."""

    at: str
    folder: Path
    page: str
    item: str
    work: CaseAnswer


def goal_carried(page: Page, item: str, until: str = "") -> Goal | None:
    """The goal that was chosen last in the debrief of another case than ``item``'s; with
    ``until`` (ISO) the last one chosen before that. None when there is none."""
    if page.workspace is None or not page.trainee:
        return None
    limit = parse_time(until)
    earlier = [
        chosen
        for path in _journals(page.workspace.root)
        for chosen in _goals(path, page.trainee)
        if chosen.item != item and (limit is None or _time(chosen) < limit)
    ]
    for chosen in sorted(earlier, key=_time, reverse=True):
        if not chosen.work.debrief.goal.strip():
            return None  # the last one was taken back
        told = _told(chosen)
        if told is not None:
            return told
    return None


def ended_at(page: Page, item: str, saved: tuple[str, ...]) -> str:
    """When the journal first had that session with its end (ISO); "" when it doesn't."""
    if page.journal is None:
        return ""
    for named, answer in read_history(page.journal.path, page.trainee):
        work = _work(answer.value) if named == item else None
        if work and any(run.ended and run.saved == saved for run in work.runs):
            return answer.at
    return ""


def _journals(root: Path) -> Iterator[Path]:
    for place in PLACES:
        yield from sorted(root.glob(f"{place}/*.jsonl"))


def _goals(path: Path, trainee: str) -> Iterator[_Chosen]:
    """The goals that a journal has, each where it became another one."""
    stood: dict[str, str] = {}
    for item, answer in read_history(path, trainee):
        work = _work(answer.value)
        if work is None or parse_time(answer.at) is None:
            continue
        if work.debrief.goal != stood.get(item, ""):
            stood[item] = work.debrief.goal
            yield _Chosen(answer.at, path.parent.parent, path.stem, item, work)


def _work(value: Any) -> CaseAnswer | None:
    if not isinstance(value, dict) or "runs" not in value:
        return None
    try:
        return CaseAnswer.model_validate(value)
    except ValidationError:
        return None


def _time(chosen: _Chosen) -> Any:
    return parse_time(chosen.at)


def _told(chosen: _Chosen) -> Goal | None:
    """The goal with what its own page says of the case; None when that page is no more."""
    try:
        bundle: Bundle = load_bundle(chosen.folder / f"{chosen.page}{SUFFIX}")
    except CourseError:
        return None
    item = bundle.items.get(chosen.item)
    if not isinstance(item, CaseItem):
        return None
    notes = chosen.work.debrief
    count = _count(item, chosen.work, notes.goal_code)
    return Goal(notes.goal.strip(), notes.goal_code, item.case.title.strip(), count)


def _count(item: CaseItem, work: CaseAnswer, code: str) -> int | None:
    """Lines of a code in the session that ended last; what a learner has of an assessed case
    doesn't say what its lines are."""
    saved = next((list(run.saved) for run in reversed(work.runs) if run.ended), None)
    if not code or saved is None or not isinstance(item.case, Case):
        return None
    try:
        session = replay(Script(item.case), saved)
    except CaseError:
        return None
    return sum(code in turn.move.codes for turn in taken(item.case, session))
