"""Running nbgrader's tools, and from what they logged to the sentence a supervisor needs."""

from __future__ import annotations

import re
import warnings
from typing import Any

from nbgrader.utils import capture_log

_RAISED = re.compile(
    r"^\s*(?:\w+\.)*(?P<name>[A-Z]\w*(?:Error|Exception|Entry)): (?P<text>.+)$", re.M
)
_WRAPPER = "NbGraderException"


def run(tool: Any) -> dict[str, Any]:
    """nbgrader's ``capture_log`` of a tool: a dict with ``success`` and ``log``, no exception.
    SQLAlchemy's warnings about nbgrader's own way of using it don't reach the terminal."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"nbgrader\.api")
        return dict(capture_log(tool))


def reason(result: dict[str, Any]) -> str:
    """The message of the error behind a failed result of :func:`run`."""
    text = f"{result.get('log', '')}\n{result.get('error', '')}"
    raised = [m for m in _RAISED.finditer(text) if m["name"] != _WRAPPER]
    if raised:
        last = raised[-1]
        ours = last["name"].endswith("Error") and last[0].strip().startswith("iop_training.")
        return last["text"] if ours else f"{last['name']}: {last['text']}"
    errors = [line for line in text.splitlines() if "[ERROR]" in line]
    return errors[0].split("]", 1)[1].strip() if errors else text.strip()[-300:]
