"""Every kind that no person grades, once the whole way: from its YAML file to a release, from
answers in a journal to the gradebook, and to the feedback page."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from content.kinds import IDS, KINDS, write_kinds
from nbgrader.api import Gradebook

from iop_training.content.checks import check_course
from iop_training.content.snapshot import load_snapshot
from iop_training.grading.cohort import best_answer, hand_in_zip
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.keys import released_bundle
from iop_training.grading.release import release
from iop_training.lab.leaks import find_leaks
from iop_training.model import Item
from iop_training.scoring import guess, score


@dataclass(frozen=True)
class Graded:
    """A course in which ann knows everything, bob guesses, and cleo handed in nothing."""

    root: Path
    items: dict[str, Item]
    guesses: dict[str, Any]
    points: dict[str, dict[str, float]]
    pages: dict[str, str]


@pytest.fixture(scope="module")
def graded(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """All of it, once."""
    made = tmp_path_factory.mktemp("kinds")
    course = write_kinds(made / "course")
    shutil.copyfile(root / "nbgrader_config.py", course / "nbgrader_config.py")
    release(course, "m00")
    released = course / "release/m00/m00.ipynb"
    snapshot = load_snapshot(course, "m00", released_bundle(released).release)
    chance = random.Random(7)
    guesses = {i: guess(item, chance) for i, item in snapshot.items.items()}
    best = {i: best_answer(item, snapshot) for i, item in snapshot.items.items()}
    answers = {"ann": best, "bob": guesses, "cleo": {}}
    zips = [
        hand_in_zip(made / who, released, snapshot, who, given) for who, given in answers.items()
    ]
    assert not collect(course, "m00", zips).refused
    assert {r.status for r in grade(course, "m00")} == {"graded"}
    generate_feedback(course, "m00")
    pages = {who: course / "feedback" / who / "m00/m00.html" for who in answers}
    return Graded(
        course,
        snapshot.items,
        guesses,
        {who: _points(course, who) for who in answers},
        {who: path.read_text(encoding="utf-8") for who, path in pages.items()},
    )


def _points(course: Path, student: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        found = book.find_submission_notebook("m00", "m00", student)
        return {g.name: g.score for g in found.grades}


def _card(page: str, item_id: str) -> str:
    """The part of a feedback page that is about one question."""
    start = page.index(f'data-item="{item_id}"')
    return page[start : page.index("</section>", start)]


def test_is_the_course_as_an_author_writes_it_sound(graded: Graded) -> None:
    assert [str(f) for f in check_course(graded.root)[1] if f.level == "error"] == []


def test_is_no_key_in_the_release(graded: Graded) -> None:
    secrets = [s for item in graded.items.values() for s in item.secrets()]
    assert len(secrets) > 10
    assert find_leaks(graded.root / "release", secrets) == []


@pytest.mark.parametrize("kind", KINDS)
def test_does_an_answer_reach_gradebook_and_feedback(kind: str, graded: Graded) -> None:
    item = graded.items[IDS[kind]]
    assert graded.points["ann"][item.id] == item.points
    assert graded.points["bob"][item.id] == score(item, graded.guesses[item.id]).points
    assert graded.points["cleo"][item.id] == 0
    best, none = (_card(graded.pages[who], item.id) for who in ("ann", "cleo"))
    assert f"{item.points:g} of {item.points:g} point" in best
    assert "Yes" in best and "Not yet" not in best
    assert "no answer" in none
    assert not re.search(r"<(input|button|select|textarea|script)\b", best + none)
