"""Giving the generated pages back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from iop_training.errors import GradingError
from iop_training.grading.course import CourseFolder
from iop_training.grading.feedback.outbox import Outbox
from iop_training.grading.handed_in import SECRET


@dataclass(frozen=True)
class Returned:
    """Where one person's feedback went: ``way`` is "exchange", "file" (``path`` is the page to
    send) or "none" (``message`` says why)."""

    student: str
    way: str
    path: Path | None = None
    message: str = ""


def return_feedback(
    course_root: Path, assignment: str, students: list[str] | None = None
) -> list[Returned]:
    """Give the generated pages back: through the exchange to those who submitted through it,
    else as ``returned/<assignment>/<student>.html`` for somebody to send."""
    course = CourseFolder.open(course_root)
    if students is None:
        students = course.graded(assignment)
    outbox = cache(lambda: Outbox.open(course))
    return [_return_one(course, assignment, student, outbox) for student in students]


def _return_one(
    course: CourseFolder, assignment: str, student: str, outbox: Callable[[], Outbox]
) -> Returned:
    folder = course.step("feedback", assignment, student)
    page, secret = folder / f"{assignment}.html", folder / SECRET
    if not page.is_file():
        return Returned(student, "none", message="There is no page yet; generate it first.")
    try:
        if secret.is_file():
            outbox().put(page, secret.read_text(encoding="utf-8"))
            return Returned(student, "exchange")
        target = course.root / "returned" / assignment / f"{student}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    except GradingError as error:
        return Returned(student, "none", message=str(error))
    except (OSError, ValueError) as error:
        return Returned(student, "none", message=f"The page could not be given back: {error}")
    return Returned(student, "file", target)
