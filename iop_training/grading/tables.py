"""nbgrader's tables, as far as grading reads and writes them.

nbgrader.api has them too, but importing it takes longer than grading a hundred submissions. The
tables are made by nbgrader; a test compares these columns with its own.
"""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Float, Interval, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

_ID = String(32)
_metadata = MetaData()


def _table(name: str, /, **columns: TypeEngine[Any]) -> Table:
    return Table(name, _metadata, *(Column(key, type_) for key, type_ in columns.items()))


STUDENT = _table("student", id=String(128))
ASSIGNMENT = _table("assignment", id=_ID, name=String(128), duedate=DateTime())
NOTEBOOK = _table("notebook", id=_ID, name=String(128), assignment_id=_ID)
SOURCE_CELL = _table("source_cell", name=String(128), checksum=String(128), notebook_id=_ID)
BASE_CELL = _table("base_cell", id=_ID, name=String(128), notebook_id=_ID)
GRADE_CELL = _table("grade_cells", id=_ID, max_score=Float())
SOLUTION_CELL = _table("solution_cells", id=_ID)
SUBMISSION = _table(
    "submitted_assignment",
    id=_ID,
    assignment_id=_ID,
    student_id=String(128),
    timestamp=DateTime(),
    extension=Interval(),
)
PAPER = _table(
    "submitted_notebook",
    id=_ID,
    assignment_id=_ID,
    notebook_id=_ID,
    flagged=Boolean(),
    late_submission_penalty=Float(),
)
"""The notebook of a submission."""
GRADE = _table(
    "grade",
    id=_ID,
    cell_id=_ID,
    notebook_id=_ID,
    auto_score=Float(),
    manual_score=Float(),
    extra_credit=Float(),
    needs_manual_grade=Boolean(),
)
COMMENT = _table(
    "comment",
    id=_ID,
    cell_id=_ID,
    notebook_id=_ID,
    auto_comment=Text(),
    manual_comment=Text(),
)
TABLES = tuple(_metadata.tables.values())


def new_id() -> str:
    """An id for a row that nobody else makes: 32 hex digits, as nbgrader's are."""
    return token_hex(16)
