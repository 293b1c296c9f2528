"""Sheet: the results of a run as a table that spreadsheet programs open."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from iop_training.grading.course import CourseFolder
from iop_training.grading.files import write_whole
from iop_training.grading.result import Result

COLUMNS = (
    "trainee",
    "status",
    "points",
    "of",
    "before",
    "to_read",
    "standard",
    "message",
    "flags",
    "repairs",
)
_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_sheet(course: CourseFolder, assignment: str, results: Sequence[Result]) -> Path:
    """Write ``grading-<assignment>.csv`` beside the folders of those who were graded, a line for
    each result, in their order; its path. OSError from the disk."""
    path = course.step("autograded", ".", ".") / f"grading-{assignment}.csv"
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows([_safe(cell) for cell in _cells(result)] for result in results)
    write_whole(path, _MARK + text.getvalue())
    return path


def _cells(result: Result) -> tuple[str | float, ...]:
    """No numbers where there are none: a failed one has no points, not 0."""
    numbers: tuple[str | float, ...] = ("", "", "", "")
    if result.status != "failed":
        before = "" if result.before is None else round(result.before, 2)
        numbers = (round(result.points, 2), result.max_points, before, result.to_read)
    return (
        result.student,
        result.status,
        *numbers,
        result.standing.verdict if result.standing else "",
        result.message,
        " ".join(result.flags),
        " ".join(result.repairs),
    )


def _safe(cell: str | float) -> str | float:
    """Spreadsheet programs run a text that begins like a formula, and flags quote trainees."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
