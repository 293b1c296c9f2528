"""Rows: the results of a chunk of submissions in nbgrader's own tables, in one transaction.

What nbgrader's steps do submission by submission and cell by cell is done here for the whole chunk
at once, table by table: students, submissions, notebooks, grades, comments, late penalties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from iop_training.errors import GradingError
from iop_training.grading.autograde.marks import Mark
from iop_training.grading.batch.statements import Row, Writer, by_notebook, insert_rows
from iop_training.grading.tables import (
    ASSIGNMENT,
    BASE_CELL,
    COMMENT,
    GRADE,
    GRADE_CELL,
    NOTEBOOK,
    PAPER,
    SOLUTION_CELL,
    STUDENT,
    SUBMISSION,
    new_id,
)

Penalty = Callable[[str, float, float], float | None]
"""STUDENT, score and seconds late to what is taken off; None for nothing."""


@dataclass(frozen=True)
class Entry:
    """What is to be written of one submission: ``at`` is UTC without a zone, None where the
    submission has no time."""

    student: str
    at: datetime | None
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Kept:
    """What the gradebook has of one submission: a (score, max_score, needs_manual_grade) for each
    graded cell, the sum before this run (None when it was not graded before) and the seconds
    after the due date."""

    grades: tuple[tuple[float, float, bool], ...]
    before: float | None
    seconds_late: float


class Book:
    """The part of a gradebook that one assignment with one notebook has."""

    def __init__(self, connection: Connection, assignment: str) -> None:
        """Look up the ids; GradingError when the release is not registered."""
        found = connection.execute(
            select(ASSIGNMENT.c.id, ASSIGNMENT.c.duedate, NOTEBOOK.c.id)
            .join_from(ASSIGNMENT, NOTEBOOK, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
            .where(ASSIGNMENT.c.name == assignment)
        ).all()
        if len(found) != 1:
            raise GradingError(
                f"The gradebook knows {len(found)} notebooks of {assignment}, not one. Run: "
                f"iop-training release {assignment}"
            )
        self.assignment = assignment
        self.id, self.duedate, self.notebook = found[0]
        grade_cells = connection.execute(
            select(BASE_CELL.c.name, BASE_CELL.c.id, GRADE_CELL.c.max_score)
            .join_from(BASE_CELL, GRADE_CELL, GRADE_CELL.c.id == BASE_CELL.c.id)
            .where(BASE_CELL.c.notebook_id == self.notebook)
        )
        self.grade_cells = {name: (cell, points) for name, cell, points in grade_cells}
        self.points: dict[str, float] = dict(self.grade_cells.values())
        solution_cells = connection.execute(
            select(BASE_CELL.c.name, BASE_CELL.c.id)
            .join_from(BASE_CELL, SOLUTION_CELL, SOLUTION_CELL.c.id == BASE_CELL.c.id)
            .where(BASE_CELL.c.notebook_id == self.notebook)
        )
        self.solution_cells: dict[str, str] = dict(solution_cells.all())

    def students(self, connection: Connection) -> set[str]:
        """Those whose submission the gradebook has."""
        return set(
            connection.scalars(
                select(SUBMISSION.c.student_id)
                .join_from(SUBMISSION, PAPER, PAPER.c.assignment_id == SUBMISSION.c.id)
                .where(SUBMISSION.c.assignment_id == self.id)
            )
        )

    def check(self, marks: Iterable[Mark]) -> None:
        """GradingError when the gradebook has no such cells, or other points for them."""
        for mark in marks:
            if mark.is_grade and mark.grade_id in self.grade_cells:
                mark.check(self.grade_cells[mark.grade_id][1], self.assignment)
            elif mark.is_grade or mark.grade_id not in self.solution_cells:
                raise GradingError(
                    f"The gradebook has no cell {mark.grade_id} of {self.assignment}. Run: "
                    f"iop-training release {self.assignment}"
                )

    def kept(self, connection: Connection, students: Sequence[str]) -> dict[str, Kept]:
        """What the gradebook has of ``students``; those it doesn't know are left out."""
        submissions = self._submissions(connection, students)
        notebooks = self._notebooks(connection, [s["id"] for s in submissions.values()])
        grades = by_notebook(connection, GRADE, [n["id"] for n in notebooks.values()])
        result = {}
        for student, submission in submissions.items():
            notebook = notebooks.get(submission["id"])
            if notebook:
                rows = [*grades.get(notebook["id"], {}).values()]
                result[student] = self._kept(submission, rows, None)
        return result

    def save(
        self, connection: Connection, entries: Sequence[Entry], penalty: Penalty
    ) -> dict[str, Kept]:
        """Write a chunk; the caller's transaction makes it all or nothing. Manual scores, manual
        comments and extra credit stay; a manual score is flagged so that a person looks again."""
        self._add_students(connection, [entry.student for entry in entries])
        submissions = self._save_submissions(connection, entries)
        notebooks = self._save_notebooks(connection, submissions)
        ids = [notebook["id"] for notebook in notebooks.values()]
        grades = by_notebook(connection, GRADE, ids)
        comments = by_notebook(connection, COMMENT, ids)
        writer = Writer(connection)
        result = {}
        for entry in entries:
            submission = submissions[entry.student]
            notebook = notebooks[submission["id"]]
            old = grades.get(notebook["id"], {})
            before = sum(map(_score, old.values())) if old else None
            rows = self._save_grades(writer, notebook["id"], old, entry.marks)
            self._save_comments(writer, notebook["id"], comments.get(notebook["id"], {}), entry)
            kept = self._kept(submission, rows, before)
            writer.change(PAPER, notebook, late_submission_penalty=_taken(kept, entry, penalty))
            result[entry.student] = kept
        writer.flush()
        return result

    def _kept(self, submission: Row, rows: Iterable[Row], before: float | None) -> Kept:
        return Kept(
            tuple(
                (_score(row), self.points.get(row["cell_id"], 0.0), row["needs_manual_grade"])
                for row in rows
            ),
            before,
            self._seconds_late(submission),
        )

    def _seconds_late(self, submission: Row) -> float:
        """nbgrader's total_seconds_late."""
        if submission["timestamp"] is None or self.duedate is None:
            return 0.0
        due = self.duedate + (submission["extension"] or timedelta())
        late: timedelta = submission["timestamp"] - due
        return max(0.0, late.total_seconds())

    def _add_students(self, connection: Connection, students: Sequence[str]) -> None:
        known = set(connection.scalars(select(STUDENT.c.id).where(STUDENT.c.id.in_(students))))
        insert_rows(connection, STUDENT, [{"id": s} for s in students if s not in known])

    def _submissions(self, connection: Connection, students: Sequence[str]) -> dict[str, Row]:
        table = SUBMISSION
        found = connection.execute(
            select(table).where(table.c.assignment_id == self.id, table.c.student_id.in_(students))
        )
        return {row["student_id"]: dict(row) for row in found.mappings()}

    def _save_submissions(self, connection: Connection, entries: Sequence[Entry]) -> dict[str, Row]:
        rows = self._submissions(connection, [entry.student for entry in entries])
        writer, new = Writer(connection), []
        for entry in entries:
            if row := rows.get(entry.student):
                if entry.at is not None:
                    writer.change(SUBMISSION, row, timestamp=entry.at)
            else:
                row = {
                    "id": new_id(),
                    "assignment_id": self.id,
                    "student_id": entry.student,
                    "timestamp": entry.at,
                    "extension": None,
                }
                rows[entry.student] = row
                new.append(row)
        insert_rows(connection, SUBMISSION, new)
        writer.flush()
        return rows

    def _notebooks(self, connection: Connection, submissions: Sequence[str]) -> dict[str, Row]:
        """By the id of the submission."""
        table = PAPER
        found = connection.execute(
            select(table).where(
                table.c.notebook_id == self.notebook, table.c.assignment_id.in_(submissions)
            )
        )
        return {row["assignment_id"]: dict(row) for row in found.mappings()}

    def _save_notebooks(
        self, connection: Connection, submissions: Mapping[str, Row]
    ) -> dict[str, Row]:
        ids = [row["id"] for row in submissions.values()]
        rows = self._notebooks(connection, ids)
        new = [
            {
                "id": new_id(),
                "assignment_id": id_,
                "notebook_id": self.notebook,
                "flagged": False,
                "late_submission_penalty": None,
            }
            for id_ in ids
            if id_ not in rows
        ]
        insert_rows(connection, PAPER, new)
        return rows | {row["assignment_id"]: row for row in new}

    def _save_grades(
        self, writer: Writer, notebook: str, old: Mapping[str, Row], marks: Sequence[Mark]
    ) -> list[Row]:
        rows = dict(old)
        for mark in marks:
            if not mark.is_grade:
                continue
            cell = self.grade_cells[mark.grade_id][0]
            if row := rows.get(cell):
                waits = mark.waits or row["manual_score"] is not None
                writer.change(GRADE, row, auto_score=mark.auto_score, needs_manual_grade=waits)
            else:
                new = {
                    "cell_id": cell,
                    "notebook_id": notebook,
                    "auto_score": mark.auto_score,
                    "manual_score": None,
                    "extra_credit": None,
                    "needs_manual_grade": mark.waits,
                }
                rows[cell] = writer.add(GRADE, new)
        return [*rows.values()]

    def _save_comments(
        self, writer: Writer, notebook: str, old: Mapping[str, Row], entry: Entry
    ) -> None:
        for mark in entry.marks:
            if not mark.is_solution:
                continue
            cell = self.solution_cells[mark.grade_id]
            if row := old.get(cell):
                writer.change(COMMENT, row, auto_comment=mark.auto_comment)
            else:
                new = {
                    "cell_id": cell,
                    "notebook_id": notebook,
                    "auto_comment": mark.auto_comment,
                    "manual_comment": None,
                }
                writer.add(COMMENT, new)


def _score(row: Row) -> float:
    """nbgrader's Grade.score."""
    score = row["auto_score"] if row["manual_score"] is None else row["manual_score"]
    return 0.0 if score is None else score + (row["extra_credit"] or 0.0)


def _taken(kept: Kept, entry: Entry, penalty: Penalty) -> float | None:
    """nbgrader's AssignLatePenalties: between 0 and the score, None for no penalty."""
    if not kept.seconds_late:
        return None
    score = sum(score for score, _, _ in kept.grades)
    taken = penalty(entry.student, score, kept.seconds_late)
    return None if taken is None else min(max(0.0, taken), score)
