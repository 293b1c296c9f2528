"""Grade: everything that was collected of an assignment, scored and written into the gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from iop_training.errors import GradingError
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.autograde.report import read_observations
from iop_training.grading.batch.folder import Folders
from iop_training.grading.batch.pool import Done, Runner, in_this_process
from iop_training.grading.batch.rows import Book, Entry, Kept, Penalty
from iop_training.grading.batch.todo import graded_before
from iop_training.grading.batch.work import Graded
from iop_training.grading.course import CourseFolder
from iop_training.grading.database import transaction
from iop_training.grading.handed_in import TIME_FORMAT, HandedIn, read_handed_in
from iop_training.grading.registry import register_release
from iop_training.grading.result import Result, late_flags
from iop_training.grading.standing import standing_by
from iop_training.rendering.gates import urgent
from iop_training.scoring.gates import judge_all

__all__ = ["Result", "grade"]

CHUNK = 50
"""Submissions written in one transaction: few enough to hold in memory."""


def grade(
    course_root: Path,
    assignment: str,
    students: list[str] | None = None,
    again: bool = False,
    progress: Callable[[Result], None] | None = None,
    run: Runner = in_this_process,
    dry_run: bool = False,
) -> list[Result]:
    """Grade submissions of an assignment; the gradebook is the same as after ``nbgrader
    autograde`` in the course folder. Results come in the order of ``students``.

    ``students`` None means all who submitted; ``again`` grades also what was graded and did not
    change. ``progress`` is called with each result, ``run`` says where the work is done. A
    ``dry_run`` gives the results and changes nothing. One bad submission never stops the others;
    GradingError is for an assignment that can't be graded at all.
    """
    course = CourseFolder.open(course_root)
    register_release(course.root, assignment)
    if students is None:
        students = course.students("submitted", assignment)
    students = list(dict.fromkeys(students))
    if course.has_code(assignment):
        from iop_training.grading.one_by_one import grade_one_by_one  # brings nbgrader

        return grade_one_by_one(course, assignment, students, again, progress, dry_run)
    prepared = Prepared.load(course.root, course.released_notebook(assignment))
    with course.engine() as engine:
        batch = _Batch(course, prepared, engine, progress or (lambda _: None), dry_run)
        try:
            for done in run(prepared, batch.to_grade(students, again)):
                batch.take(done)
        except GradingError:
            # The runner gave up, such as one whose cluster went away; what came back is kept.
            batch.flush()
            raise
        batch.flush()
    return [batch.results[student] for student in students]


class _Batch:
    """The coordinator: reads what is to be graded, writes what was. Alone to write."""

    def __init__(
        self,
        course: CourseFolder,
        prepared: Prepared,
        engine: Engine,
        progress: Callable[[Result], None],
        dry_run: bool,
    ) -> None:
        self.course, self.prepared, self.engine = course, prepared, engine
        self.progress, self.dry_run = progress, dry_run
        self.results: dict[str, Result] = {}
        self.graded: list[Done] = []
        self.unchanged: list[tuple[HandedIn, dict[str, Any]]] = []
        self.folders = Folders(course, prepared.assignment)
        self.penalty = _penalty(course)
        with self.engine.connect() as connection:
            self.book = Book(connection, prepared.assignment)
            self.known = self.book.students(connection)

    def to_grade(self, students: Sequence[str], again: bool) -> Iterator[HandedIn]:
        """The submissions that have to be graded, read; the others have their results already."""
        assignment = self.prepared.assignment
        for student in students:
            folder = self.course.step("submitted", assignment, student)
            if not folder.is_dir():
                self._failed(student, f"Nothing of {student} was collected for {assignment}.")
                continue
            handed = read_handed_in(folder, student, assignment)
            report = None
            if student in self.known and not again:
                autograded = self.course.step("autograded", assignment, student)
                report = graded_before(autograded, self.prepared, handed)
            if report is None:
                yield handed
            else:
                self.unchanged.append((handed, report))
                if len(self.unchanged) >= CHUNK:
                    self._flush_unchanged()

    def take(self, done: Done) -> None:
        """Take one result; it is written with the next chunk."""
        handed, graded = done
        try:
            if graded.error:
                raise GradingError(graded.error)
            self.book.check(graded.marks)
        except GradingError as error:
            self._failed(handed.student, str(error))
            return
        self.graded.append(done)
        if len(self.graded) >= CHUNK:
            self._flush_graded()

    def flush(self) -> None:
        """Write what waits."""
        self._flush_graded()
        self._flush_unchanged()

    def _flush_graded(self) -> None:
        done, self.graded = self.graded, []
        entries = [Entry(handed.student, _time_of(handed)[0], g.marks) for handed, g in done]
        if not entries:
            return
        kept = self._save(entries)
        for handed, graded in done:
            self._written(handed, graded, kept[handed.student])

    def _save(self, entries: Sequence[Entry]) -> dict[str, Kept]:
        def work(connection: Connection) -> dict[str, Kept]:
            kept = self.book.save(connection, entries, self.penalty)
            if self.dry_run:
                connection.rollback()
            return kept

        return transaction(self.engine, work)

    def _written(self, handed: HandedIn, graded: Graded, kept: Kept) -> None:
        try:
            if not self.dry_run:
                self.folders.write(handed, graded)
        except OSError as error:
            self._failed(
                handed.student,
                f"Its scores are in the gradebook, but autograded/ could not be written: {error}. "
                "Make room or give access there, then grade again.",
            )
        else:
            status = "to grade" if self.dry_run else "graded"
            self._finished(handed, status, kept, graded.flags, graded.repairs)

    def _flush_unchanged(self) -> None:
        done, self.unchanged = self.unchanged, []
        if not done:
            return
        with self.engine.connect() as connection:
            kept = self.book.kept(connection, [handed.student for handed, _ in done])
        for handed, report in done:
            flags = (*urgent(judge_all(read_observations(report))), *report["flags"])
            repairs = tuple(report["repairs"])
            self._finished(handed, "unchanged", kept[handed.student], flags, repairs)

    def _finished(
        self,
        handed: HandedIn,
        status: str,
        kept: Kept,
        flags: Sequence[str],
        repairs: tuple[str, ...],
    ) -> None:
        # What is optional never costs anybody anything, so no verdict waits for it.
        waiting = sum(waits for _, most, waits in kept.grades if most)
        earned = [(score, most) for score, most, _ in kept.grades]
        self._result(
            Result(
                handed.student,
                status,
                sum(score for score, _, _ in kept.grades),
                sum(self.book.points.values()),
                sum(waits for _, _, waits in kept.grades),
                (*flags, *_time_of(handed)[1], *late_flags(kept.seconds_late)),
                standing=standing_by(self.prepared.standard, earned, waiting),
                repairs=repairs,
                before=kept.before,
            )
        )

    def _failed(self, student: str, message: str) -> None:
        self._result(Result(student, "failed", message=message))

    def _result(self, result: Result) -> None:
        self.results[result.student] = result
        self.progress(result)


def _penalty(course: CourseFolder) -> Penalty:
    """What nbgrader's configured plugin takes off for lateness. It is asked for nobody who was in
    time, so most often nbgrader, which takes seconds to import, isn't needed."""

    @cache
    def plugin() -> Penalty:
        from nbgrader.preprocessors import AssignLatePenalties

        step = AssignLatePenalties(config=course.config)
        step.init_plugin()
        take: Penalty = step.plugin_inst.late_submission_penalty
        return take

    return lambda student, score, seconds: plugin()(student, score, seconds)


def _time_of(handed: HandedIn) -> tuple[datetime | None, list[str]]:
    """When it was handed in, UTC without a zone (nbgrader's way), and a flag if that is unclear."""
    text = handed.timestamp()
    try:
        return (_parsed(text) if text else None), []
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None, [f"It is not clear when it was handed in: {text[:40]!r} is no time."]


def _parsed(text: str) -> datetime:
    """As nbgrader reads it, which takes many forms; ours, which is nearly always, at once."""
    try:
        return datetime.strptime(text, TIME_FORMAT)
    except ValueError:
        from nbgrader.utils import parse_utc

        moment: datetime = parse_utc(text)
        return moment
