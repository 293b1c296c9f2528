"""How a submitted notebook differs from the released one. It is read as data, never run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from iop_training.grading.fast_json import loads

_KEPT = "Its answers are in the journal, so nothing is lost."
_UNUSED = "Nothing in it was run; the score comes from the journal."
Compared = tuple[str, str, Any]
"""What is compared of a cell: its type, its source, and what nbgrader keeps in it."""


def notebook_flags(submitted: bytes | None, fault: str, ours: Sequence[Compared]) -> list[str]:
    """Sentences about cells that are not those of the released notebook, ``ours``; empty when all
    are. ``submitted`` is None where there is no notebook, or none that could be read for the
    reason ``fault``."""
    if fault:
        return [f"The submitted notebook was not read: {fault}."]
    if submitted is None:
        return [f"The notebook is missing. {_KEPT}"]
    try:
        theirs = compared_cells(loads(submitted))
        if theirs == list(ours):
            return []
        gone, added = _surplus(ours, theirs), _surplus(theirs, ours)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, OverflowError):
        return [f"The submitted notebook is damaged. {_KEPT}"]
    if gone or added:
        return [
            f"The submitted notebook is not the released one: {gone} cells are missing or "
            f"changed, {added} are not ours. {_UNUSED}"
        ]
    return [
        "The submitted notebook is not the released one: its cells stand in another order. "
        + _UNUSED
    ]


def compared_cells(notebook: Any) -> list[Compared]:
    """The cells that have code or have to do with grading, in order; other text is anybody's to
    change. KeyError, TypeError and the like when it is no notebook."""
    cells = [(cell, cell["metadata"].get("nbgrader", {})) for cell in notebook["cells"]]
    return [
        (str(cell["cell_type"]), "".join(cell["source"]), marks)
        for cell, marks in cells
        if cell["cell_type"] == "code" or _graded(marks)
    ]


def _graded(marks: Any) -> bool:
    names = ("grade", "solution", "task")
    return not isinstance(marks, dict) or any(marks.get(name) for name in names)


def _surplus(some: Sequence[Compared], others: Sequence[Compared]) -> int:
    """How many more there are among ``some``, whatever their order."""
    return (Counter(map(_canonical, some)) - Counter(map(_canonical, others))).total()


def _canonical(cell: Compared) -> str:
    """As text; JupyterLab writes 2.0 as 2."""
    kind, source, marks = cell
    if isinstance(marks, dict):
        marks = {k: float(v) if type(v) is int else v for k, v in marks.items()}
    return json.dumps([kind, source, marks], sort_keys=True)
