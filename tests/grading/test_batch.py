"""The batch grader: what it grades, what it leaves, and where the work is done."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from grading.books import autograded, sqlite_book
from grading.people import RIGHT, journal_of, submitted
from nbgrader.api import Base
from typer.testing import CliRunner

from iop_training.cli import app, grading
from iop_training.grading.batch import folder
from iop_training.grading.batch.pool import processes
from iop_training.grading.course import CourseFolder
from iop_training.grading.gates import trainee_gates
from iop_training.grading.grade import Result, grade
from iop_training.grading.sheet import write_sheet
from iop_training.grading.tables import TABLES

WRITTEN = {**RIGHT, "m01-w01": "I would ask."}


@pytest.fixture
def cohort(course: Path, tmp_path: Path) -> Path:
    """Three people, one of whom answered half."""
    submitted(course, "ann", WRITTEN, tmp_path)
    submitted(course, "bob", {"m01-q01": "b"}, tmp_path)
    submitted(course, "cy", {}, tmp_path)
    return course


def _statuses(results: list[Result]) -> dict[str, str]:
    return {r.student: r.status for r in results}


def _touch(course: Path, student: str) -> None:
    path = course / "submitted" / student / "m01/timestamp.txt"
    path.write_text("2026-11-24 09:00:00.000000 UTC", encoding="utf-8")


def test_only_what_changed_is_graded_again(cohort: Path) -> None:
    grade(cohort, "m01")
    _touch(cohort, "bob")
    shutil.rmtree(cohort / "autograded/cy/m01")
    assert _statuses(grade(cohort, "m01")) == {"ann": "unchanged", "bob": "graded", "cy": "graded"}


def test_without_its_gradebook_everything_is_graded_again(cohort: Path) -> None:
    before = grade(cohort, "m01")
    book = sqlite_book(cohort)
    for path in cohort.glob("gradebook.db*"):
        path.unlink()
    after = grade(cohort, "m01")
    assert {r.status for r in after} == {"graded"}
    assert [r.points for r in after] == [r.points for r in before]
    assert sqlite_book(cohort) == book


def test_several_processes_give_the_same(cohort: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(cohort, tmp_path / "other"))
    assert grade(cohort, "m01") == grade(other, "m01", run=processes(2))
    assert sqlite_book(cohort) == sqlite_book(other)
    assert autograded(cohort) == autograded(other)


def test_a_worker_loads_no_nbgrader() -> None:
    script = (
        "import sys\nimport iop_training.grading.batch.pool\n"
        "heavy = {'nbgrader', 'nbformat', 'nbconvert', 'sqlalchemy', 'pandas', 'matplotlib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_dry_run_says_what_would_change_and_changes_nothing(cohort: Path) -> None:
    grade(cohort, "m01")
    with journal_of(cohort / "submitted/bob/m01").open("ab") as journal:
        journal.write(
            b'{"v":1,"seq":9,"prev":"","at":"","type":"answer","item":"m01-q01","value":"a"}\n'
        )
    book, files = sqlite_book(cohort), autograded(cohort)
    results = grade(cohort, "m01", dry_run=True)
    assert _statuses(results) == {"ann": "unchanged", "bob": "to grade", "cy": "unchanged"}
    assert (results[1].before, results[1].points) == (2.0, 0.0)
    assert (sqlite_book(cohort), autograded(cohort)) == (book, files)


def test_the_command_says_who_and_why(cohort: Path) -> None:
    (cohort / "submitted/cy/m01/answers/m01.jsonl").unlink()
    with journal_of(cohort / "submitted/bob/m01").open("ab") as journal:
        journal.write(b'{"v":1,"torn')
    done = _run(cohort, "--workers", "1")
    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    assert "3 submissions: 3 graded. 2 flagged, 1 repaired." in text
    assert "Mended: Line 3 is torn or not JSON" in text
    assert "no answers to read" in text and "iop-report.json" in text
    again = " ".join(_run(cohort, "--dry-run").output.split())
    assert "3 unchanged" in again and "Nothing was changed." in again


def test_a_failure_is_told_and_sets_the_exit_code(cohort: Path) -> None:
    # A file where the folder of the graded submission should go.
    (cohort / "autograded").mkdir()
    (cohort / "autograded/bob").write_text("in the way", encoding="utf-8")
    done = _run(cohort)
    assert done.exit_code == 1
    text = " ".join(done.output.split())
    assert "2 graded" in text and "1 failed" in text and "autograded/ could not be" in text


def _sheet(course: Path) -> list[dict[str, str]]:
    with (course / "autograded/grading-m01.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_result_is_in_a_table_of_its_own(cohort: Path) -> None:
    with journal_of(cohort / "submitted/bob/m01").open("ab") as journal:
        journal.write(b'{"v":1,"torn')
    shutil.rmtree(cohort / "submitted/cy/m01")
    (cohort / "submitted/cy/m01").symlink_to(cohort / "submitted/ann/m01")
    _run(cohort, "--dry-run")
    assert not (cohort / "autograded").exists()
    done = _run(cohort)
    assert "autograded/grading-m01.csv" in done.output
    ann, bob, cy = _sheet(cohort)
    assert [ann[name] for name in ("trainee", "status", "points", "of", "to_read", "before")] == [
        "ann", "graded", "5.0", "9.0", "1", ""
    ]  # fmt: skip
    assert "torn" in bob["repairs"] and cy["flags"]
    # Nobody takes it for a trainee's folder, and the next run writes it afresh.
    assert CourseFolder.open(cohort).graded("m01") == ["ann", "bob", "cy"]
    assert [trainee.student for trainee in trainee_gates(cohort)] == ["ann", "bob", "cy"]
    assert _run(cohort).exit_code == 0
    assert {line["status"] for line in _sheet(cohort)} == {"unchanged"}
    assert [p.name for p in (cohort / "autograded").iterdir() if p.is_file()] == ["grading-m01.csv"]


def test_no_cell_of_the_table_is_a_formula(cohort: Path) -> None:
    folder = CourseFolder.open(cohort)
    said = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '"a", b\n=c')
    write_sheet(folder, "m01", [Result("-ann", "failed", message=text) for text in said])
    lines = _sheet(cohort)
    assert [line["message"] for line in lines] == [*(f"'{t}" for t in said[:-1]), said[-1]]
    assert {line["trainee"] for line in lines} == {"'-ann"} and lines[0]["points"] == ""


def test_a_long_table_has_the_most_pressing_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(grading, "WHOLE_TABLE", 4)
    results = [
        Result("moved", "graded", 2.0, before=1.0),
        Result("mended", "graded", repairs=("torn",)),
        Result("plain", "graded"),
        Result("told", "graded", flags=("look",)),
        Result("broken", "failed", message="no"),
        Result("late", "graded", flags=("late",)),
    ]
    grading.show_results(results, "m01")
    text = capsys.readouterr().out
    rows = [line.split()[0] for line in text.splitlines()[1:5]]
    assert rows == ["broken", "told", "late", "moved"] and "plain" not in text
    assert "1 more to look at." in text and "1 more have nothing" in text


def test_what_a_killed_run_left_is_cleared_away(cohort: Path) -> None:
    left = cohort / "autograded/ann/.m01-killed"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    grade(cohort, "m01")
    assert [p.name for p in (cohort / "autograded/ann").iterdir()] == ["m01"]


def _run(course: Path, *more: str) -> Any:
    return CliRunner().invoke(
        app, ["grade", "m01", "--course", str(course), *more], env={"COLUMNS": "300"}
    )


def test_what_another_run_puts_in_its_place_meanwhile_is_left_alone(
    cohort: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = cohort / "autograded/ann/.m01-elsewhere-1-ff"
    theirs.mkdir(parents=True)

    def ended(name: str) -> bool:
        theirs.with_name(name).rename(cohort / "in its place")
        return False

    monkeypatch.setattr(folder, "_ended", ended)
    assert _statuses(grade(cohort, "m01", ["ann"])) == {"ann": "graded"}
    assert (cohort / "in its place").is_dir()


def test_the_tables_are_those_of_nbgrader() -> None:
    for table in TABLES:
        theirs = Base.metadata.tables[table.name]
        for column in table.columns:
            assert type(column.type) is type(theirs.columns[column.name].type), column


def test_grading_what_is_registered_needs_no_nbgrader(cohort: Path) -> None:
    grade(cohort, "m01")
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from iop_training.grading.grade import grade\n"
        f"results = grade(Path({str(cohort)!r}), 'm01', again=True)\n"
        "heavy = {'nbgrader', 'nbformat', 'nbconvert', 'alembic', 'pandas', 'matplotlib'}\n"
        "print(len(results), sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=cohort
    )
    assert done.stdout.strip() == "3 []"
