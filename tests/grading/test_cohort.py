"""The whole path on simulated trainees: journal, zip, gradebook and the view agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from iop_training.content.bundle import Bundle
from iop_training.content.snapshot import Snapshot, load_snapshot
from iop_training.grading.cohort import best_answer, copy_course, hand_in_zip, simulate
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.keys import released_bundle
from iop_training.scoring import score
from iop_training.widgets.page import Page
from iop_training.widgets.question import feedback

COUNT = 12


@pytest.fixture(scope="module")
def graded(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A graded copy of the real course: a cohort, one who knows all, one who answers nothing."""
    folder = tmp_path_factory.mktemp("cohort")
    course = folder / "course"
    copy_course(root, course)
    given = {s.student: s.answers for s in simulate(course, "m01", COUNT, seed=3)}
    snapshot = snapshot_of(course)
    given["knows-all"] = {i: best_answer(item, snapshot) for i, item in snapshot.items.items()}
    given["nothing"] = {}
    released = course / "release" / "m01" / "m01.ipynb"
    zips = [
        hand_in_zip(folder / name, released, snapshot, name, given[name])
        for name in ("knows-all", "nothing")
    ]
    assert collect(course, "m01", zips).refused == []
    results = grade(course, "m01")
    assert {r.status for r in results} == {"graded"}
    return course, given


def snapshot_of(course: Path) -> Snapshot:
    released = course / "release" / "m01" / "m01.ipynb"
    return load_snapshot(course, "m01", released_bundle(released).release)


def rows(course: Path, student: str) -> dict[str, tuple[float | None, bool]]:
    """Cell to (auto score, waits for a person)."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        notebook = book.find_submission_notebook("m01", "m01", student)
        return {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}


def test_is_the_gradebook_what_the_scorer_says(graded: tuple[Path, dict[str, Any]]) -> None:
    course, given = graded
    snapshot = snapshot_of(course)
    for student, answers in given.items():
        found = rows(course, student)
        for item in snapshot.items.values():
            expected = score(item, answers.get(item.id))
            waits = expected.points is None or bool(expected.look)
            # What an optional task earns is added to a score of 0.
            auto = 0.0 if item.optional else expected.points
            assert found[item.id] == (auto, waits), (student, item.id)


def test_do_solutions_earn_all_and_silence_nothing(graded: tuple[Path, dict[str, Any]]) -> None:
    course, _ = graded
    auto = [i for i in snapshot_of(course).items.values() if not i.manual]
    assert sum(rows(course, "knows-all")[i.id][0] or 0 for i in auto) == sum(i.points for i in auto)
    assert all(row == (0, False) for row in rows(course, "nothing").values())


def test_does_the_views_feedback_agree_with_the_score(
    graded: tuple[Path, dict[str, Any]],
) -> None:
    course, given = graded
    snapshot = snapshot_of(course)
    bundle = Bundle("m01", None, "", 1, (), "", dict(snapshot.items), {}, {}, {}, {}, {})
    page = Page(course, "m01", bundle=bundle)
    seen = set()
    for answers in given.values():
        for item_id, value in answers.items():
            item = snapshot.items[item_id]
            if item.is_blank(item.validate_response(value)):
                continue
            points = score(item, value).points
            verdict = feedback(page, item, value)["verdict"]
            seen.add(verdict)
            if points is None:
                assert verdict == "compare"
            else:
                share = points / item.points
                assert verdict == ("right" if share == 1 else "partly" if share else "not_yet")
    assert seen == {"right", "partly", "not_yet", "compare"}


def test_is_there_a_feedback_page_for_everybody(graded: tuple[Path, dict[str, Any]]) -> None:
    course, _ = graded
    some = ["knows-all", "nothing", "trainee-01"]
    assert generate_feedback(course, "m01", some) == dict.fromkeys(some, "")
    for student in some:
        assert (course / "feedback" / student / "m01" / "m01.html").stat().st_size > 10_000


def test_is_a_cohort_the_same_for_the_same_seed(root: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        copy_course(root, tmp_path / name)
    first, second = (simulate(tmp_path / name, "m01", 4, seed=9) for name in ("one", "two"))
    assert first == second
