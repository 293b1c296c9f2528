"""Autograding: from submissions of every sort to the gradebook."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from people import RIGHT, journal_of, release_hash, submitted

from iop_training.grading.grade import Result, grade
from iop_training.responses.lines import NO_LINE, encode, line_hash

WRITTEN = RIGHT | {"m01-w01": "Because of this."}
AT = "2026-11-22T10:00:00Z"
NO_FLAGS: tuple[str, ...] = ()


def _scores(gradebook: Any, student: str) -> dict[str, tuple[float | None, bool]]:
    """Item to (auto score, needs a person) in the gradebook."""
    with gradebook() as book:
        notebook = book.find_submission_notebook("m01", "m01", student)
        assert all(g.auto_score is None or type(g.auto_score) is float for g in notebook.grades)
        return {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}


def _autograded(course: Path, student: str) -> Path:
    return course / "autograded" / student / "m01"


def _outputs(course: Path, student: str) -> str:
    notebook = nbformat.read(_autograded(course, student) / "m01.ipynb", as_version=4)
    nbformat.validate(notebook)
    return "".join(
        o.data["text/html"] for c in notebook.cells if c.cell_type == "code" for o in c.outputs
    )


def _one(course: Path, student: str = "ann") -> Result:
    results = {r.student: r for r in grade(course, "m01", again=True)}
    assert results[student].status == "graded", results[student].message
    return results[student]


def _forge(
    folder: Path,
    release: str,
    *bodies: dict[str, Any] | bytes,
    trainee: str = "ann",
    assignment: str = "m01",
) -> None:
    """A journal with a sound chain and whatever lines somebody likes."""
    (folder / "receipt.json").unlink()
    opening = {
        "type": "open",
        "trainee": trainee,
        "assignment": assignment,
        "notebook": "m01",
        "release": release,
        "seed": "s",
    }
    raw, previous = b"", NO_LINE
    for n, body in enumerate([opening, *bodies]):
        line = body if isinstance(body, bytes) else encode(n, previous, AT, body)
        raw += line
        previous = line_hash(line.rstrip(b"\n"))
    journal_of(folder).write_bytes(raw)


def test_right_answers_earn_full_marks(course: Path, tmp_path: Path, gradebook: Any) -> None:
    submitted(course, "ann", WRITTEN, tmp_path)
    (result,) = grade(course, "m01")
    assert replace(result, standing=None) == Result("ann", "graded", 5.0, 9.0, 1, NO_FLAGS)
    assert result.standing and result.standing.verdict == "no verdict yet"
    assert _scores(gradebook, "ann") == {
        "m01-q01": (2.0, False),
        "m01-q02": (3.0, False),
        "m01-w01": (None, True),
    }


def test_the_untouched_release_earns_nothing(course: Path, gradebook: Any) -> None:
    shutil.copytree(course / "release" / "m01", course / "submitted" / "ann" / "m01")
    result = _one(course)
    assert (result.points, result.to_read) == (0.0, 0)
    assert "no answers to read" in result.flags[0]
    assert set(_scores(gradebook, "ann").values()) == {(0.0, False)}
    with gradebook() as book:
        assert book.find_comment("m01-w01", "m01", "m01", "ann").comment == "No response."


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"m01-q01": "a", "m01-q02": ["a"]}, 1.5),
        ({"m01-q01": "c", "m01-q02": ["a", "b"]}, 0.0),
        ({"m01-q01": None, "m01-q02": []}, 0.0),
        ({"m01-q02": ["a", "b", "c"], "m01-w01": " \n"}, 1.5),
    ],
)
def test_parts_and_blanks(
    course: Path, tmp_path: Path, gradebook: Any, answers: dict[str, Any], points: float
) -> None:
    submitted(course, "ann", answers, tmp_path)
    assert _one(course).points == points
    assert _scores(gradebook, "ann")["m01-w01"] == (0.0, False)


def test_only_new_submissions_are_graded_again(course: Path, tmp_path: Path) -> None:
    folder = submitted(course, "ann", WRITTEN, tmp_path)
    seen: list[Result] = []
    grade(course, "m01", progress=seen.append)
    grade(course, "m01", progress=seen.append)
    (folder / "timestamp.txt").write_text("2026-11-23 09:00:00.000000 UTC", encoding="utf-8")
    grade(course, "m01", progress=seen.append)
    assert [r.status for r in seen] == ["graded", "unchanged", "graded"]
    assert {r.points for r in seen} == {5.0}


HOSTILE = 'import pathlib\npathlib.Path("{}").write_text("run")'


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        ("{", "is damaged"),
        ("[" * 100_000, "is damaged"),
        ('{"cells": 3}', "is damaged"),
        (None, "is missing"),
        ("hostile", "3 cells are missing or changed, 2 are not ours"),
        ("link", "it is a link"),
    ],
)
def test_a_bad_notebook_does_no_harm(
    course: Path, tmp_path: Path, content: str | None, flag: str
) -> None:
    folder = submitted(course, "ann", WRITTEN, tmp_path)
    path, marker = folder / "m01.ipynb", tmp_path / "marker"
    if content == "hostile":
        notebook = json.loads(path.read_text(encoding="utf-8"))
        kept = [c for c in notebook["cells"] if c["id"] not in ("m01-q01", "m01-q02")]
        kept[0]["source"] = HOSTILE.format(marker)
        path.write_text(json.dumps(notebook | {"cells": kept + kept[-1:]}), encoding="utf-8")
    elif content == "link":
        path.unlink()
        path.symlink_to(course / "release" / "m01" / "m01.ipynb")
    elif content is not None:
        path.write_text(content, encoding="utf-8")
    if content is None:
        path.unlink()
    result = _one(course)
    assert result.points == 5.0 and not marker.exists()
    if content in ("hostile", "link"):
        assert flag in result.flags[0]
    released = json.loads((course / "release" / "m01" / "m01.ipynb").read_text(encoding="utf-8"))
    graded = nbformat.read(_autograded(course, "ann") / "m01.ipynb", as_version=4)
    assert [c.id for c in graded.cells] == [c["id"] for c in released["cells"]]


def test_damaged_notebooks_are_flagged_by_nbgraders_command(
    course: Path, tmp_path: Path, program: Any
) -> None:
    (submitted(course, "ann", WRITTEN, tmp_path) / "m01.ipynb").write_text("{", encoding="utf-8")
    assert program("-m", "nbgrader", "autograde", "m01", cwd=course).returncode == 0
    assert "The submitted notebook is damaged" in _outputs(course, "ann")


def test_forged_lines_count_for_what_they_are(course: Path, tmp_path: Path) -> None:
    folder = submitted(course, "ann", {}, tmp_path)
    _forge(
        folder,
        release_hash(course),
        {"type": "answer", "item": "m01-q01", "value": "z"},
        {"type": "answer", "item": "m01-q01", "value": {"points": 1e9}},
        {"type": "answer", "item": "m99-q01", "value": "a"},
        {"type": "answer", "item": "m01-q02", "value": ["a", "c"]},
        b"\xff\xfe not a line\n",
        b"[" * 50_000 + b"\n",
        b'{"v":1,"seq":NaN}\n',
    )
    result = _one(course)
    assert result.points == 3.0
    html = _outputs(course, "ann")
    assert "has no option" in html and "m99-q01" in html and "torn or not JSON" in html


@pytest.mark.parametrize("release", ["f" * 64, "../../../../etc/passwd", "", "x" * 100_000])
def test_an_unknown_release_is_scored_and_flagged(
    course: Path, tmp_path: Path, release: str
) -> None:
    _forge(
        submitted(course, "ann", {}, tmp_path),
        release,
        {"type": "answer", "item": "m01-q01", "value": "b"},
    )
    result = _one(course)
    assert result.points == 2.0
    assert any("release that is not known" in flag for flag in result.flags) == bool(release)


def test_another_persons_and_another_assignments_journal_is_flagged(
    course: Path, tmp_path: Path
) -> None:
    _forge(
        submitted(course, "ann", {}, tmp_path),
        release_hash(course),
        {"type": "answer", "item": "m01-q01", "value": "b"},
        trainee="bob",
        assignment="m02",
    )
    result = _one(course)
    assert result.points == 2.0
    assert "under the id 'bob'" in result.flags[0] and "to 'm02'" in result.flags[1]


def test_answers_changed_after_the_receipt_are_flagged(course: Path, tmp_path: Path) -> None:
    journal = journal_of(submitted(course, "ann", {"m01-q01": "a"}, tmp_path))
    journal.write_bytes(journal.read_bytes().replace(b'"value":"a"', b'"value":"b"'))
    result = _one(course)
    assert result.points == 2.0 and "not the ones that the receipt" in result.flags[0]


@pytest.mark.parametrize("spoil", ["missing", "file_link", "folder_link", "folder"])
def test_a_journal_that_is_no_file_counts_as_blank(
    course: Path, tmp_path: Path, spoil: str
) -> None:
    other = submitted(course, "zoe", WRITTEN, tmp_path)
    journal = journal_of(submitted(course, "ann", WRITTEN, tmp_path))
    journal.unlink()
    if spoil == "file_link":
        journal.symlink_to(journal_of(other))
    elif spoil == "folder_link":
        journal.parent.rmdir()
        journal.parent.symlink_to(journal_of(other).parent)
    elif spoil == "folder":
        journal.mkdir()
    result = _one(course)
    assert result.points == 0.0 and "no answers to read" in result.flags[0]


def test_text_is_drawn_escaped_and_whole(course: Path, tmp_path: Path) -> None:
    text = (
        "<script>alert(1)</script>\n\n# Head\n\n<img src=x onerror=alert(2)> $x$ "
        "[l](javascript:1)\r\rend"
    )
    folder = submitted(course, "ann", {}, tmp_path)
    _forge(
        folder,
        release_hash(course),
        {"type": "answer", "item": "m01-w01", "value": text},
        b'{"v":1,"seq":7,"prev":"","at":"<i>","type":"answer","item":"m01-q01","value":"b"}\n',
        trainee="<script>bob</script>",
    )
    _one(course)
    raw = (_autograded(course, "ann") / "m01.ipynb").read_text(encoding="utf-8")
    assert "<script" not in raw and "<img" not in raw and "<i>" not in raw
    cell = next(c for c in nbformat.reads(raw, as_version=4).cells if c.id == "m01-w01")
    assert "\n" not in cell.source and "&lt;script&gt;alert(1)" in cell.source
    assert "# Head" in cell.source and "end" in cell.source


def test_half_characters_and_control_characters_are_no_obstacle(
    course: Path, tmp_path: Path
) -> None:
    _forge(
        submitted(course, "ann", {}, tmp_path),
        release_hash(course),
        b'{"v":1,"seq":3,"prev":"","at":"\\ud800","type":"answer","item":"m01-w01",'
        b'"value":"half \\ud800 \\u0000\\u001b[31m whole"}\n',
        trainee="ann",
    )
    assert _one(course).to_read == 1
    assert "half ? [31m whole" in _outputs(course, "ann")


def test_one_that_fails_does_not_stop_the_others(course: Path, tmp_path: Path) -> None:
    folder = submitted(course, "bob", WRITTEN, tmp_path)
    (folder / "timestamp.txt").write_text("the day before yesterday", encoding="utf-8")
    for student in ("ann", "cy"):
        submitted(course, student, WRITTEN, tmp_path)
    results = grade(course, "m01", students=["ann", "bob", "cy", "nobody"])
    assert [r.status for r in results] == ["graded", "graded", "graded", "failed"]
    assert "not clear when it was handed in: 'the day before" in results[1].flags[-1]
    assert "Nothing of nobody was collected" in results[3].message


def test_manual_scores_stay_and_are_flagged(course: Path, tmp_path: Path, gradebook: Any) -> None:
    submitted(course, "ann", WRITTEN, tmp_path)
    grade(course, "m01")
    with gradebook() as book:
        mark = book.find_grade("m01-w01", "m01", "m01", "ann")
        mark.manual_score, mark.needs_manual_grade = 3.0, False
        book.db.commit()
    assert _one(course).points == 8.0
    assert _scores(gradebook, "ann")["m01-w01"] == (None, True)


def test_a_gradebook_with_other_points_fails_loudly(
    course: Path, tmp_path: Path, gradebook: Any
) -> None:
    submitted(course, "ann", WRITTEN, tmp_path)
    with gradebook() as book:
        book.find_grade_cell("m01-q01", "m01", "m01").max_score = 7
        book.db.commit()
    result = grade(course, "m01")[0]
    assert result.status == "failed"
    assert result.message.startswith("m01-q01 has 7 points in the gradebook and 2 in the release")


def test_a_lost_snapshot_fails_loudly(course: Path, tmp_path: Path) -> None:
    submitted(course, "ann", WRITTEN, tmp_path)
    shutil.rmtree(course / "data" / "snapshots")
    result = grade(course, "m01")[0]
    assert result.status == "failed" and "There is no snapshot" in result.message


def test_graders_see_the_rubric_with_examples(course: Path, tmp_path: Path) -> None:
    submitted(course, "ann", WRITTEN, tmp_path)
    _one(course)
    html = _outputs(course, "ann")
    assert "Anchor text of the fourth level" in html and "<style" in html
    assert "Answered" in html and "3 of 3" in html
