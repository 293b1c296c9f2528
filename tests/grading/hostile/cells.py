"""Cells and what nbgrader keeps in them: changed, doubled, lost and forged."""

from __future__ import annotations

import copy

from grading.hostile.declare import Group, Made, cell, marks

CELLS = Group("Cells")
CHANGED = "The submitted notebook is not the released one"


@CELLS.add("A graded question is there twice.", CHANGED)
def doubled_cell(made: Made) -> None:
    cells = made.cells()
    made.keep([*cells, copy.deepcopy(cell(cells, "m01-q01"))])


@CELLS.add("Both questions and the written answer were deleted.", CHANGED)
def missing_cells(made: Made) -> None:
    made.keep([c for c in made.cells() if "grade_id" not in c["metadata"].get("nbgrader", {})])


@CELLS.add("There is no cell at all.", CHANGED)
def no_cells(made: Made) -> None:
    made.keep([])


@CELLS.add("A graded cell of the trainee's own, worth fifty points.", CHANGED)
def forged_cell(made: Made) -> None:
    cells = made.cells()
    extra = copy.deepcopy(cell(cells, "m01-q01"))
    extra |= {"id": "m01-q99", "source": "50.0"}
    extra["metadata"]["nbgrader"] |= {"grade_id": "m01-q99", "points": 50}
    made.keep([*cells, extra])


@CELLS.add("Questions became text, and the written answer became code.", CHANGED)
def retyped_cells(made: Made) -> None:
    cells = made.cells()
    for name, kind in (("m01-q01", "markdown"), ("m01-q02", "raw"), ("m01-w01", "code")):
        one = cell(cells, name)
        one["cell_type"] = kind
        one.pop("outputs", None)
        one.pop("execution_count", None)
    cell(cells, "m01-w01").update(outputs=[], execution_count=None)
    made.keep(cells)


@CELLS.add("The cells stand in the opposite order.", CHANGED)
def reordered_cells(made: Made) -> None:
    made.keep(made.cells()[::-1])


@CELLS.add("A graded cell was split in two, both halves with its id.", CHANGED)
def split_cell(made: Made) -> None:
    cells = made.cells()
    first = cell(cells, "m01-q02")
    second = copy.deepcopy(first) | {"id": "half"}
    text = "".join(first["source"])
    first["source"], second["source"] = text[: len(text) // 2], text[len(text) // 2 :]
    made.keep([*cells, second])


@CELLS.add("Two graded cells were merged into one.", CHANGED)
def merged_cells(made: Made) -> None:
    cells = made.cells()
    first, second = cell(cells, "m01-q01"), cell(cells, "m01-q02")
    first["source"] = "".join([*first["source"], "\n", *second["source"]])
    made.keep([c for c in cells if c is not second])


@CELLS.add("Every cell is empty.", CHANGED)
def emptied_cells(made: Made) -> None:
    made.keep([c | {"source": ""} for c in made.cells()])


@CELLS.add("The questions claim a thousand points each.", CHANGED)
def forged_points(made: Made) -> None:
    cells = made.cells()
    for name in ("m01-q01", "m01-q02"):
        marks(cells, name)["points"] = 1000
    made.keep(cells)


@CELLS.add("Points that are no number: NaN, infinite, negative, a text.", CHANGED)
def impossible_points(made: Made) -> None:
    cells = made.cells()
    marks(cells, "m01-q01")["points"] = float("nan")
    marks(cells, "m01-q02")["points"] = float("inf")
    marks(cells, "m01-w01")["points"] = "all of them"
    made.keep(cells)


@CELLS.add("Graded cells were unlocked, and their code answers itself.", CHANGED)
def unlocked_cells(made: Made) -> None:
    cells = made.cells()
    for name in ("m01-q01", "m01-q02"):
        marks(cells, name).update(locked=False, solution=True)
        cell(cells, name)["source"] = "5.0"
    made.keep(cells)


@CELLS.add("Questions say that they are not graded, and that a text is code.", CHANGED)
def ungraded_cells(made: Made) -> None:
    cells = made.cells()
    for name in ("m01-q01", "m01-q02", "m01-w01"):
        marks(cells, name).update(grade=False, solution=False, task=True, cell_type="raw")
    made.keep(cells)


@CELLS.add("Checksums that belong to other cells.", CHANGED)
def forged_checksums(made: Made) -> None:
    cells = made.cells()
    for name in ("m01-q01", "m01-q02", "m01-w01"):
        marks(cells, name)["checksum"] = "0" * 32
    made.keep(cells)


@CELLS.add("A schema version from the future.", CHANGED)
def future_schema(made: Made) -> None:
    cells = made.cells()
    for one in cells:
        one["metadata"].get("nbgrader", {})["schema_version"] = 99
    made.keep(cells)


@CELLS.add("A schema version that is no number.", CHANGED)
def broken_schema(made: Made) -> None:
    cells = made.cells()
    marks(cells, "m01-q01")["schema_version"] = {"three": [3]}
    made.keep(cells)


@CELLS.add("The first schema, without the fields of today's.", CHANGED)
def ancient_schema(made: Made) -> None:
    cells = made.cells()
    for name in ("m01-q01", "m01-q02", "m01-w01"):
        cell(cells, name)["metadata"]["nbgrader"] = {"grade_id": name, "schema_version": 1}
    made.keep(cells)


@CELLS.add("Two questions swapped their ids, the one with less points earns more.", CHANGED)
def swapped_ids(made: Made) -> None:
    cells = made.cells()
    one, two = marks(cells, "m01-q01"), marks(cells, "m01-q02")
    one["grade_id"], two["grade_id"] = "m01-q02", "m01-q01"
    made.keep(cells)


@CELLS.add("Ids that are paths, markup, endless and no text at all.", CHANGED)
def impossible_ids(made: Made) -> None:
    cells = made.cells()
    marks(cells, "m01-q01")["grade_id"] = "../../../" + "x" * 100_000
    marks(cells, "m01-q02")["grade_id"] = ["m01-q02", {"a": None}]
    marks(cells, "m01-w01")["grade_id"] = "<script>window.pwned = 1</script>"
    made.keep(cells)


@CELLS.add("What nbgrader keeps in a cell is a list, a text, nothing.", CHANGED)
def impossible_marks(made: Made) -> None:
    cells = made.cells()
    graded = [cell(cells, name) for name in ("m01-q01", "m01-q02", "m01-w01")]
    for one, value in zip(graded, (["grade"], "grade", None), strict=True):
        one["metadata"]["nbgrader"] = value
    made.keep(cells)


@CELLS.add("Outputs of the questions claim full points, in our own form of them.")
def forged_outputs(made: Made) -> None:
    cells = made.cells()
    card = '<section class="iop-card">5 of 5 points<script>window.pwned = 1</script></section>'
    data = {"text/html": card, "application/vnd.iop.feedback": card, "text/plain": "5.0"}
    for name in ("m01-q01", "m01-q02"):
        cell(cells, name)["execution_count"] = 1
        cell(cells, name)["outputs"] = [
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        ]
    made.keep(cells)


@CELLS.add("The written answer was typed into the notebook, not into the page.", CHANGED)
def typed_into_the_notebook(made: Made) -> None:
    cells = made.cells()
    cell(cells, "m01-w01")["source"] = "Another answer, which I typed here."
    made.keep(cells)
