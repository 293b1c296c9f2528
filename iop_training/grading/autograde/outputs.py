"""Outputs of a graded notebook: what is for the supervisor, and what of it goes into feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.rendering.html import Html

FEEDBACK = "application/vnd.iop.feedback"
"""The form of an output that goes into feedback. Only what has it is shown to trainees, see
:func:`feedback_of`."""
SAME = "text/html"
"""Stands in that form for a text that is the supervisor's too, which is then there once."""
BOX = "-box"
"""Ends the name of the cell with the box of an item that people grade."""

Output = dict[str, Any]
"""An output of a code cell, as nbformat has it."""


def feedback_of(output: Mapping[str, Any]) -> str | None:
    """What trainees get of an output, None when that is nothing. In a file, a text may be a list
    of its lines."""
    data = output.get("data", {})
    if FEEDBACK not in data:
        return None
    text = _joined(data[FEEDBACK])
    return _joined(data["text/html"]) if text == SAME else text


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def for_both(html: Html, feedback: Html) -> Output:
    """An output of which trainees get ``feedback``."""
    return _output({"text/html": str(html), FEEDBACK: SAME if feedback == html else str(feedback)})


def for_grader(html: str, feedback: str = "") -> Output:
    """An output for the supervisor's eyes; ``feedback`` is what trainees get of it, if any."""
    data = {"text/html": str(html)} | ({FEEDBACK: str(feedback)} if feedback else {})
    return _output(data, iop={"for": "grader"})


def _output(data: dict[str, str], **metadata: Any) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": metadata}
