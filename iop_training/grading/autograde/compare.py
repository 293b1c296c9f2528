"""How a submitted notebook differs from the released one. It is read as data, never run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

_KEPT = "Its answers are in the journal, so nothing is lost."


def notebook_flags(submitted: bytes | None, fault: str, ours: Sequence[str]) -> list[str]:
    """Sentences about code cells that are not those of the released notebook, ``ours``; empty
    when all are. ``submitted`` is None where there is no notebook, or none that could be read for
    the reason ``fault``."""
    if fault:
        return [f"The submitted notebook was not read: {fault}."]
    if submitted is None:
        return [f"The notebook is missing. {_KEPT}"]
    try:
        theirs = code_of(json.loads(submitted))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return [f"The submitted notebook is damaged. {_KEPT}"]
    added = [source for source in theirs if source not in ours]
    gone = [source for source in ours if source not in theirs]
    if added or gone:
        return [
            f"The submitted notebook is not the released one: {len(gone)} code cells are "
            f"missing or changed, {len(added)} are not ours. Nothing in it was run; the score "
            "comes from the journal."
        ]
    return []


def code_of(notebook: Any) -> list[str]:
    """The sources of the code cells; KeyError or TypeError when it is no notebook."""
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
