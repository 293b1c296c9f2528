"""How a submitted notebook differs from the released one. It is read as data, never run."""

from __future__ import annotations

import json
from pathlib import Path

from iop_training.grading.files import read_regular

MAX_NOTEBOOK = 20_000_000
"""Bytes of a submitted notebook that are looked at; a saved one of ours has some 0.1 million."""


def notebook_flags(submitted: Path, released: Path) -> list[str]:
    """Sentences about code cells that are not the released ones; empty when all are."""
    ours = _code(released)
    try:
        theirs = _code(submitted)
    except FileNotFoundError:
        return ["The notebook is missing. Its answers are in the journal, so nothing is lost."]
    except OSError as error:
        return [f"The submitted notebook was not read: {error.strerror}."]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return [
            "The submitted notebook is damaged. Its answers are in the journal, so nothing is lost."
        ]
    added = [source for source in theirs if source not in ours]
    gone = [source for source in ours if source not in theirs]
    if added or gone:
        return [
            f"The submitted notebook is not the released one: {len(gone)} code cells are "
            f"missing or changed, {len(added)} are not ours. Nothing in it was run; the score "
            "comes from the journal."
        ]
    return []


def _code(path: Path) -> list[str]:
    cells = json.loads(read_regular(path, MAX_NOTEBOOK))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
