"""Every kind of item on the whole path: release, answer, hand in, grade, feedback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from content.every_kind import GRADED, every_item, write_every_kind
from nbgrader.api import Gradebook
from people import submitted

from iop_training.grading.autograde.report import read_report
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.release import release
from iop_training.lab.leaks import find_leaks
from iop_training.scoring import guess, score, solution

ITEMS = every_item("graded")
WORDS = "Some words of mine."
PEOPLE: dict[str, Callable[[Any], Any]] = {
    "right": lambda item: WORDS if item.manual else solution(item),
    "guess": lambda item: WORDS if item.manual else guess(item, Random(item.id)),
    "blank": lambda item: None,
}


@pytest.fixture(scope="module")
def every_kind(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course, graded, with feedback for somebody who is right, who guesses, who is blank."""
    folder = write_every_kind(tmp_path_factory.mktemp("every") / "course")
    shutil.copyfile(root / "nbgrader_config.py", folder / "nbgrader_config.py")
    release(folder, "m01")
    for student, answer in PEOPLE.items():
        answers = {i: answer(item) for i, item in ITEMS.items()}
        given = {i: value for i, value in answers.items() if value is not None}
        submitted(folder, student, given, tmp_path_factory.mktemp(student))
    assert {r.status for r in grade(folder, "m01")} == {"graded"}
    assert not any(generate_feedback(folder, "m01").values())
    return folder


@pytest.mark.parametrize("student", PEOPLE)
@pytest.mark.parametrize("item_id", ITEMS, ids=GRADED.values())
def test_does_every_kind_get_its_score_into_the_gradebook(
    every_kind: Path, item_id: str, student: str
) -> None:
    item = ITEMS[item_id]
    expected = score(item, PEOPLE[student](item))
    with Gradebook(f"sqlite:///{every_kind / 'gradebook.db'}", "iop") as book:
        found = book.find_grade(item_id, "m01", "m01", student)
        assert (found.auto_score, found.needs_manual_grade) == (
            expected.points,
            expected.points is None or bool(expected.look),
        )
    if student == "right" and not item.manual:
        assert expected.full


@pytest.mark.parametrize("student", PEOPLE)
@pytest.mark.parametrize("item_id", ITEMS, ids=GRADED.values())
def test_is_every_kind_on_the_feedback_page(every_kind: Path, item_id: str, student: str) -> None:
    page = (every_kind / "feedback" / student / "m01" / "m01.html").read_text(encoding="utf-8")
    assert f'data-item="{item_id}"' in page
    facts = read_report(every_kind / "autograded" / student / "m01")["items"][item_id]
    assert facts["blank"] == (student == "blank" or ITEMS[item_id].is_blank(facts["value"]))


def test_does_no_kind_give_its_key_away(every_kind: Path) -> None:
    secrets = [text for item in ITEMS.values() for text in item.secrets()]
    assert secrets and find_leaks(every_kind / "release", secrets) == []
    bundle = json.loads((every_kind / "release" / "m01" / "m01.items.json").read_text())
    for public in bundle["items"]:
        item = ITEMS[public["id"]]
        inner = public.pop("fields", [])
        assert len(inner) == len(item.inner())
        for shown, asked in zip(
            [public, *inner], [item, *dict(item.inner()).values()], strict=True
        ):
            assert set(shown) <= {name.partition(".")[0] for name in asked.PUBLIC}


@pytest.mark.parametrize("item_id", ITEMS, ids=GRADED.values())
def test_can_every_kind_take_an_answer_without_its_key(every_kind: Path, item_id: str) -> None:
    bundle = json.loads((every_kind / "release" / "m01" / "m01.items.json").read_text())
    item = ITEMS[item_id]
    public = type(item).from_public(next(i for i in bundle["items"] if i["id"] == item_id))
    for answer in PEOPLE.values():
        value = answer(item)
        assert public.validate_response(value) == item.validate_response(value)
    order = public.shuffled()
    assert sorted(order) == sorted(item.shuffled()) and public.asked(order) == item.asked(order)
