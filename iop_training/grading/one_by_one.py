"""Grading one submission after another with nbgrader's own tool, as assignments with code need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde

from iop_training.content.catalog import Catalog
from iop_training.grading.autograde.report import read_report
from iop_training.grading.course import CourseFolder
from iop_training.grading.log import reason, run
from iop_training.grading.result import Result, late_flags
from iop_training.grading.standing import standing_by


def grade_one_by_one(
    course: CourseFolder,
    assignment: str,
    students: Sequence[str],
    again: bool = False,
    progress: Callable[[Result], None] | None = None,
    dry_run: bool = False,
) -> list[Result]:
    """The same as ``nbgrader autograde`` for each of ``students``, in that order; one bad
    submission never stops the others. ``again`` grades also what was graded and is not newer; a
    ``dry_run`` only tells what is "to grade", because code has to run to earn anything."""
    results = []
    for student in students:
        result = _grade_one(course, assignment, student, again, dry_run)
        results.append(result)
        if progress:
            progress(result)
    return results


def _grade_one(
    course: CourseFolder, assignment: str, student: str, again: bool, dry_run: bool
) -> Result:
    folder = course.step("submitted", assignment, student)
    if not folder.is_dir():
        return Result(
            student, "failed", message=f"Nothing of {student} was collected for {assignment}."
        )
    directory = course.directory(assignment_id=assignment, student_id=student)
    if dry_run and (again or _is_newer(course, assignment, student)):
        return Result(student, "to grade", before=_points(course, assignment, student))
    if dry_run:
        return _graded(course, assignment, student, "unchanged")
    tool = Autograde(coursedir=directory, config=course.config)
    tool.force = again
    written, points = _written(course, assignment, student), _points(course, assignment, student)
    outcome = run(tool)
    if not outcome["success"]:
        return Result(student, "failed", message=reason(outcome))
    status = "unchanged" if written == _written(course, assignment, student) else "graded"
    return _graded(course, assignment, student, status, points)


def _is_newer(course: CourseFolder, assignment: str, student: str) -> bool:
    """Whether nbgrader would grade it, by the times that it keeps."""
    if _written(course, assignment, student) is None:
        return True
    handed, graded = (
        course.directory().get_existing_timestamp(str(course.step(step, assignment, student)))
        for step in ("submitted", "autograded")
    )
    return bool(handed and graded and handed > graded)


def _written(course: CourseFolder, assignment: str, student: str) -> int | None:
    """When the autograded notebook was written, None before it was."""
    path = course.step("autograded", assignment, student) / f"{assignment}.ipynb"
    return path.stat().st_mtime_ns if path.exists() else None


def _points(course: CourseFolder, assignment: str, student: str) -> float | None:
    """What the gradebook has; None when it knows of no submission."""
    with course.gradebook() as gradebook:
        try:
            return float(gradebook.find_submission(assignment, student).score)
        except MissingEntry:
            return None


def _graded(
    course: CourseFolder,
    assignment: str,
    student: str,
    status: str,
    before: float | None = None,
) -> Result:
    standard = Catalog.read_standards(course.root).standards.get(assignment)
    report = read_report(course.step("autograded", assignment, student))
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(assignment, student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        earned = [(grade.score, grade.max_score) for grade in grades]
        # What is optional never costs anybody anything, so no verdict waits for it.
        waiting = sum(grade.needs_manual_grade for grade in grades if grade.max_score)
        return Result(
            student,
            status,
            submission.score,
            submission.max_score,
            sum(grade.needs_manual_grade for grade in grades),
            (*report["flags"], *late_flags(submission.total_seconds_late)),
            standing=standing_by(standard, earned, waiting),
            repairs=tuple(report["repairs"]),
            before=before,
        )
