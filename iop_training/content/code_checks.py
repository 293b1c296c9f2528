"""Checks of assignments with code of the trainee's own, which have no items and no keys of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from iop_training.content.faults import Fault, shown_path
from iop_training.content.notebooks import Notebook

_MARKS = ("grade", "solution", "locked", "task")


def check_code(notebooks: Iterable[Notebook], root: Path) -> Iterator[Fault]:
    """What would stop nbgrader, or earn everybody points for nothing."""
    for notebook in notebooks:
        file = shown_path(notebook.path, root)
        if not notebook.assignment:
            yield Fault(file, 0, "is marked as one with code; only assignments in source/ can be")
            continue
        if notebook.assignment != notebook.name:
            yield Fault(
                file,
                0,
                f"is in the folder of {notebook.assignment}; an assignment with code has one "
                "notebook, named as its folder",
            )
        marked = [c.nbgrader for c in notebook.cells if any(c.nbgrader.get(m) for m in _MARKS)]
        names = Counter(str(marks.get("grade_id") or "") for marks in marked)
        for name, number in sorted(names.items()):
            if not name:
                yield Fault(file, 0, f"has {number} cells for nbgrader without a grade_id")
            elif number > 1:
                yield Fault(file, 0, f"has the grade_id {name!r} {number} times; give each its own")
        if not any(marks.get("grade") and marks.get("points") for marks in marked):
            yield Fault(
                file,
                0,
                "has no cell with points; in JupyterLab's Create Assignment panel make one of "
                '"Autograder tests" or "Manually graded answer"',
            )
        if any(cell.call for cell in notebook.cells):
            yield Fault(
                file,
                0,
                'calls the course, such as ask("m01-q01"); pages with code have no items, make an '
                "assignment of each sort",
            )
