"""A course with an assignment with code, and what people hand in for it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from content.course import code, markdown, notebook_text

NAME = "codelab"
SECRET_TEST = "assert double(21) == 42"
SOLUTION = """\
def double(number):
    ### BEGIN SOLUTION
    return number + number
    ### END SOLUTION
"""
RIGHT = "def double(number):\n    return 2 * number"
TEST = f"""\
assert double(1) == 2
### BEGIN HIDDEN TESTS
{SECRET_TEST}
### END HIDDEN TESTS
"""


def write_code(root: Path) -> Path:
    """Add the assignment to the course in ``root``: a function to write (2 points by a visible and
    a hidden test, 1 by a test of the data beside it), and a sentence that a person reads (3)."""
    cells = [
        markdown("intro", "# Double\n\n<b>Write</b> it.", locked=True),
        code("double", SOLUTION, solution=True, locked=False),
        code("test-double", TEST, grade=True, points=2),
        code("test-data", 'assert open("data.csv").read() == "1,2\\n"', grade=True, points=1),
        markdown("why", "Say why.", grade=True, solution=True, locked=False, points=3),
    ]
    raw = json.loads(notebook_text(cells))
    raw["metadata"]["iop"] = {"code": True}
    folder = root / "source" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps(raw, indent=1), encoding="utf-8")
    (folder / "data.csv").write_text("1,2\n", encoding="utf-8")
    return root


def released(root: Path) -> dict[str, Any]:
    """The notebook that learners get."""
    return json.loads((root / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """The cell with a grade id."""
    return next(c for c in notebook["cells"] if _name(c) == name)


def _name(one: dict[str, Any]) -> str:
    return one["metadata"].get("nbgrader", {}).get("grade_id", "")


def answered(root: Path, source: str = RIGHT, *more: str) -> dict[str, Any]:
    """The released notebook with this code in it, and cells of the trainee's own behind that."""
    notebook = released(root)
    cell(notebook, "double")["source"] = source
    cell(notebook, "why")["source"] = "Because twice is two times."
    place = notebook["cells"].index(cell(notebook, "double")) + 1
    own = [code(f"own-{number}", text) for number, text in enumerate(more)]
    notebook["cells"][place:place] = own
    return notebook


def hand_in(root: Path, student: str, notebook: dict[str, Any] | bytes) -> Path:
    """Put a submission straight into submitted/; its folder."""
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    raw = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    (folder / f"{NAME}.ipynb").write_bytes(raw)
    (folder / "timestamp.txt").write_text("2026-11-22 10:00:00.000000 UTC", encoding="utf-8")
    return folder


def zipped(folder: Path, student: str, notebook: bytes) -> Path:
    """The zip that somebody makes of their notebook."""
    path = folder / f"{student}_{NAME}_20261122-140211.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{NAME}.ipynb", notebook)
    return path
