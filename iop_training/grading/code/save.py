"""Saves what code earned, and asks for a person where that can't be the whole story."""

from __future__ import annotations

import json
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from iop_training.grading.autograde.report import REPORT
from iop_training.grading.code.execute import STOPPED


class SaveCodeScores(SaveAutoGrades):
    """nbgrader's step. Graded cells that are gone from the notebook or did not run have no points,
    as nbgrader has it, and wait for a person. Writes the report that all submissions have."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save scores and comments, then look at what is left."""
        nb, resources = super().preprocess(nb, resources)
        ids, stopped = resources["nbgrader"], resources.get(STOPPED, "")
        with self.gradebook:
            submission = self.gradebook.find_submission_notebook(
                ids["notebook"], ids["assignment"], ids["student"]
            )
            ran = {_grade_id(cell) for cell in nb.cells if not (stopped and _was_stopped(cell))}
            there = {_grade_id(cell) for cell in nb.cells}
            missing = []
            for grade in submission.grades:
                if grade.name not in there:
                    grade.auto_score = 0.0
                    missing.append(grade.name)
                if grade.name not in ran:
                    grade.needs_manual_grade = True
            self.gradebook.db.commit()
        flags = [f"Its code was stopped. {stopped} What did not run has no points."] * bool(stopped)
        if missing:
            flags.append(f"Graded cells are gone from the notebook: {', '.join(sorted(missing))}.")
        resources["outputs"] = {**(resources["outputs"] or {}), REPORT: _report(ids, flags)}
        return nb, resources


def _was_stopped(cell: NotebookNode) -> bool:
    outputs = cell.get("outputs", ())
    return any(o.output_type == "error" and o.ename == "Stopped" for o in outputs)


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _report(ids: dict[str, str], flags: list[str]) -> bytes:
    """iop-report.json without what only our own items have."""
    report = {
        "student": ids["student"],
        "assignment": ids["assignment"],
        "flags": flags,
        "repairs": [],
        "practice_objections": {},
        "observations": [],
        "items": {},
    }
    return (json.dumps(report, indent=1) + "\n").encode()
