"""People who answer the small course, and what they hand in, for the grading tests."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from content.sessions import ITEM

from iop_training.content.bundle import load_bundle
from iop_training.content.snapshot import load_snapshot
from iop_training.grading.cohort import hand_in_zip
from iop_training.grading.keys import released_bundle
from iop_training.responses import Journal, journal_path
from iop_training.responses.handin import RECEIPT, Receipt, freeze, make_zip, zip_name

RIGHT = {"m01-q01": "b", "m01-q02": ["a", "c"]}
"""Full marks for what is scored automatically: 2 + 3 points; m01-w01 has 4."""


def release_hash(root: Path) -> str:
    """The release that the course gives out."""
    return load_bundle(root / "release" / "m01" / "m01.items.json").release


def answer(
    root: Path, folder: Path, student: str, answers: dict[str, Any], release: str = ""
) -> Journal:
    """A learner's folder of m01 with these answers in its journal."""
    shutil.copytree(root / "release" / "m01", folder)
    journal = Journal.open(folder, "m01", "m01", student, release or release_hash(root))
    for item, value in answers.items():
        journal.answer(item, value)
    return journal


def frozen(
    root: Path, folder: Path, student: str, answers: dict[str, Any], way: str = "zip", **more: Any
) -> tuple[Path, Receipt]:
    """What that learner hands in, frozen as the notebook does it."""
    journal = answer(root, folder / "work", student, answers, **more)
    target = folder / "frozen"
    target.mkdir()
    return target, freeze(journal, folder / "work" / "m01.ipynb", target, len(answers), 3, way)


def zipped(
    root: Path, folder: Path, student: str, answers: dict[str, Any], stamp: str = ""
) -> Path:
    """The zip that learner sends; ``stamp`` such as 20261122-140211 sets its time."""
    target, receipt = frozen(root, folder, student, answers)
    name = zip_name(receipt)
    return make_zip(target, folder / (f"{student}_m01_{stamp}.zip" if stamp else name))


def submitted(root: Path, student: str, answers: dict[str, Any], tmp: Path, **more: Any) -> Path:
    """Put a sound submission straight into submitted/; the folder, for tests to spoil."""
    made, receipt = frozen(root, tmp / f"{student}-made", student, answers, **more)
    target = root / "submitted" / student / "m01"
    target.parent.mkdir(parents=True)
    made.rename(target)
    stamp = f"{datetime.fromisoformat(receipt.at):%Y-%m-%d %H:%M:%S.%f} UTC"
    (target / "timestamp.txt").write_text(stamp, encoding="utf-8")
    return target


def session_zip(root: Path, tmp: Path, student: str, value: Any) -> Path:
    """The zip of somebody with this answer to the session of m13; a journal takes anything."""
    released = root / "release/m13/m13.ipynb"
    snapshot = load_snapshot(root, "m13", released_bundle(released).release)
    return hand_in_zip(tmp / student, released, snapshot, student, {ITEM: value, "m13-q02": "a"})


def journal_of(folder: Path) -> Path:
    """The journal in a submission."""
    return journal_path(folder, "m01")


def workspace(folder: Path, exchange: Path | None, student: str | None) -> Path:
    """A learner's workspace with a manifest; ``student`` None leaves the id unchosen."""
    folder.mkdir(parents=True)
    manifest = {
        "format": 1,
        "course": "iop",
        "exchange": str(exchange) if exchange else None,
        "identity": "chosen",
        "notebooks": {},
    }
    (folder / "course.json").write_text(json.dumps(manifest), encoding="utf-8")
    if student:
        (folder / "learner.json").write_text(json.dumps({"id": student}), encoding="utf-8")
    return folder


__all__ = [
    "RECEIPT",
    "RIGHT",
    "answer",
    "frozen",
    "journal_of",
    "release_hash",
    "session_zip",
    "submitted",
    "workspace",
    "zipped",
]
