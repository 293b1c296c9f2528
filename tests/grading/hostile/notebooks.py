"""Notebook files that are no notebooks."""

from __future__ import annotations

import json
import os

from grading.hostile.cells import CHANGED
from grading.hostile.declare import Group, Made

NOTEBOOKS = Group("Notebook files")
DAMAGED = "The submitted notebook is damaged"
WAITS = "not run: nbgrader would wait for ever"


@NOTEBOOKS.add("The notebook is missing.", "The notebook is missing")
def missing_notebook(made: Made) -> None:
    made.notebook.unlink()


@NOTEBOOKS.add("An empty file.", DAMAGED)
def empty_notebook(made: Made) -> None:
    made.notebook.write_bytes(b"")


@NOTEBOOKS.add("A notebook cut off in the middle.", DAMAGED)
def truncated_notebook(made: Made) -> None:
    raw = made.notebook.read_bytes()
    made.notebook.write_bytes(raw[: len(raw) // 2])


@NOTEBOOKS.add("Not JSON at all.", DAMAGED)
def malformed_notebook(made: Made) -> None:
    made.notebook.write_text('{"cells": [}, "nbformat": ,', encoding="utf-8")


@NOTEBOOKS.add("Bytes that are no UTF-8.", DAMAGED)
def not_utf8_notebook(made: Made) -> None:
    made.notebook.write_bytes(made.notebook.read_bytes().replace(b"An assignment", b"\xff\xfe\xe9"))


@NOTEBOOKS.add("A hundred thousand lists in each other.", DAMAGED)
def deep_notebook(made: Made) -> None:
    made.notebook.write_text('{"cells": ' + "[" * 100_000, encoding="utf-8")


@NOTEBOOKS.add(
    "Three gigabytes of nothing.", "was not read", stock="not run: would read three gigabytes"
)
def huge_notebook(made: Made) -> None:
    with made.notebook.open("r+b") as file:
        file.truncate(3_000_000_000)


@NOTEBOOKS.add(
    "Twenty thousand cells that are not ours.",
    CHANGED,
    stock="not run: would run twenty thousand cells",
)
def endless_notebook(made: Made) -> None:
    extra = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": []}
    extra |= {"execution_count": None}
    made.keep([*made.cells(), *(extra | {"id": f"x{n}"} for n in range(20_000))])


@NOTEBOOKS.add("A number of a million digits among the cells.", DAMAGED)
def long_number(made: Made) -> None:
    made.notebook.write_text('{"cells": ' + "7" * 1_000_000 + "}", encoding="utf-8")


@NOTEBOOKS.add("Cells that are no list.", DAMAGED)
def cells_no_list(made: Made) -> None:
    made.keep(7)


@NOTEBOOKS.add("Cells that are no cells.", DAMAGED)
def cells_no_cells(made: Made) -> None:
    made.keep([1, None, "code", [], {"cell_type": "code"}])


@NOTEBOOKS.add("A cell whose source is a number.", DAMAGED)
def source_no_text(made: Made) -> None:
    made.keep([c | {"source": 5} for c in made.cells()])


@NOTEBOOKS.add("Two lists of cells in one notebook; the second counts for a reader.", CHANGED)
def cells_twice(made: Made) -> None:
    raw = made.notebook.read_text(encoding="utf-8").rstrip().removesuffix("}")
    made.notebook.write_text(raw + ', "cells": []}', encoding="utf-8")


@NOTEBOOKS.add("A notebook of the third format.", DAMAGED)
def old_format(made: Made) -> None:
    sheet = [{"cells": [{"cell_type": "code", "input": "5.0", "language": "python"}]}]
    whole = {"worksheets": sheet, "metadata": {}, "nbformat": 3, "nbformat_minor": 0}
    made.notebook.write_text(json.dumps(whole), encoding="utf-8")


@NOTEBOOKS.add("A notebook that claims the format 99.")
def future_format(made: Made) -> None:
    made.keep(made.cells(), nbformat=99, nbformat_minor=-1)


@NOTEBOOKS.add("A kernel of the trainee's choice.")
def foreign_kernel(made: Made) -> None:
    spec = {"name": "../../bin/sh", "display_name": "sh", "language": "sh"}
    made.keep(made.cells(), metadata={"kernelspec": spec})


@NOTEBOOKS.add("A link to a file outside of the course.", "was not read: it is a link")
def linked_notebook(made: Made) -> None:
    made.notebook.unlink()
    made.notebook.symlink_to(made.secret)


@NOTEBOOKS.add("A folder in the notebook's place.", "The submitted notebook was not read")
def folder_as_notebook(made: Made) -> None:
    made.notebook.unlink()
    made.notebook.mkdir()
    (made.notebook / "m01.ipynb").write_text("{}", encoding="utf-8")


@NOTEBOOKS.add("A pipe that nobody writes to.", "was not read: it is a pipe", stock=WAITS)
def pipe_as_notebook(made: Made) -> None:
    made.notebook.unlink()
    os.mkfifo(made.notebook)
