"""Intake: what is taken from a submission, whichever way it came, and how it is stored.

Only files we know are taken, each bounded in size. They are written afresh into
``submitted/<student>/<assignment>/``; the newest submission wins.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from iop_training.grading.handed_in import TIMESTAMP
from iop_training.responses.identity import check_id


@dataclass(frozen=True)
class Received:
    """One submission as it came: ``at`` is UTC without a zone (nbgrader's way), ``way`` is
    "exchange" or "zip", ``files`` has entries of
    :func:`~iop_training.grading.handed_in.known_files` only."""

    student: str
    assignment: str
    at: datetime
    way: str
    files: dict[str, bytes]


@dataclass(frozen=True)
class Outcome:
    """What became of a submission: "new", "updated" or "not newer" than the one that is there;
    ``notes`` are sentences on what was amiss."""

    student: str
    way: str
    result: str
    notes: tuple[str, ...] = ()


def store(directory: CourseDirectory, received: Received) -> Outcome:
    """Put a submission into submitted/, whole or not at all.

    WorkspaceError for an id that can't be a folder name; OSError from the disk.
    """
    student, assignment = check_id(received.student), received.assignment
    target = Path(directory.format_path(directory.submitted_directory, student, assignment))
    before = _time_of(directory, target)
    if target.is_dir() and before is not None and before >= received.at:
        return Outcome(student, received.way, "not newer")
    result = "updated" if target.is_dir() else "new"
    fresh = target.with_name(f".{assignment}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, content in received.files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    fresh.mkdir(parents=True, exist_ok=True)
    (fresh / TIMESTAMP).write_text(f"{received.at:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")
    notes = complete(directory, fresh, assignment)
    if f"answers/{assignment}.jsonl" not in received.files:
        notes.append("It has no answers in it; ask for it to be handed in again.")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return Outcome(student, received.way, result, tuple(notes))


def _time_of(directory: CourseDirectory, folder: Path) -> datetime | None:
    """When the submission in ``folder`` was made; None where that can't be told."""
    try:
        time: datetime | None = directory.get_existing_timestamp(str(folder))
    except (ValueError, OverflowError, AttributeError):  # nbgrader's own error has a fault
        return None
    return time


def complete(directory: CourseDirectory, folder: Path, assignment: str) -> list[str]:
    """Put the released notebook into a submission that has none that is JSON, because nbgrader
    looks for one; returns sentences on what was done."""
    released = Path(
        directory.format_path(directory.release_directory, ".", assignment), f"{assignment}.ipynb"
    )
    path = folder / released.name
    if not released.is_file() or _is_json(path):
        return []
    word = "damaged" if path.exists() else "missing"
    path.unlink(missing_ok=True)
    shutil.copyfile(released, path)
    return [
        f"Its notebook is {word}; the released one stands in. Answers are not in the notebook, "
        "so none is lost."
    ]


def _is_json(path: Path) -> bool:
    try:
        return "cells" in json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError, TypeError):
        return False
