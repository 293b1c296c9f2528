"""From an author's notebook with code to what the gradebook keeps, and to what learners get."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    IncludeHeaderFooter,
    LockCells,
    SaveCells,
)
from traitlets.config import Config

from iop_training.grading.code.pick import AuthoredSteps

_TO_KEEP = (
    IncludeHeaderFooter,
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
)


class SaveSource(AuthoredSteps):
    """nbgrader's steps up to what the gradebook keeps: all of the tests, none of the solutions."""

    code = True
    steps = (*_TO_KEEP, SaveCells)


class HideTests(AuthoredSteps):
    """nbgrader's steps from there to what learners get."""

    code = True
    steps = (ClearHiddenTests, ClearMarkScheme, ComputeChecksums, CheckCellMetadata)


def with_tests(source: Path, config: Config) -> NotebookNode:
    """The notebook at ``source`` as the gradebook keeps it."""
    notebook = nbformat.read(source, as_version=4)
    resources: dict[str, Any] = {}
    for step in _TO_KEEP:
        notebook, resources = step(config=config)(notebook, resources)
    return notebook
