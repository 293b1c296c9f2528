"""Feedback pages of a whole assignment: the gradebook asked once, each page made and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from iop_training.errors import CourseError, GradingError
from iop_training.grading.autograde.report import REPORT, report_of
from iop_training.grading.course import CourseFolder
from iop_training.grading.database import prepare
from iop_training.grading.feedback.entries import entries_of, reading
from iop_training.grading.feedback.folder import FolderRules
from iop_training.grading.feedback.page import Entries, feedback_page
from iop_training.grading.files import read_json
from iop_training.grading.standing import standard_of
from iop_training.model import Standard

TOGETHER = 500
"""How many submissions' entries are fetched at once: few enough for any database's limit on
variables, and to need the same memory for ten thousand."""
MAX_GRADED = 200_000_000


def generate_feedback(
    course_root: Path,
    assignment: str,
    students: list[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, str]:
    """Make the feedback pages afresh, the same as ``nbgrader generate_feedback --force``;
    student id to "" or to the reason why there is none.

    ``students`` None means all who were graded. ``progress`` is called with each id. One page
    that can't be made never stops the others; GradingError when the gradebook can't be read.
    """
    course = CourseFolder.open(course_root)
    if students is None:
        students = course.graded(assignment)
    if course.has_code(assignment):
        # nbgrader's own page by nbgrader's own tool, which takes seconds to import.
        from iop_training.grading.code.feedback import generate_one_by_one

        return generate_one_by_one(course, assignment, students, progress)
    press = _Press(course, assignment)
    results = {}
    prepare(course.db_url, course.setting("course_id"))
    with reading(course.db_url) as gradebook:
        for student, entries in _entered(gradebook, assignment, students):
            results[student] = press.make(student, entries)
            if progress:
                progress(student)
    return results


def _entered(
    gradebook: Connection, assignment: str, students: list[str]
) -> Iterator[tuple[str, Entries | None]]:
    rest = iter(students)
    while some := list(islice(rest, TOGETHER)):
        entries = entries_of(gradebook, assignment, some)
        yield from ((student, entries.get(student)) for student in some)


class _Press:
    """Makes the pages of one assignment; what is the same for all is read once."""

    def __init__(self, course: CourseFolder, assignment: str) -> None:
        self.course, self.assignment = course, assignment
        self.standard: Standard | None = standard_of(course.root, assignment)
        self.rules = FolderRules.of(course)

    def make(self, student: str, entries: Entries | None) -> str:
        """Write one page; "" or why there is none. A page from before goes then, as with nbgrader:
        it would have scores that no longer hold."""
        graded = self.course.step("autograded", self.assignment, student)
        target = self.course.step("feedback", self.assignment, student)
        try:
            if entries is None:
                raise GradingError(f"The gradebook has no scores of {student}. {self._again()}")
            cells = self._cells(graded / f"{self.assignment}.ipynb")
            files = self.rules.beside(graded)
            report = report_of(files.get(REPORT, b""), student, self.assignment)
            pieces = feedback_page(cells, report, entries, self.standard)
            files[f"{self.assignment}.html"] = b"".join([piece.encode() for piece in pieces])
            self.rules.write(target, files)
        except CourseError as error:
            why = str(error)
        except OSError as error:
            why = f"{error.filename or target}: {error.strerror}"
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            why = f"What was graded of {student} is damaged ({error}). {self._again()}"
        else:
            return ""
        self.rules.remove(target)
        return why

    def _cells(self, notebook: Path) -> list[object]:
        found = read_json(notebook, MAX_GRADED)
        if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
            raise GradingError(f"{notebook} is missing or damaged. {self._again()}")
        cells: list[object] = found["cells"]
        return cells

    def _again(self) -> str:
        return f"Grade it again: iop-training grade {self.assignment} --again"
