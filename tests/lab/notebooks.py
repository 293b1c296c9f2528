"""A made-up learner's folder whose pages leave traces of what was run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WIDGET = "import ipywidgets\nipywidgets.Button(description='widget {0}')"
TRACE = """\
import os, pathlib
from IPython.display import HTML
with pathlib.Path({0!r}).open("a") as file:
    file.write("run ")
HTML(f'<p class="pid">{{os.getpid()}}</p>')"""
HIDDEN = "Your supervisor reads your answer here."


def code(cell_id: str, source: str) -> dict[str, Any]:
    """A code cell."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }


def prose(cell_id: str, source: str, **metadata: Any) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "id": cell_id, "source": source, "metadata": metadata}


def write_notebook(path: Path, cells: list[dict[str, Any]], **metadata: Any) -> list[str]:
    """Write a notebook; the sources of its code cells."""
    data = {
        "cells": cells,
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            **metadata,
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return [cell["source"] for cell in cells if cell["cell_type"] == "code"]


def write_workspace(root: Path) -> Path:
    """Start here, two lessons, a page that fails, and four notebooks nobody may trust."""
    pages = {
        "Start here.ipynb": (
            "Start here",
            [
                prose(
                    "title",
                    "# Start here\n\nRead, answer, go on.\n\n| Level | Hours |\n|---|---|\n"
                    "| 2.1 | 9 to 19 |\n| 2.5 | 20 or more |\n\n"
                    "| Dimension | What it asks about | An example of a finding |\n|---|---|---|\n"
                    "| Withdrawal | Intoxication | Yesterday |",
                ),
                code("start", WIDGET.format(1)),
                prose("more", "## Then\n\n" + "Words that wrap on a narrow screen. " * 8),
                code("q1", TRACE.format(str(root / "home.trace"))),
                prose("w", HIDDEN, nbgrader={"grade": True, "solution": True, "locked": False}),
            ],
        ),
        "lessons/m01.ipynb": (
            "A lesson",
            [
                prose("title", "# A lesson"),
                *(code(f"c{n}", WIDGET.format(n)) for n in range(12)),
            ],
        ),
        "lessons/m02.ipynb": ("Another lesson", [code("a", WIDGET.format(20))]),
        "lessons/m03.ipynb": (
            "A page with a fault",
            [code("bad", "1 / 0"), code("good", WIDGET.format(30))],
        ),
        "lessons/changed.ipynb": (
            "A page somebody changed",
            [code("start", WIDGET.format(40)), code("q", TRACE.format(str(root / "bad.trace")))],
        ),
    }
    entries = {}
    for path, (title, cells) in pages.items():
        entries[path] = {
            "title": title,
            "minutes": 10,
            "kind": "lesson",
            "module": "m00",
            "code": write_notebook(root / path, cells),
        }
    entries["lessons/changed.ipynb"]["code"][1] = "'what was released'"
    write_forgery(root / "forged.ipynb", root / "bad.trace")
    manifest = {
        "format": 1,
        "course": "iop",
        "exchange": None,
        "identity": "chosen",
        "notebooks": entries,
    }
    (root / "course.json").write_text(json.dumps(manifest), encoding="utf-8")
    return root


def write_forgery(path: Path, trace: Path) -> None:
    """A notebook that claims in its metadata to be a course page, and to run on opening."""
    claim = {"course": "iop", "run_on_open": True, "code_ok": True}
    write_notebook(
        path,
        [prose("t", "# Forged"), code("start", TRACE.format(str(trace)))],
        iop=claim,
        iop_training=claim,
    )
