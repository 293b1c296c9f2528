"""Regrade: what a corrected key changes for those who answered already.

Without ``apply`` nothing is changed. With it, answers to every kept release count by the
current keys from now on, and all submissions are graded again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_training.content.catalog import Catalog
from iop_training.content.hashing import canonical_json
from iop_training.content.notebooks import read_notebook
from iop_training.content.snapshot import Snapshot, load_snapshot, snapshot_path
from iop_training.errors import GradingError
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.autograde.submission import read_submission
from iop_training.grading.course import CourseFolder
from iop_training.grading.files import write_whole
from iop_training.grading.grade import Result, grade
from iop_training.grading.handed_in import read_handed_in
from iop_training.grading.keys import add_regrade, full_snapshot, kept_releases
from iop_training.model import Item, Score
from iop_training.model.case_parts import play_part, play_shape
from iop_training.model.kinds.case import CaseItem
from iop_training.scoring.case_work import CaseWork
from iop_training.scoring.kinds.case import whole


@dataclass(frozen=True)
class Move:
    """One answer that scores otherwise: points by the key it was graded with, and by the
    current one, and ``why``, in words."""

    student: str
    item: str
    old: float
    new: float
    why: str


@dataclass(frozen=True)
class RegradeReport:
    """``moves`` who moves and where; ``reworded`` items whose wording changed since they were
    answered (check that the current key fits the wording people saw); ``students`` how many
    submissions were looked at; ``results`` of grading again, empty unless applied."""

    moves: tuple[Move, ...]
    reworded: tuple[str, ...]
    students: int
    results: tuple[Result, ...] = ()


def regrade(course_root: Path, assignment: str, apply: bool = False) -> RegradeReport:
    """Compare the keys that submissions were graded with against the current ones in data/.

    Written answers are graded by people and don't move; manual scores are kept, and nbgrader
    flags them for another look. GradingError when an item changed in more than key, reasons
    and wording: that needs a new assignment id.
    """
    course = CourseFolder.open(course_root)
    released = course.released_notebook(assignment)
    if course.has_code(assignment):
        raise GradingError(
            f"{assignment} has code and no keys. To mend a test, change it in source/, then run: "
            f"iop-training release {assignment}, iop-training grade {assignment} --again"
        )
    now = full_snapshot(Catalog.load(course.root), read_notebook(released, course.root))
    prepared = Prepared.load(course.root, released)
    moves: list[Move] = []
    reworded: set[str] = set()
    students = course.students("submitted", assignment)
    for student in students:
        folder = course.step("submitted", assignment, student)
        submission = read_submission(prepared, read_handed_in(folder, student, assignment))
        _same_structure(submission.snapshot, now)
        reworded |= {
            i
            for i, item in submission.snapshot.items.items()
            if _wording(item) != _wording(now.items[i])
        }
        moves += _moves(student, submission.scores(), submission.scores(now))
    results: list[Result] = []
    if apply:
        _use(course, now)
        results = grade(course.root, assignment, again=True)
    return RegradeReport(tuple(moves), tuple(sorted(reworded)), len(students), tuple(results))


def _moves(student: str, old: dict[str, Score], new: dict[str, Score]) -> list[Move]:
    """The items whose points differ; those that people grade have none to compare."""
    points = [(i, score.points, new[i].points) for i, score in old.items()]
    return [
        Move(student, i, before, after, _why(old[i], new[i]))
        for i, before, after in points
        if before is not None and after is not None and before != after
    ]


def _why(old: Score, new: Score) -> str:
    """Such as "a is right now, b no longer"."""
    if isinstance(new.detail, CaseWork):
        return "the session is judged otherwise"
    was = {part.id for part in old.parts if part.right}
    now = {part.id for part in new.parts if part.right}
    changes = [f"{i} is right now" for i in sorted(now - was)]
    changes += [f"{i} no longer" for i in sorted(was - now)]
    return ", ".join(changes) or "the same key is scored otherwise"


def _use(course: CourseFolder, now: Snapshot) -> None:
    """Make the current keys count for every kept release that has the same items."""
    path = snapshot_path(course.root, now.assignment, now.release)
    if not path.exists():
        write_whole(path, now.to_json())
    answered = []
    for kept in kept_releases(course.root, now.assignment):
        snapshot = load_snapshot(course.root, now.assignment, kept)
        if kept != now.release and _structure(snapshot) == _structure(now):
            answered.append(kept)
    add_regrade(course.root, now.assignment, answered, now.release)


def _same_structure(old: Snapshot, new: Snapshot) -> None:
    before, after = _structure(old), _structure(new)
    changed = sorted(i for i in {*before, *after} if before.get(i) != after.get(i))
    if changed:
        raise GradingError(
            f"{', '.join(changed)} changed in kind, points or options since people answered, so "
            "old answers can't be scored by the new item. Restore it, or make a new assignment."
        )


def _structure(snapshot: Snapshot) -> dict[str, tuple[object, ...]]:
    return {i: _shape(item) for i, item in snapshot.items.items()}


def _wording(item: Item) -> tuple[str, dict[str, Any]]:
    if isinstance(item, CaseItem):
        return item.stem, play_part(whole(item))
    return item.stem, item.asked(item.shuffled())


def _shape(item: Item) -> tuple[object, ...]:
    if isinstance(item, CaseItem):
        return item.kind, item.points, canonical_json(play_shape(whole(item)))
    return item.kind, item.points, frozenset(_ids(item.asked(item.shuffled())))


def _ids(asked: Any) -> Iterator[str]:
    """The ids of everything an answer can name."""
    if isinstance(asked, dict):
        yield f"{asked.get('id', '')} {asked.get('kind', '')}"
    for inner in asked.values() if isinstance(asked, dict) else asked:
        if isinstance(inner, dict | list):
            yield from _ids(inner)
