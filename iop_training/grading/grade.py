"""Grade: nbgrader's autograde for everybody who submitted, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.converters import Autograde

from iop_training.grading.autograde.report import read_observations, read_report
from iop_training.grading.course import CourseFolder
from iop_training.grading.intake import complete
from iop_training.grading.log import reason, run
from iop_training.grading.registry import register_release
from iop_training.grading.standing import standing_of
from iop_training.rendering.gates import urgent
from iop_training.scoring.gates import judge_all
from iop_training.scoring.standards import Standing


@dataclass(frozen=True)
class Result:
    """Grading of one submission. ``status`` is "graded", "unchanged" (graded before, nothing
    newer) or "failed" (``message`` says why). ``points`` of ``max_points`` as the gradebook has
    them; ``to_read`` is how many answers wait for a person; ``standing`` is None where the
    assignment has no standard; ``flags`` are sentences, those about safety first."""

    student: str
    status: str
    points: float = 0.0
    max_points: float = 0.0
    to_read: int = 0
    flags: tuple[str, ...] = ()
    message: str = ""
    standing: Standing | None = None


def grade(
    course_root: Path,
    assignment: str,
    students: list[str] | None = None,
    again: bool = False,
    progress: Callable[[Result], None] | None = None,
) -> list[Result]:
    """Autograde submissions of an assignment, in the order of ids; the same as
    ``nbgrader autograde`` in the course folder.

    ``students`` None means all who submitted; ``again`` grades also what was graded and is not
    newer. ``progress`` is called with each result. One bad submission never stops the others;
    GradingError is for an assignment that can't be graded at all.
    """
    course = CourseFolder.open(course_root)
    register_release(course.root, assignment)
    if students is None:
        students = course.students("submitted", assignment)
    results = []
    for student in students:
        result = _grade_one(course, assignment, student, again)
        results.append(result)
        if progress:
            progress(result)
    return results


def _grade_one(course: CourseFolder, assignment: str, student: str, again: bool) -> Result:
    folder = course.step("submitted", assignment, student)
    if not folder.is_dir():
        return Result(
            student, "failed", message=f"Nothing of {student} was collected for {assignment}."
        )
    directory = course.directory(assignment_id=assignment, student_id=student)
    complete(directory, folder, assignment)
    tool = Autograde(coursedir=directory, config=course.config)
    tool.force = again
    before = _written(course, assignment, student)
    outcome = run(tool)
    if not outcome["success"]:
        return Result(student, "failed", message=reason(outcome))
    status = "unchanged" if before == _written(course, assignment, student) else "graded"
    return _graded(course, assignment, student, status)


def _written(course: CourseFolder, assignment: str, student: str) -> int | None:
    """When the autograded notebook was written, None before it was."""
    path = course.step("autograded", assignment, student) / f"{assignment}.ipynb"
    return path.stat().st_mtime_ns if path.exists() else None


def _graded(course: CourseFolder, assignment: str, student: str, status: str) -> Result:
    report = read_report(course.step("autograded", assignment, student))
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(assignment, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        to_read = sum(grade.needs_manual_grade for grade in grades)
        earned = [(grade.score, grade.max_score) for grade in grades]
        # What is optional never costs anybody anything, so no verdict waits for it.
        waiting = sum(grade.needs_manual_grade for grade in grades if grade.max_score)
        return Result(
            student,
            status,
            submission.score,
            submission.max_score,
            to_read,
            (*urgent(judge_all(read_observations(report))), *report["flags"]),
            standing=standing_of(course.root, assignment, earned, waiting),
        )
