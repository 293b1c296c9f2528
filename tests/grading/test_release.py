"""Release: the same bytes always, no key inside, all or nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from people import RIGHT, release_hash, submitted

from iop_training.content.catalog import Catalog
from iop_training.content.snapshot import load_snapshot
from iop_training.errors import ContentError, GradingError
from iop_training.grading.grade import grade
from iop_training.grading.registry import register_release
from iop_training.grading.release import release, release_in_sync


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _reword(course: Path, old: str, new: str, file: str = "data/items/m01.yaml") -> None:
    path = course / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_twice_gives_the_same_bytes(course: Path) -> None:
    before = _bytes(course / "release"), _bytes(course / "data")
    shutil.rmtree(course / "release")
    report = release(course, "m01")
    assert (_bytes(course / "release"), _bytes(course / "data")) == before
    assert report.changed and not release(course, "m01").changed


def test_the_command_of_nbgrader_gives_the_same_bytes(course: Path, program: Any) -> None:
    before = _bytes(course / "release"), _bytes(course / "data")
    shutil.rmtree(course / "data" / "snapshots")
    result = program("-m", "nbgrader", "generate_assignment", "m01", "--force", cwd=course)
    assert result.returncode == 0, result.stderr
    assert (_bytes(course / "release"), _bytes(course / "data")) == before


def test_no_key_goes_out(course: Path) -> None:
    out = "".join(content.decode() for content in _bytes(course / "release").values())
    graded = [i for i in Catalog.load(course).items.values() if i.use == "graded"]
    secrets = [text for item in graded for text in item.secrets()]
    assert len(secrets) == 6
    assert [text for text in (*secrets, "Anchor text", "rationale", '"key"') if text in out] == []


def test_snapshot_keeps_the_keys(course: Path) -> None:
    snapshot = load_snapshot(course, "m01", release_hash(course))
    assert snapshot.items["m01-q02"].right_ids() == {"a", "c"}  # type: ignore[attr-defined]
    assert list(snapshot.rubrics) == ["m01-w01"]


def test_in_sync_says_what_differs(course: Path) -> None:
    assert release_in_sync(course, "m01") == []
    _reword(course, "Which two belong", "Which pair belongs")
    (course / "release" / "m01" / "notes.txt").write_text("x", encoding="utf-8")
    faults = release_in_sync(course, "m01")
    assert len(faults) == 3
    assert "m01.items.json differs" in faults[0] and "notes.txt does not belong" in faults[1]
    assert "snapshots" in faults[2]
    release(course, "m01")
    assert release_in_sync(course, "m01") == []


def test_content_faults_stop_it_and_nothing_changes(course: Path) -> None:
    before = _bytes(course / "release")
    _reword(course, "key: b", "key: z")
    with pytest.raises(ContentError, match=r"m01\.yaml.*'z' is no option"):
        release(course, "m01")
    assert _bytes(course / "release") == before
    assert "'z' is no option" in release_in_sync(course, "m01")[0]


def test_other_files_in_source_are_refused(course: Path) -> None:
    (course / "source" / "m01" / "answers.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(GradingError, match=r"holds answers\.jsonl beside m01\.ipynb"):
        release(course, "m01")


def test_unknown_assignment_names_the_known(course: Path) -> None:
    with pytest.raises(GradingError, match=r"no source/m02.*Assignments here: m01"):
        release(course, "m02")


def _one_more_point(course: Path) -> None:
    path = course / "source" / "m01" / "m01.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    next(c for c in notebook["cells"] if c["id"] == "m01-q01")["metadata"]["nbgrader"]["points"] = 5
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    _reword(course, "points: 2", "points: 5")


def test_changed_cells_before_submissions_are_released(course: Path, gradebook: Any) -> None:
    _one_more_point(course)
    assert release(course, "m01").changed
    with gradebook() as book:
        assert book.find_assignment("m01").max_score == 12


@pytest.mark.parametrize("graded", [False, True], ids=["collected", "graded"])
def test_changed_cells_after_submissions_are_refused(
    course: Path, tmp_path: Path, graded: bool, gradebook: Any
) -> None:
    folder = submitted(course, "ann", RIGHT, tmp_path)
    if graded:
        grade(course, "m01")
        shutil.rmtree(folder)
    before = _bytes(course / "release"), _bytes(course / "data" / "snapshots")
    _one_more_point(course)
    with pytest.raises(GradingError, match=r"1 submitted it already \(ann\).*new assignment id"):
        release(course, "m01")
    assert (_bytes(course / "release"), _bytes(course / "data" / "snapshots")) == before
    with gradebook() as book:
        assert book.find_assignment("m01").max_score == 9


def test_changed_key_after_submissions_is_released(course: Path, tmp_path: Path) -> None:
    old = release_hash(course)
    submitted(course, "ann", RIGHT, tmp_path)
    _reword(course, "key: b", "key: a")
    report = release(course, "m01")
    assert report.release != old and report.submitted == ("ann",)
    assert load_snapshot(course, "m01", old) and load_snapshot(course, "m01", report.release)


def test_a_fresh_clone_registers_its_release(course: Path, gradebook: Any) -> None:
    (course / "gradebook.db").unlink()
    assert register_release(course, "m01") and not register_release(course, "m01")
    with gradebook() as book:
        notebook = book.find_notebook("m01", "m01")
        assert {c.name: c.max_score for c in notebook.grade_cells} == {
            "m01-q01": 2,
            "m01-q02": 3,
            "m01-w01": 4,
        }
        assert len(notebook.source_cells) == 7


def test_unreleased_says_what_to_run(course: Path) -> None:
    shutil.rmtree(course / "release")
    with pytest.raises(GradingError, match="Run: iop-training release m01"):
        register_release(course, "m01")
