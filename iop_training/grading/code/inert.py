"""Takes from a submitted notebook what it has no business to say.

What a cell is, and how many points it has, comes from the released notebook: nbgrader would believe
a cell for a person to grade that calls itself a test, and a test that passes has its points.

Formgrader and nbgrader's feedback show cells and outputs as the notebook has them, in the
supervisor's signed-in browser. A trainee's Markdown may hold HTML, and a trainee's code writes what
it likes to its outputs, so these are made again from what is harmless in them.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, is_locked

from iop_training.errors import GradingError

MAX_CELLS = 1_000
"""Cells of a submitted notebook; nbgrader checks each several times."""

_ELSEWHERE = str.maketrans({"\\": "&#92;", "$": "&#36;", "\n": "&#10;"})
"""What Markdown and formulas begin with, and the line ends that would end a block of HTML."""
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_PICTURES = ("image/png", "image/jpeg")
_KEPT = ("kernelspec",)
_PYTHON = {"name": "python", "pygments_lexer": "ipython3"}


class ReleasedMetadata(NbGraderPreprocessor):
    """nbgrader's marks of each cell as they were released, and no other settings of a cell or of
    the notebook."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Cells that nbgrader doesn't know become the trainee's own, and so do all but the last of
        one that is there several times. GradingError for what is no notebook, or far too long."""
        released = _released_cells(self.parent.parent.coursedir, resources["nbgrader"])
        _refuse(nb)
        nb.metadata = NotebookNode({k: nb.metadata[k] for k in _KEPT if k in nb.metadata})
        nb.metadata.language_info = NotebookNode(_PYTHON)
        for cell in reversed(nb.cells):
            about = cell.metadata.get("nbgrader")
            name = about.get("grade_id") if isinstance(about, dict) else None
            known = released.pop(name, None) if isinstance(name, str) else None
            cell.metadata = NotebookNode({"nbgrader": known} if known else {})
            cell.pop("attachments", None)
        return nb, resources


class InertCells(NbGraderPreprocessor):
    """A trainee's Markdown becomes plain text: neither HTML nor links are left of it. Comes after
    nbgrader put its own cells back; a cell that nobody wrote in stays, so that nbgrader knows it.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Raw cells become Markdown, because pages take them as they are."""
        for cell in nb.cells:
            if cell.cell_type != "code" and not is_locked(cell):
                cell.cell_type = "markdown"
                about = cell.metadata.get("nbgrader")
                if not about or about.get("checksum") != compute_checksum(cell):
                    cell.source = _plain(cell.source)
        return nb, resources


class InertOutputs(NbGraderPreprocessor):
    """Outputs as text and pictures; nothing else that the code's kernel said stays."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Of each code cell; the kernel's words about itself go too."""
        nb.metadata = NotebookNode({k: nb.metadata[k] for k in _KEPT if k in nb.metadata})
        nb.metadata.language_info = NotebookNode(_PYTHON)
        number = 0
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader")
            cell.metadata = NotebookNode({"nbgrader": about} if about else {})
            if cell.cell_type == "code":
                number += 1
                ran = cell.execution_count is not None
                cell.execution_count = number if ran else None
                made = (_output(output, number) for output in cell.outputs)
                cell.outputs = [output for output in made if output]
        return nb, resources


def _released_cells(directory: CourseDirectory, ids: dict[str, str]) -> dict[str, NotebookNode]:
    """nbgrader's metadata of the released notebook, by grade id."""
    folder = directory.format_path(directory.release_directory, ".", ids["assignment"])
    released = nbformat.read(Path(directory.root, folder, f"{ids['notebook']}.ipynb"), as_version=4)
    marked = (cell.metadata.nbgrader for cell in released.cells if "nbgrader" in cell.metadata)
    return {about.grade_id: about for about in marked}


def _refuse(nb: NotebookNode) -> None:
    again = "Ask for it to be handed in again."
    try:
        number = len(nb.cells)
        if number <= MAX_CELLS:
            nbformat.validate(nb)
            return
    except (nbformat.ValidationError, AttributeError, TypeError, KeyError, ValueError) as error:
        raise GradingError(f"The notebook is damaged. {again}") from error
    raise GradingError(f"The notebook has {number:,} cells, which is too many to grade. {again}")


def _output(output: NotebookNode, number: int) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stdout" if output.get("name") == "stdout" else "stderr"
        return new_output("stream", name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        return new_output(
            "error",
            ename=_text(output.get("ename")),
            evalue=_text(output.get("evalue")),
            traceback=[_text(line) for line in lines] if isinstance(lines, list) else [],
        )
    if kind not in ("execute_result", "display_data"):
        return None
    data = output.get("data")
    data = data if isinstance(data, dict) else {}
    kept = {kind: data[kind] for kind in _PICTURES if _is_base64(data.get(kind))}
    # nbgrader reads points from here, so there is always something to read.
    kept["text/plain"] = _text(data.get("text/plain"))
    count = {"execution_count": number} if kind == "execute_result" else {}
    return new_output(kind, data=kept, **count)


def _plain(text: str) -> str:
    """Markdown that shows ``text`` as it was typed."""
    shown = escape(text.replace("\r", "")).translate(_ELSEWHERE)
    return f'<div style="white-space: pre-wrap">{shown}</div>'


def _is_base64(value: Any) -> bool:
    return isinstance(value, str) and _BASE64.fullmatch(value) is not None


def _text(value: Any) -> str:
    """As text that can be written to a file: no half characters."""
    joined = "".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return joined.encode("utf-8", "replace").decode()
