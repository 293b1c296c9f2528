"""The gradebook's picture of a released notebook, and how it gets there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from iop_training.content.notebooks import joined, says_code
from iop_training.errors import GradingError
from iop_training.grading.course import CourseFolder
from iop_training.grading.database import alone
from iop_training.grading.tables import ASSIGNMENT, NOTEBOOK, SOURCE_CELL

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

Notebook = Mapping[str, Any]
"""As JSON has it; nbformat's own will do."""


def register_release(course_root: Path, assignment: str) -> bool:
    """Bring the gradebook in line with ``release/<assignment>``; True when it changed.

    A fresh clone has the committed release and an empty gradebook. GradingError when the
    assignment isn't released, or when its cells changed after submissions were graded.
    """
    course = CourseFolder.open(course_root)
    return register_notebook(course, assignment, course.released_notebook(assignment))


def register_before_autograde(assignment: str, **_: Any) -> None:
    """nbgrader's hook before each submission; nbgrader stands in the course folder then."""
    register_release(Path.cwd(), assignment)


def register_notebook(course: CourseFolder, assignment: str, path: Path) -> bool:
    """Like :func:`register_release`, of the released notebook at ``path``. Of an assignment with
    code the gradebook keeps the hidden tests too, which only the source has."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if says_code(notebook):
        from iop_training.grading.code.source import with_tests  # brings nbgrader

        source = course.step("source", assignment) / path.name
        if not source.is_file():
            raise GradingError(
                f"source/{assignment}/{path.name} is missing. It has the hidden tests that "
                f"{assignment} is graded with; restore it."
            )
        notebook = with_tests(source, course.config)
    if _is_registered(course, assignment, path.stem, notebook):
        return False
    # Several transactions: of two graders that start at once, one registers for both.
    with alone(course.directory().db_url):
        if _is_registered(course, assignment, path.stem, notebook):
            return False
        _register(course, assignment, path.stem, notebook)
    return True


def _is_registered(course: CourseFolder, assignment: str, name: str, notebook: Notebook) -> bool:
    """Without nbgrader: whoever grades a release that is registered need not import it."""
    with course.engine() as engine, engine.connect() as connection:
        found = connection.execute(
            select(NOTEBOOK.c.name, SOURCE_CELL.c.name, SOURCE_CELL.c.checksum)
            .join_from(ASSIGNMENT, NOTEBOOK, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
            .join(SOURCE_CELL, SOURCE_CELL.c.notebook_id == NOTEBOOK.c.id)
            .where(ASSIGNMENT.c.name == assignment)
        )
        kept = {(page, cell): checksum for page, cell, checksum in found}
    return kept == {(name, cell): sum_ for cell, sum_ in released_cells(notebook).items()}


def _register(course: CourseFolder, assignment: str, name: str, notebook: Notebook) -> None:
    import nbformat
    from nbgrader.preprocessors import SaveCells

    with course.gradebook() as gradebook:
        before = _registered_cells(gradebook, assignment)
        # A hidden test may be mended; what learners see of code is compared when it is released.
        if not says_code(notebook) or {*before.get(name, {})} != {*released_cells(notebook)}:
            refuse_changed_cells(assignment, graded_students(gradebook, assignment))
        gradebook.update_or_create_assignment(assignment)
        for other in set(before) - {name}:
            gradebook.remove_notebook(other, assignment)
    SaveCells().preprocess(
        nbformat.from_dict(joined(notebook)),
        {
            "nbgrader": {
                "notebook": name,
                "assignment": assignment,
                "db_url": course.directory().db_url,
            }
        },
    )


def released_cells(notebook: Notebook) -> dict[str, str]:
    """grade_id and nbgrader's checksum of every cell; it covers source, type and points."""
    abouts = [cell["metadata"] for cell in notebook["cells"]]
    cells = [about["nbgrader"] for about in abouts if "nbgrader" in about]
    return {cell["grade_id"]: cell["checksum"] for cell in cells}


def graded_students(gradebook: Gradebook, assignment: str) -> list[str]:
    """Ids of those whose submission the gradebook knows."""
    from nbgrader.api import MissingEntry

    try:
        return sorted(s.student_id for s in gradebook.find_assignment(assignment).submissions)
    except MissingEntry:
        return []


def refuse_changed_cells(assignment: str, students: list[str]) -> None:
    """GradingError when somebody has submitted: their answers belong to the old cells."""
    if students:
        raise GradingError(
            f"The cells of {assignment} changed, and {len(students)} submitted it already "
            f"({', '.join(students[:5])}{' ...' if len(students) > 5 else ''}). An assignment that "
            "was submitted keeps its cells. Restore the notebook, or give the changed one a new "
            "assignment id. A wrong key alone is mended with: iop-training regrade "
            f"{assignment}"
        )


def _registered_cells(gradebook: Gradebook, assignment: str) -> dict[str, dict[str, str]]:
    from nbgrader.api import MissingEntry

    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return {}
    return {n.name: {cell.name: cell.checksum for cell in n.source_cells} for n in notebooks}
