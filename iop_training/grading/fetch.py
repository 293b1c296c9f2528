"""Fetch feedback from the exchange: ``python -m iop_training.grading.fetch ...``.

Prints one JSON line: {"ok": true, "files": [paths in the workspace]} or
{"ok": false, "message": a sentence}. No feedback yet is ok with no files.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from nbgrader.exchange.abc import ExchangeError

from iop_training.errors import CourseError
from iop_training.grading.exchange import CourseFetch, exchange_tool
from iop_training.grading.submit import learner_side
from iop_training.responses.identity import find_workspace


def fetch(workspace: Path, assignment: str) -> dict[str, Any]:
    """Copy feedback on ``assignment`` into ``assignments/<assignment>/feedback``."""
    try:
        place = find_workspace(workspace.absolute())
        config, directory = learner_side(place, assignment)
        tool = exchange_tool(CourseFetch, config, directory)
        tool.start()
    except (ExchangeError, CourseError, OSError) as error:
        return {"ok": False, "message": f"Feedback could not be fetched: {error}"}
    return {"ok": True, "files": [p.relative_to(place.root).as_posix() for p in tool.fetched]}


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser(description="Fetch feedback from the exchange.")
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--assignment", required=True)
    arguments = parser.parse_args()
    print(json.dumps(fetch(arguments.workspace, arguments.assignment)))


if __name__ == "__main__":
    main()
