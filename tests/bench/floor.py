"""The floor: the least that grading a cohort can be. Parses the journals and notebooks that were
handed in, scores, writes the released notebook with what else came, as nbgrader does, and commits
the same rows in bulk; no flags, no drawing, no report, no repairs, and a second run is of no use.

python tests/bench/floor.py COURSE ASSIGNMENT     where the gradebook knows the release
"""

from __future__ import annotations

import json
import sqlite3
import sys
import uuid
from pathlib import Path
from typing import Any

from iop_training.content.bundle import SUFFIX, load_bundle
from iop_training.content.snapshot import load_snapshot
from iop_training.scoring import score

TOGETHER = 50
"""Submissions in one transaction, as many as the grader has."""
COLUMNS = {
    "student": "id",
    "submitted_assignment": "id, assignment_id, student_id, timestamp",
    "submitted_notebook": "id, assignment_id, notebook_id, flagged",
    "grade": "id, cell_id, notebook_id, auto_score, needs_manual_grade",
    "comment": "id, cell_id, notebook_id, auto_comment",
}
CELLS = "SELECT b.name, b.id FROM base_cell b JOIN {} USING (id) WHERE b.notebook_id = ?"

Rows = dict[str, list[tuple[Any, ...]]]


def main(course: Path, assignment: str) -> None:
    """Grade all of submitted/."""
    released = course / "release" / assignment / f"{assignment}.ipynb"
    release = load_bundle(released.with_name(released.stem + SUFFIX)).release
    items = load_snapshot(course, assignment, release).items
    notebook = json.loads(released.read_text(encoding="utf-8"))
    database = sqlite3.connect(course / "gradebook.db")
    database.execute("PRAGMA journal_mode = wal")
    (assigned, noted) = database.execute(
        "SELECT a.id, n.id FROM assignment a JOIN notebook n ON n.assignment_id = a.id "
        "WHERE a.name = ?",
        (assignment,),
    ).fetchone()
    grades = database.execute(CELLS.format("grade_cells"), (noted,)).fetchall()
    solutions = database.execute(CELLS.format("solution_cells"), (noted,)).fetchall()
    rows: Rows = {table: [] for table in COLUMNS}
    for folder in sorted((course / "submitted").glob(f"*/{assignment}")):
        student = folder.parent.name
        came = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        json.loads(came.pop(Path(released.name)))
        values = {}
        for text in came[Path("answers", f"{assignment}.jsonl")].splitlines():
            line = json.loads(text)
            if line["type"] == "answer":
                values[line["item"]] = line["value"]
        scores = {i: score(item, values.get(i)) for i, item in items.items()}
        target = course / "autograded" / student / assignment
        (target / "answers").mkdir(parents=True)
        (target / released.name).write_text(json.dumps(notebook), encoding="utf-8")
        for path, content in came.items():
            (target / path).write_bytes(content)
        at = came[Path("timestamp.txt")].decode().removesuffix(" UTC")
        submission, submitted = uuid.uuid4().hex, uuid.uuid4().hex
        rows["student"].append((student,))
        rows["submitted_assignment"].append((submission, assigned, student, at))
        rows["submitted_notebook"].append((submitted, submission, noted, False))
        for name, cell in grades:
            points = scores[name].points
            rows["grade"].append((uuid.uuid4().hex, cell, submitted, points, points is None))
        for name, cell in solutions:
            comment = "No response." if scores[name].blank else None
            rows["comment"].append((uuid.uuid4().hex, cell, submitted, comment))
        if len(rows["student"]) >= TOGETHER:
            _commit(database, rows)
    _commit(database, rows)
    database.close()


def _commit(database: sqlite3.Connection, rows: Rows) -> None:
    with database:
        for table, some in rows.items():
            columns = COLUMNS[table]
            places = ", ".join("?" * (columns.count(",") + 1))
            database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", some)
            some.clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
