"""Every notebook: clean, stable, readable in order, and nothing but course calls in its code."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from iop_training.content.notebooks import course_notebooks, read_notebook

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = [*course_notebooks(ROOT), *sorted((ROOT / "release").glob("*/*.ipynb"))]


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: str(p.relative_to(ROOT)))
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_is_it_valid_and_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


def test_are_cell_ids_stable_and_unique(path: Path) -> None:
    ids = [cell.id for cell in read_notebook(path, ROOT).cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", i) for i in ids)


def test_does_it_begin_and_end_as_a_page_does(path: Path) -> None:
    notebook = read_notebook(path, ROOT)
    calls = [cell.call for cell in notebook.cells if cell.call]
    assert calls[0] == ("start", notebook.module)
    assert calls[-1] == ("hand_in" if notebook.assignment else "review", "")


def test_do_its_headings_go_down_one_level_at_a_time(path: Path) -> None:
    text = "\n".join(c.source for c in read_notebook(path, ROOT).cells if c.type == "markdown")
    levels = [len(m[1]) for m in re.finditer(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
