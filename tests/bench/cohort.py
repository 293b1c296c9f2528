"""A cohort that was collected, made fast: folders of submitted/ as the notebooks and `collect` make
them, without notebooks, locks and zips. Ten thousand take some ten seconds."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from iop_training.content.snapshot import Snapshot, load_snapshot
from iop_training.grading.cohort import BLANK, answer
from iop_training.grading.course import CourseFolder
from iop_training.grading.handed_in import TIMESTAMP, journal_name
from iop_training.grading.keys import released_bundle
from iop_training.model import Item
from iop_training.responses.handin import RECEIPT, Receipt
from iop_training.responses.lines import NO_LINE, encode, line_hash

SECOND_THOUGHTS = 0.3
"""Chance that an answer was another one first."""
BEGIN = datetime(2026, 11, 2, 9, tzinfo=UTC)

Answers = dict[str, Any]
Line = tuple[str, Any]


def snapshot_of(root: Path, assignment: str) -> Snapshot:
    """The keyed content of the release that the course gives out."""
    released = CourseFolder.open(root).released_notebook(assignment)
    return load_snapshot(root, assignment, released_bundle(released).release)


def trainees(snapshot: Snapshot, count: int, seed: int = 1) -> Iterator[tuple[str, list[Line]]]:
    """Each trainee with the answers in the order given: the last one to an item counts. Abilities
    and difficulties are those of :mod:`iop_training.grading.cohort`; no two texts are the same."""
    chance = random.Random(seed)
    difficulty = {item: chance.gauss(0, 1) for item in snapshot.items}
    for n in range(1, count + 1):
        student, ability = f"trainee-{n:05}", chance.gauss(1, 1)

        def one(item: Item, logit: float, student: str = student) -> Any:
            value = answer(item, snapshot, logit, chance)
            return f"{value} This is how {student} would say it." if item.manual else value

        lines: list[Line] = []
        for item in snapshot.items.values():
            if chance.random() > BLANK:
                logit = ability - difficulty[item.id]
                if chance.random() < SECOND_THOUGHTS:
                    lines.append((item.id, one(item, logit)))
                lines.append((item.id, one(item, logit)))
        yield student, lines


def submit_cohort(root: Path, assignment: str, count: int, seed: int = 1) -> None:
    """Put ``count`` submissions into submitted/ of the course folder ``root``."""
    snapshot = snapshot_of(root, assignment)
    notebook = _saved(CourseFolder.open(root).released_notebook(assignment))
    for student, lines in trainees(snapshot, count, seed):
        journal = _journal(snapshot, student, lines)
        at = BEGIN + timedelta(days=1)
        answered = len(dict(lines))
        receipt = Receipt(
            student,
            assignment,
            hashlib.sha256(journal).hexdigest(),
            answered,
            len(snapshot.items),
            _text(at),
            "zip",
        )
        write_folder(
            root / "submitted" / student / assignment,
            {
                f"{assignment}.ipynb": notebook,
                journal_name(assignment): journal,
                RECEIPT: (json.dumps(asdict(receipt), indent=1) + "\n").encode(),
                TIMESTAMP: f"{at:%Y-%m-%d %H:%M:%S.%f} UTC".encode(),
            },
        )


def _saved(released: Path) -> bytes:
    """The notebook as JupyterLab saves it when it has been run: with counts and views."""
    notebook = json.loads(released.read_bytes())
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        view = {"model_id": f"{number:032x}", "version_major": 2, "version_minor": 0}
        data = {"application/vnd.jupyter.widget-view+json": view, "text/plain": ["Question()"]}
        cell["execution_count"] = number
        cell["outputs"] = [{"data": data, "metadata": {}, "output_type": "display_data"}]
    return (json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write files, by relative path, into a folder that is not there yet."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _journal(snapshot: Snapshot, student: str, lines: list[Line]) -> bytes:
    opening = {
        "type": "open",
        "trainee": student,
        "assignment": snapshot.assignment,
        "notebook": snapshot.notebook,
        "release": snapshot.release,
        "seed": hashlib.sha256(student.encode()).hexdigest()[:32],
    }
    bodies = [opening, *({"type": "answer", "item": i, "value": v} for i, v in lines)]
    text, prev = [], NO_LINE
    for seq, body in enumerate(bodies):
        line = encode(seq, prev, _text(BEGIN + timedelta(seconds=40 * seq)), body)
        text.append(line)
        prev = line_hash(line[:-1])
    return b"".join(text)


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
