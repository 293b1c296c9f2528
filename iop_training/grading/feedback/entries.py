"""What the gradebook has of many submissions at once, without importing nbgrader.

nbgrader asks for the grade and the comment of each cell in turn. Here three statements bring
those of all submissions. Scores are added up as nbgrader.api's column properties do it; the tests
compare page for page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, TextClause, bindparam, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from iop_training.errors import GradingError
from iop_training.grading.feedback.page import Entries, Entry

_SUBMITTED = """
    FROM assignment
    JOIN submitted_assignment AS submission ON submission.assignment_id = assignment.id
    JOIN submitted_notebook AS paper ON paper.assignment_id = submission.id
    JOIN notebook ON notebook.id = paper.notebook_id
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
_TOTALS = f"""
    SELECT submission.student_id, paper.late_submission_penalty, COALESCE(SUM({_SCORE}), 0.0),
        (SELECT COALESCE(SUM(grade_cells.max_score), 0.0) FROM grade_cells
            JOIN base_cell ON base_cell.id = grade_cells.id
            WHERE base_cell.notebook_id = notebook.id)
        + (SELECT COALESCE(SUM(task_cells.max_score), 0.0) FROM task_cells
            JOIN base_cell ON base_cell.id = task_cells.id
            WHERE base_cell.notebook_id = notebook.id)
    {_SUBMITTED} LEFT JOIN base_cell ON base_cell.notebook_id = notebook.id
    LEFT JOIN grade ON grade.cell_id = base_cell.id AND grade.notebook_id = paper.id {_WHOSE}
    GROUP BY submission.student_id, paper.late_submission_penalty, notebook.id
"""
_GRADES = f"""
    SELECT submission.student_id, base_cell.name, {_SCORE},
        COALESCE(grade_cells.max_score, task_cells.max_score, 0.0),
        grade.auto_score IS NULL AND grade.manual_score IS NULL, grade.needs_manual_grade
    {_SUBMITTED} JOIN base_cell ON base_cell.notebook_id = notebook.id
    JOIN grade ON grade.cell_id = base_cell.id AND grade.notebook_id = paper.id
    LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
    LEFT JOIN task_cells ON task_cells.id = base_cell.id {_WHOSE}
"""
_COMMENTS = f"""
    SELECT submission.student_id, base_cell.name,
        COALESCE(comment.manual_comment, comment.auto_comment)
    {_SUBMITTED} JOIN base_cell ON base_cell.notebook_id = notebook.id
    JOIN comment ON comment.cell_id = base_cell.id AND comment.notebook_id = paper.id {_WHOSE}
        AND (comment.manual_comment IS NOT NULL OR comment.auto_comment IS NOT NULL)
"""


@contextmanager
def reading(db_url: str) -> Iterator[Connection]:
    """A connection to a gradebook that is there; GradingError when it can't be read."""
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
    comments = {
        (student, cell): comment
        for student, cell, comment in connection.execute(_asking(_COMMENTS), whose)
    }
    items: dict[str, dict[str, Entry]] = {}
    for student, cell, score, points, waiting, to_read in connection.execute(
        _asking(_GRADES), whose
    ):
        items.setdefault(student, {})[cell] = Entry(
            score, points, bool(waiting), bool(to_read), comments.get((student, cell), "")
        )
    return {
        student: Entries(
            student, score - (penalty or 0), most, penalty or 0, items.get(student, {})
        )
        for student, penalty, score, most in connection.execute(_asking(_TOTALS), whose)
    }


def _asking(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("students", expanding=True))
