"""Regrade: a corrected key moves exactly those it should, and only when applied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from people import RIGHT, release_hash, submitted

from iop_training.errors import GradingError
from iop_training.grading.grade import grade
from iop_training.grading.regrade import Move, regrade
from iop_training.grading.release import release


def _edit(course: Path, old: str, new: str) -> None:
    path = course / "data" / "items" / "m01.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def graded(course: Path, tmp_path: Path, gradebook: Any) -> Path:
    """ann answered by the key b, bob answered a; ann's text has a person's score."""
    submitted(course, "ann", RIGHT | {"m01-w01": "Why."}, tmp_path)
    submitted(course, "bob", {"m01-q01": "a", "m01-q02": ["a"]}, tmp_path)
    grade(course, "m01")
    with gradebook() as book:
        book.find_grade("m01-w01", "m01", "m01", "ann").manual_score = 4.0
        book.db.commit()
    return course


def test_an_unchanged_key_moves_nobody(graded: Path) -> None:
    report = regrade(graded, "m01")
    assert (report.moves, report.reworded, report.students, report.results) == ((), (), 2, ())


def test_a_changed_key_reports_who_moves_and_changes_nothing(graded: Path) -> None:
    _edit(graded, "key: b", "key: a")
    report = regrade(graded, "m01")
    why = "a is right now, b no longer"
    assert report.moves == (
        Move("ann", "m01-q01", 2.0, 0.0, why),
        Move("bob", "m01-q01", 0.0, 2.0, why),
    )
    assert [r.points for r in grade(graded, "m01", again=True)] == [9.0, 1.5]


def test_applied_it_counts_now_and_for_late_submissions(graded: Path, tmp_path: Path) -> None:
    _edit(graded, "key: b", "key: a")
    report = regrade(graded, "m01", apply=True)
    assert len(report.moves) == 2
    assert [(r.student, r.points, r.flags) for r in report.results] == [
        ("ann", 7.0, ()),
        ("bob", 3.5, ()),
    ]
    submitted(graded, "cy", {"m01-q01": "a"}, tmp_path)
    assert grade(graded, "m01", ["cy"])[0].points == 2.0
    assert regrade(graded, "m01").moves == ()


def test_it_holds_after_a_new_release_and_can_be_taken_back(graded: Path) -> None:
    first = release_hash(graded)
    _edit(graded, "key: b", "key: a")
    regrade(graded, "m01", apply=True)
    second = release(graded, "m01").release
    kept = json.loads((graded / "data/snapshots/m01/regrades.json").read_text(encoding="utf-8"))
    assert list(kept) == [first] and kept[first]["use"] == second
    _edit(graded, "key: a\n  - id: m01-q02", "key: b\n  - id: m01-q02")
    assert len(regrade(graded, "m01", apply=True).moves) == 2
    assert [r.points for r in grade(graded, "m01", again=True)] == [9.0, 1.5]


def test_reworded_items_are_named(graded: Path) -> None:
    _edit(graded, "Which two belong", "Which pair belongs")
    assert regrade(graded, "m01").reworded == ("m01-q02",)


def test_other_options_need_a_new_assignment(graded: Path) -> None:
    option = "- id: {}\n        text: |\n          graded"
    _edit(graded, option.format("a"), option.format("d"))
    with pytest.raises(GradingError, match=r"m01-q01 changed in kind, points or options"):
        regrade(graded, "m01")


def test_a_damaged_list_of_regrades_stops_grading(graded: Path) -> None:
    (graded / "data/snapshots/m01/regrades.json").write_text("{", encoding="utf-8")
    with pytest.raises(GradingError, match="Restore it"):
        grade(graded, "m01", again=True)
