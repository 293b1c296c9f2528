"""A first week for the small course: a module of its own whose lesson asks a question of m01 as
well."""

from __future__ import annotations

import json
from pathlib import Path

from content.course import STANDARDS, code, items_text, markdown, notebook_text

NOTE = "Finish this before you sit with a client."
LESSON = ("m01-f01", "w01-f01")


def add_first_week(root: Path) -> Path:
    """Bank, lesson and assignment of w01, beside those of m01."""
    bank = items_text().replace("m01-", "w01-").replace("rubric: w01-w01", "rubric: m01-w01")
    for old, new in (
        ("module: m01\n", "module: w01\n"),
        ("minutes:", f"note: |\n  {NOTE}\nminutes:"),
        ("items:\n", "reflections:\n  - id: w01-r01\n    prompt: |\n      And you?\nitems:\n"),
        ("practice option", "first-week practice option"),
        ("graded option", "first-week graded option"),
        ("several option", "first-week several option"),
    ):
        assert old in bank
        bank = bank.replace(old, new)
    (root / "data" / "items" / "w01.yaml").write_text(bank)
    mark = STANDARDS.split("standards:\n")[1]
    (root / "data" / "standards.yaml").write_text(STANDARDS + mark.replace("m01", "w01"))
    cells = [
        code("start", 'from iop_training import ask, reflect, review, start\n\nstart("w01")'),
        markdown("intro", "# A first week"),
        *(code(item, f'ask("{item}")') for item in LESSON),
        code("w01-r01", 'reflect("w01-r01")'),
        code("review", "review()"),
    ]
    (root / "notebooks" / "w01.ipynb").write_text(notebook_text(cells))
    graded = json.dumps(json.loads((root / "source/m01/m01.ipynb").read_text()))
    (root / "source" / "w01").mkdir()
    (root / "source" / "w01" / "w01.ipynb").write_text(graded.replace("m01", "w01"))
    return root
