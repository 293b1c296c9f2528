"""What a course notebook asks and shows, read from its cells without running anything."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from iop_training.content.faults import shown_path
from iop_training.errors import ContentError

CALLS = (
    "start",
    "ask",
    "open_case",
    "reflect",
    "show_chart",
    "show_diary",
    "my_program",
    "pocket_card",
    "review",
    "hand_in",
    "course_map",
)
"""The only calls a course notebook makes: one a cell, with one text argument or none."""
ASKING = ("ask", "open_case")
"""Calls that show an item, by its id."""
SEVERAL = ("my_program",)
"""Calls that take any number of text arguments."""

_WORD = re.compile(r"\]\(\s*<?#glossary:([^)>\s]*)")


@dataclass(frozen=True)
class Cell:
    """A cell: 0-based index, type, source, id, nbgrader metadata, and for a code cell the
    course call it makes: (name, argument or ""), or with all arguments for those of SEVERAL."""

    index: int
    type: str
    source: str
    id: str
    nbgrader: dict[str, Any]
    call: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Notebook:
    """A course notebook. ``name`` is the file's stem, ``assignment`` set for source/ ones,
    ``has_code`` whether trainees write code of their own in it."""

    path: Path
    name: str
    assignment: str | None
    cells: tuple[Cell, ...]
    has_code: bool = False

    @property
    def module(self) -> str:
        """Id of the module, such as ``m01``."""
        return self.name

    @property
    def kind(self) -> Literal["lesson", "assignment"]:
        """What it is."""
        return "assignment" if self.assignment else "lesson"

    def asked(self) -> list[str]:
        """Item ids in the order they are asked, those of sessions with clients among them."""
        return self._arguments(*ASKING)

    def reflects(self) -> list[str]:
        """Ids of the private boxes it has."""
        return self._arguments("reflect")

    def charts(self) -> list[str]:
        """Ids of the tables it draws."""
        return self._arguments("show_chart")

    def diaries(self) -> list[str]:
        """Ids of the diaries it shows."""
        return self._arguments("show_diary")

    def _arguments(self, *names: str) -> list[str]:
        return [c.call[1] for c in self.cells if c.call and c.call[0] in names]

    def words(self) -> list[tuple[int, str]]:
        """(0-based index of the cell, key) of each word that is marked as one of the glossary."""
        return [
            (c.index, key)
            for c in self.cells
            if c.type == "markdown"
            for key in _WORD.findall(c.source)
        ]

    def facts(self) -> list[str]:
        """Names of the program's facts that it shows."""
        calls = [c.call for c in self.cells if c.call and c.call[0] == "my_program"]
        return [name for call in calls for name in call[1:] if name]

    def code(self) -> list[str]:
        """Sources of the code cells, in order."""
        return [c.source for c in self.cells if c.type == "code"]


def read_notebook(path: Path, root: Path) -> Notebook:
    """The notebook at ``path``; ContentError when it is no notebook of version 4."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        cells = tuple(_cell(i, cell) for i, cell in enumerate(raw["cells"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        place = shown_path(path, root)
        raise ContentError([f"{place}: is not a readable notebook ({error})"]) from error
    in_source = path.parent.parent.name in ("source", "release")
    assignment = path.parent.name if in_source else None
    return Notebook(path, path.stem, assignment, cells, says_code(raw))


def says_code(notebook: Any) -> bool:
    """Whether a notebook, as JSON has it, is marked as an assignment with code of the trainee's
    own: ``"iop": {"code": true}`` in its metadata."""
    try:
        return notebook["metadata"]["iop"]["code"] is True
    except (KeyError, TypeError, IndexError):
        return False


def joined(notebook: Any) -> dict[str, Any]:
    """A notebook, as JSON has it, with each source as one text; a file may have it by lines."""
    cells = [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def course_notebooks(root: Path) -> list[Path]:
    """Lessons, then assignments (source), in the order of their names."""
    lessons = sorted((root / "notebooks").glob("*.ipynb"))
    return lessons + sorted((root / "source").glob("*/*.ipynb"))


def _cell(index: int, cell: dict[str, Any]) -> Cell:
    source = "".join(cell["source"])
    return Cell(
        index=index,
        type=cell["cell_type"],
        source=source,
        id=cell.get("id", ""),
        nbgrader=cell.get("metadata", {}).get("nbgrader", {}),
        call=_call(source) if cell["cell_type"] == "code" else None,
    )


def _call(source: str) -> tuple[str, ...] | None:
    """The course call in a cell: its last statement, after at most imports."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return None
    if not statements or not all(isinstance(s, ast.ImportFrom) for s in statements[:-1]):
        return None
    last = statements[-1]
    if not (isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)):
        return None
    call = last.value
    arguments = [a.value for a in call.args if isinstance(a, ast.Constant)]
    if not isinstance(call.func, ast.Name) or call.func.id not in CALLS or call.keywords:
        return None
    several = call.func.id in SEVERAL
    if len(arguments) != len(call.args) or (len(arguments) > 1 and not several):
        return None
    return call.func.id, *([str(argument) for argument in arguments] or [""])
