"""What the gradebook has of many submissions at once, without importing nbgrader.

nbgrader asks for the grade and the comment of each cell in turn. Here two statements bring those
of all submissions. Scores are added up as nbgrader.api's column properties do it; the tests
compare page for page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, TextClause, bindparam, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from iop_training.errors import GradingError
from iop_training.grading.feedback.page import Entries, Entry

# The outer joins also keep SQLite from reading all grades of all assignments.
_CELLS = """
    FROM assignment
    JOIN submitted_assignment AS submission ON submission.assignment_id = assignment.id
    JOIN submitted_notebook AS paper ON paper.assignment_id = submission.id
    JOIN notebook ON notebook.id = paper.notebook_id
    LEFT JOIN base_cell ON base_cell.notebook_id = notebook.id
    LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
    LEFT JOIN task_cells ON task_cells.id = base_cell.id
    LEFT JOIN grade ON grade.cell_id = base_cell.id AND grade.notebook_id = paper.id
    LEFT JOIN comment ON comment.cell_id = base_cell.id AND comment.notebook_id = paper.id
"""
_WHOSE = """
    WHERE assignment.name = :assignment AND notebook.name = :assignment
        AND submission.student_id IN :students
"""
# What a person gave goes before what was found; extra credit is added to either, not to nothing.
_SCORE = """
    CASE WHEN COALESCE(grade.manual_score, grade.auto_score) IS NULL THEN 0.0
    ELSE COALESCE(grade.manual_score, grade.auto_score) + COALESCE(grade.extra_credit, 0.0) END
"""
_POINTS = "COALESCE(grade_cells.max_score, task_cells.max_score, 0.0)"
_TOTALS = f"""
    SELECT submission.student_id, paper.late_submission_penalty,
        COALESCE(SUM({_SCORE}), 0.0), COALESCE(SUM({_POINTS}), 0.0)
    {_CELLS} {_WHOSE} GROUP BY submission.student_id, paper.late_submission_penalty
"""
_ITEMS = f"""
    SELECT submission.student_id, base_cell.name, grade.id IS NOT NULL, {_SCORE}, {_POINTS},
        grade.auto_score IS NULL AND grade.manual_score IS NULL, grade.needs_manual_grade,
        COALESCE(comment.manual_comment, comment.auto_comment)
    {_CELLS} {_WHOSE}
"""


@contextmanager
def reading(db_url: str) -> Iterator[Connection]:
    """A connection to a gradebook that is prepared; GradingError when it can't be read."""
    parts = make_url(db_url)
    try:
        engine = create_engine(parts)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
    except SQLAlchemyError as error:
        raise GradingError(
            f"The gradebook at {parts.render_as_string()} can't be read: "
            f"{getattr(error, 'orig', None) or error}. Nothing was changed."
        ) from error


def entries_of(
    connection: Connection, assignment: str, students: Sequence[str]
) -> dict[str, Entries]:
    """The entries of those of ``students`` whose submission the gradebook has."""
    whose = {"assignment": assignment, "students": list(students)}
    items: dict[str, dict[str, Entry]] = {}
    comments: dict[tuple[str, str], str] = {}
    for student, cell, is_grade, *marks, comment in connection.execute(_asking(_ITEMS), whose):
        # A written item has two rows: one of the grade, one of the comment.
        if comment is not None:
            comments[student, cell] = comment
        if is_grade:
            score, points, waiting, to_read = marks
            items.setdefault(student, {})[cell] = Entry(score, points, bool(waiting), bool(to_read))
    for (student, cell), comment in comments.items():
        if cell in items.get(student, {}):
            items[student][cell] = replace(items[student][cell], comment=comment)
    return {
        student: Entries(
            student, score - (penalty or 0), most, penalty or 0, items.get(student, {})
        )
        for student, penalty, score, most in connection.execute(_asking(_TOTALS), whose)
    }


def _asking(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("students", expanding=True))
