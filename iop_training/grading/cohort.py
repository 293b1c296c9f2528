"""A simulated cohort: trainees with abilities whose answers go the way real ones go.

For demonstrations, whole-path tests and benchmarks. Whether somebody answers an item right
follows a Rasch model: the chance is logistic(ability - difficulty), abilities are normal
around 1 and difficulties normal around 0, all from the seed. Who doesn't know guesses.
"""

from __future__ import annotations

import math
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_training.content.snapshot import Snapshot, load_snapshot
from iop_training.errors import GradingError
from iop_training.grading.collect import collect
from iop_training.grading.course import CourseFolder
from iop_training.grading.keys import released_bundle
from iop_training.model import Item
from iop_training.responses import Journal
from iop_training.responses.handin import freeze, make_zip, zip_name
from iop_training.scoring import guess, solution

COURSE_PARTS = ("data", "notebooks", "source", "release", "nbgrader_config.py")
BLANK = 0.02
"""Chance that a trainee leaves an item out."""


@dataclass(frozen=True)
class Simulated:
    """One trainee: the id, the ability (logits) and the answers given."""

    student: str
    ability: float
    answers: dict[str, Any]


def copy_course(root: Path, target: Path) -> None:
    """A course folder of its own with content and releases, without anybody's answers."""
    CourseFolder.open(root)
    if target.exists():
        raise GradingError(f"{target} exists already. Name a folder that does not exist yet.")
    target.mkdir(parents=True)
    for name in COURSE_PARTS:
        part = root / name
        if part.is_dir():
            shutil.copytree(
                part, target / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "local")
            )
        else:
            shutil.copyfile(part, target / name)


def simulate(
    root: Path, assignment: str, count: int, seed: int, progress: Callable[[], None] | None = None
) -> list[Simulated]:
    """Let ``count`` trainees answer through the journal, hand in zips, and collect them."""
    course = CourseFolder.open(root)
    released = course.released_notebook(assignment)
    snapshot = load_snapshot(course.root, assignment, released_bundle(released).release)
    chance = random.Random(seed)
    difficulty = {item: chance.gauss(0, 1) for item in snapshot.items}
    cohort, zips = [], []
    width = len(str(count))
    with tempfile.TemporaryDirectory(prefix="iop-cohort-") as temporary:
        for n in range(1, count + 1):
            student, ability = f"trainee-{n:0{width}}", chance.gauss(1, 1)
            answers = {
                i.id: answer(i, snapshot, ability - difficulty[i.id], chance)
                for i in snapshot.items.values()
                if chance.random() > BLANK
            }
            cohort.append(Simulated(student, ability, answers))
            zips.append(
                hand_in_zip(Path(temporary) / student, released, snapshot, student, answers)
            )
            if progress:
                progress()
        report = collect(root, assignment, zips)
    if report.refused:
        raise GradingError(
            "The simulated cohort could not be collected: " + " ".join(report.refused)
        )
    return cohort


def hand_in_zip(
    folder: Path, released: Path, snapshot: Snapshot, student: str, answers: dict[str, Any]
) -> Path:
    """What a trainee's notebook does, without the notebook: journal, frozen copy, zip."""
    folder.mkdir()
    journal = Journal.open(
        folder, snapshot.notebook, snapshot.assignment, student, snapshot.release
    )
    for item, value in answers.items():
        journal.answer(item, value)
    frozen = folder / "frozen"
    frozen.mkdir()
    receipt = freeze(journal, released, frozen, len(answers), len(snapshot.items), "zip")
    return make_zip(frozen, folder / zip_name(receipt))


def best_answer(item: Item, snapshot: Snapshot) -> Any:
    """The answer that earns full points; of a written item the highest anchor."""
    if item.manual:
        return snapshot.rubrics[item.rubric].anchors.mastery  # type: ignore[attr-defined]
    return solution(item)


def answer(item: Item, snapshot: Snapshot, logit: float, chance: random.Random) -> Any:
    """An answer by somebody whose ability exceeds the item's difficulty by ``logit``: right
    with the chance that follows from it, else guessed."""
    right = 1 / (1 + math.exp(-logit))
    if item.manual:
        anchors = snapshot.rubrics[item.rubric].anchors.rows()  # type: ignore[attr-defined]
        return anchors[min(3, int(right * 4))][2]
    return solution(item) if chance.random() < right else guess(item, chance)
