"""Todo: which submissions are new or changed since they were graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.autograde.report import MAX_REPORT, REPORT
from iop_training.grading.files import read_json
from iop_training.grading.handed_in import HandedIn


def graded_before(folder: Path, prepared: Prepared, handed: HandedIn) -> dict[str, Any] | None:
    """The report in the autograded ``folder`` when it is of this very submission, scored by the
    keys that count now; None when it is to be graded (again)."""
    report = read_json(folder / REPORT, MAX_REPORT)
    if not isinstance(report, dict) or not (folder / f"{prepared.assignment}.ipynb").is_file():
        return None
    if report.get("submission") != handed.fingerprint():
        return None
    if report.get("scored_with") != prepared.key_for(report.get("answered_release")):
        return None
    return report
