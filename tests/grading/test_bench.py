"""What the bench compares is comparable: its cohort is sound, and the floor scores as we do."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from bench import floor
from bench.cohort import submit_cohort

from iop_training.grading.grade import grade
from iop_training.grading.registry import register_release

SCORES = """
    SELECT s.student_id, g.cell_id, g.auto_score, g.needs_manual_grade, c.auto_comment
    FROM submitted_assignment s
    JOIN submitted_notebook n ON n.assignment_id = s.id
    JOIN grade g ON g.notebook_id = n.id
    LEFT JOIN comment c ON c.notebook_id = n.id AND c.cell_id = g.cell_id
    ORDER BY s.student_id, g.cell_id
"""


def _scores(course: Path) -> list[tuple[object, ...]]:
    database = sqlite3.connect(course / "gradebook.db")
    try:
        return database.execute(SCORES).fetchall()
    finally:
        database.close()


def test_gives_the_floor_the_scores_that_we_give(course: Path, tmp_path: Path) -> None:
    submit_cohort(course, "m01", 12)
    register_release(course, "m01")
    lowest = Path(shutil.copytree(course, tmp_path / "floor"))
    results = grade(course, "m01")
    floor.main(lowest, "m01")
    assert [r.status for r in results] == ["graded"] * 12
    assert not any(r.flags or r.repairs for r in results)
    assert len({r.points for r in results}) > 1
    scores = _scores(course)
    assert len(scores) == 12 * 3 and scores == _scores(lowest)
