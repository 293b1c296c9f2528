"""The same cohort for nbgrader with nothing of ours: its default steps, a kernel for each notebook.

Our cells end a kernel that another configuration starts, so the assignment is rebuilt from the
released notebook: the same cells, points and texts, with code in the place of each question that
scores the same answer in plain Python. A trainee's folder has the notebook, written answers in it,
and the answers in a file. Nothing is imported but json, so this is the least a kernel can cost.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.cohort import snapshot_of, trainees, write_folder
from bench.measure import run

from iop_training.content.snapshot import Snapshot
from iop_training.grading.course import CourseFolder
from iop_training.scoring import solution

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "stock"\n'
PLAIN = '''import json

with open("answers.json") as file:
    ANSWERS = json.load(file)


def share(answer, key):
    """How much of an answer agrees with the key, 0 to 1."""
    if isinstance(key, dict) and isinstance(answer, dict):
        return sum(share(answer.get(name), key[name]) for name in key) / len(key)
    if isinstance(key, list) and isinstance(answer, list):
        return len(set(key) & set(answer)) / len(set(key) | set(answer))
    return float(answer == key)


def score(item, key, points):
    return points * share(ANSWERS.get(item), key)'''


def make_course(root: Path, folder: Path, assignment: str) -> None:
    """A course folder of stock nbgrader with the same assignment, generated; RuntimeError with
    nbgrader's words when it can't be."""
    released = CourseFolder.open(root).released_notebook(assignment)
    snapshot = snapshot_of(root, assignment)
    notebook = json.loads(released.read_bytes())
    for cell in notebook["cells"]:
        about = cell["metadata"]["nbgrader"]
        about.pop("checksum", None)
        if cell["cell_type"] == "code":
            cell["source"] = _code(about, snapshot)
    write_folder(folder, {"nbgrader_config.py": CONFIG.encode()})
    source = json.dumps(notebook).encode()
    write_folder(folder / "source" / assignment, {released.name: source})
    run(["-m", "nbgrader", "generate_assignment", assignment], folder)


def submit_cohort(root: Path, folder: Path, assignment: str, count: int) -> None:
    """The same people with the same answers as :func:`bench.cohort.submit_cohort` makes."""
    snapshot = snapshot_of(root, assignment)
    released = json.loads((folder / "release" / assignment / f"{assignment}.ipynb").read_bytes())
    for student, lines in trainees(snapshot, count):
        answers = dict(lines)
        for cell in released["cells"]:
            item = cell["metadata"]["nbgrader"]["grade_id"]
            if cell["cell_type"] == "markdown" and item in snapshot.items:
                cell["source"] = answers.get(item, "")
        write_folder(
            folder / "submitted" / student / assignment,
            {
                f"{assignment}.ipynb": json.dumps(released).encode(),
                "answers.json": json.dumps(answers).encode(),
                "timestamp.txt": b"2026-11-03 09:00:00.000000 UTC",
            },
        )


def _code(about: dict[str, Any], snapshot: Snapshot) -> str:
    name = about["grade_id"]
    if about["grade"]:
        return f"score({name!r}, {solution(snapshot.items[name])!r}, {about['points']})"
    return PLAIN if name == "start" else f"ANSWERS.get({name!r})"
