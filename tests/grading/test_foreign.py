"""Under nbgrader's own configuration our cells stop the grading; nothing is scored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook


def test_does_a_foreign_configuration_record_no_score(
    course: Path, tmp_path: Path, program: Callable[..., Any]
) -> None:
    foreign = tmp_path / "foreign"
    shutil.copytree(course / "source", foreign / "source")
    (foreign / "nbgrader_config.py").write_text(
        "import os, sys\n"
        "os.environ['PATH'] = os.path.dirname(sys.executable) + ':' + os.environ['PATH']\n"
        "c = get_config()\nc.CourseDirectory.course_id = 'foreign'\n"
    )
    made = program("-m", "nbgrader", "generate_assignment", "m01", cwd=foreign)
    assert made.returncode == 0, made.stderr
    shutil.copytree(foreign / "release" / "m01", foreign / "submitted" / "ann" / "m01")

    graded = program("-m", "nbgrader", "autograde", "m01", cwd=foreign)

    assert graded.returncode != 0
    assert "graded from the journal" in graded.stderr
    assert not list((foreign / "autograded").glob("*/*/*.ipynb"))
    with Gradebook(f"sqlite:///{foreign / 'gradebook.db'}", "foreign") as book:
        scores = [
            g.auto_score
            for s in book.assignment_submissions("m01")
            for n in s.notebooks
            for g in n.grades
        ]
    assert scores and set(scores) <= {None}
