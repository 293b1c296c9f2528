"""Submit a frozen folder to the exchange: ``python -m iop_training.grading.submit ...``.

Run as a program by the notebook, because importing nbgrader takes seconds. Prints one JSON
line: {"ok": true, "file": ..., "timestamp": ...} or {"ok": false, "message": a sentence}.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.abc import ExchangeError
from traitlets.config import Config

from iop_training.errors import CourseError
from iop_training.grading.exchange import CourseSubmit, exchange_tool
from iop_training.responses.identity import Workspace, find_workspace, learner_id

CACHE = ".nbgrader-cache"
"""nbgrader's record of what was submitted, one a workspace: it holds the secret that feedback
is fetched with, so people who share an account must not share it."""


def submit(workspace: Path, assignment: str, folder: Path) -> dict[str, Any]:
    """Submit ``folder`` as ``assignment``; the result as it is printed. Raises nothing that a
    trainee could mend: it is in the message."""
    try:
        config, directory = learner_side(find_workspace(workspace.absolute()), assignment)
        tool = exchange_tool(CourseSubmit, config, directory, folder=str(folder))
        tool.start()
    except (ExchangeError, CourseError, OSError, RuntimeError) as error:
        return {
            "ok": False,
            "message": f"Your work could not be handed in here: {error} Nothing "
            "is lost; your answers are saved. Try again, or hand in with a zip file.",
        }
    return {"ok": True, "file": tool.assignment_filename, "timestamp": tool.timestamp}


def learner_side(workspace: Workspace, assignment: str) -> tuple[Config, CourseDirectory]:
    """nbgrader's settings of a workspace; ExchangeError when it has no exchange or no id."""
    if not workspace.exchange:
        raise ExchangeError("This course folder has no exchange.")
    config = Config()
    config.Exchange.root = str((workspace.root / workspace.exchange).absolute())
    config.Exchange.cache = str(workspace.root / CACHE)
    config.Exchange.assignment_dir = str(workspace.root / "assignments")
    student = "*"  # nbgrader's word for the account itself
    if workspace.identity == "chosen":
        student = learner_id(workspace) or ""
        if not student:
            raise ExchangeError("No id is chosen yet; choose one on Start here.")
    return config, CourseDirectory(
        course_id=workspace.course,
        root=str(workspace.root),
        assignment_id=assignment,
        student_id=student,
    )


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser(description="Submit a frozen folder to the exchange.")
    for name in ("workspace", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--assignment", required=True)
    arguments = parser.parse_args()
    print(json.dumps(submit(arguments.workspace, arguments.assignment, arguments.folder)))


if __name__ == "__main__":
    main()
