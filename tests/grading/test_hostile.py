"""The hostile set, graded in one batch with honest people between: nobody earns what is not
theirs, nothing is harmed, and the supervisor is told."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from grading.hostile.declare import CELLS, Earns, Hostile, Made
from grading.hostile.everybody import (
    HONEST_PEOPLE,
    SECRET,
    SESSION_SET,
    SET,
    hand_in,
    hand_in_honestly,
    outside_of,
    phrase,
)
from grading.hostile.table import stock_column, tables
from nbgrader.api import Gradebook

from iop_training.cli.grading import show_results
from iop_training.grading.batch.pool import processes
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import Result, grade

MARK = "IOP_HOSTILE_BATCH"
ALL = pytest.mark.parametrize("one", SET.values(), ids=SET.keys())
WRITTEN_FOR = ("autograded", "feedback")
OURS = ("gradebook.db", "autograded", "feedback")
"""What grading may write in a course folder."""


@dataclass(frozen=True)
class Batch:
    """A course that was graded, and what the world around it was before and after; ``rows`` are
    those of :func:`rows`."""

    course: Path
    outside: Path
    results: dict[str, Result]
    rows: dict[str, dict[str, Any]]
    before: dict[str, Any]
    after: dict[str, Any]
    called: bool
    left: list[str]

    def written(self, student: str, *steps: str) -> dict[str, str]:
        """Path to text of every file that was written for somebody."""
        folders = [self.course / step / student for step in steps or WRITTEN_FOR]
        return {
            str(path.relative_to(self.course)): head(path)
            for folder in folders
            if not folder.is_symlink()
            for path in sorted(folder.rglob("*"))
            if stat.S_ISREG(path.lstat().st_mode)
        }

    def told(self, student: str) -> str:
        """All that the supervisor is told about a submission."""
        result = self.results[student]
        return "\n".join([*filter(None, [result.message]), *result.flags, *result.repairs])


def head(path: Path) -> str:
    """The text of a file that may have gigabytes, as far as anybody reads it."""
    with path.open("rb") as file:
        return file.read(40_000_000).rstrip(b"\0").decode("utf-8", "replace")


def rows(course: Path) -> dict[str, dict[str, Any]]:
    """By student, cell to (auto score, manual score, extra credit, most points, waits) in the
    gradebook, with the total and what was taken off for lateness."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        return {
            submission.student.id: {
                g.name: (
                    g.auto_score,
                    g.manual_score,
                    g.extra_credit,
                    g.max_score,
                    g.needs_manual_grade,
                )
                for notebook in submission.notebooks
                for g in notebook.grades
            }
            | {"total": submission.score, "late": submission.late_submission_penalty or 0}
            for submission in book.assignment_submissions("m01")
        }


def tree(root: Path) -> dict[str, Any]:
    """Everything below a folder, with nothing opened that is not a plain file."""
    found: dict[str, Any] = {}
    for folder, folders, files in os.walk(root):
        for path in (Path(folder, name) for name in (*folders, *files)):
            seen = path.lstat()
            what: Any = oct(seen.st_mode)
            if stat.S_ISLNK(seen.st_mode):
                what = (what, path.readlink())
            elif stat.S_ISREG(seen.st_mode):
                with path.open("rb") as file:
                    digest = hashlib.sha256(file.read(1_000_000)).hexdigest()
                what = (what, seen.st_size, seen.st_mtime_ns, digest)
            found[str(path.relative_to(root))] = what
    return found


@contextmanager
def changing(made: Made) -> Iterator[None]:
    """Swaps a journal for another, and back, and tears it, until the block ends."""
    one, other = made.journal.read_bytes(), made.journal.with_name("other").read_bytes()
    ends = threading.Event()

    def swap() -> None:
        fresh = made.journal.with_name("fresh")
        while not ends.is_set():
            for whole in (one, other):
                fresh.write_bytes(whole)
                fresh.replace(made.journal)
            made.journal.write_bytes(one[: len(one) // 2])
            made.journal.write_bytes(one)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()


@contextmanager
def no_big_files() -> Iterator[None]:
    """Who copies a device or gigabytes of nothing fails, and doesn't fill this machine's disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def started(known: set[int]) -> Iterator[tuple[psutil.Process, str]]:
    """Processes that were started by this batch and are still there, with their command lines."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):  # it ended while it was looked at, or is somebody else's
            line = " ".join(process.cmdline())
            if process.pid not in known and process.environ().get(MARK) == str(os.getpid()):
                yield process, line


def ours_left(known: set[int]) -> list[str]:
    """Their command lines; what Python keeps for its own pools until it ends is no harm."""
    kept = "multiprocessing.resource_tracker"
    return [line for _, line in started(known) if kept not in line]


@pytest.fixture(scope="module")
def batch(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Batch]:
    """Everybody of the set and the honest ones, graded by two workers and given feedback."""
    made = tmp_path_factory.mktemp("hostile")
    world = made / "world"
    course = Path(shutil.copytree(template, world / "course"))
    outside = outside_of(world)
    hand_in_honestly(course, made)
    patch = pytest.MonkeyPatch()
    with socket.create_server(("127.0.0.1", 0)) as listener, patch.context() as here:
        port = listener.getsockname()[1]
        spoiled = {name: hand_in(one, course, outside, made, port) for name, one in SET.items()}
        (world / "here").mkdir()
        here.chdir(world / "here")
        known = {process.pid for process in psutil.process_iter()}
        here.setenv(MARK, str(os.getpid()))
        before = tree(world)
        with changing(spoiled["changing-journal"]), no_big_files():
            results = {r.student: r for r in grade(course, "m01", run=processes(2))}
        generate_feedback(course, "m01")
        after = tree(world)
        left = ours_left(known)
        listener.setblocking(False)
        try:
            called = bool(listener.accept())
        except BlockingIOError:
            called = False
    yield Batch(course, outside, results, rows(course), before, after, called, left)
    for process, line in started(known):
        if "time.sleep(8)" in line:
            with suppress(psutil.Error):
                process.kill()


def earned(batch: Batch, student: str) -> Earns:
    """What the gradebook gives somebody."""
    found = batch.rows[student]
    return Earns(found["m01-q01"][0], found["m01-q02"][0], found["m01-w01"][4])


@ALL
def test_does_nobody_earn_what_is_not_theirs(batch: Batch, one: Hostile) -> None:
    found = batch.rows.get(one.name, {})
    if not one.earns:
        assert batch.results[one.name].status == "failed"
        assert not found.get("total") and not (batch.course / "autograded" / one.name).exists()
        return
    assert batch.results[one.name].status == "graded", batch.results[one.name].message
    assert set(found) == {*CELLS, "total", "late"} and found["late"] == 0
    assert [found[name][3] for name in CELLS] == [2, 3, 4]
    assert {found[name][1:3] for name in CELLS} == {(None, None)}, "no points by hand"
    mine = earned(batch, one.name)
    assert found["total"] == mine.points == batch.results[one.name].points
    assert mine in one.earns or (len(one.earns) > 1 and batch.told(one.name))


@ALL
def test_is_the_supervisor_told(batch: Batch, one: Hostile) -> None:
    told = batch.told(one.name)
    for words in one.says:
        assert words in told, told
    if not one.says and len(one.earns) == 1:
        assert told == ""
    assert "\x1b" not in told and len(told) < 600_000


@ALL
def test_does_it_learn_nothing_of_others(batch: Batch, one: Hostile) -> None:
    own = batch.written(one.name, "submitted") if one.earns else {}
    files = batch.written(one.name)
    assert bool(files) == bool(one.earns)
    for path, text in files.items():
        assert SECRET not in text, path
        for student in HONEST_PEOPLE:
            gave = any(phrase(student) in text for text in own.values())
            assert phrase(student) not in text or gave, path
        if path.startswith("feedback") or path.endswith(".json"):
            assert "Anchor text" not in text, path
        if path.endswith(".json"):
            assert "kept secret when graded" not in text, path


@ALL
def test_is_what_was_written_inert(batch: Batch, one: Hostile) -> None:
    released = nbformat.read(batch.course / "release/m01/m01.ipynb", as_version=4)
    for path, text in batch.written(one.name).items():
        if not path.endswith((".ipynb", ".html")):  # data, which no program draws
            continue
        for tag in ("<script", "<img", "<svg onload", "<iframe", "<base", "<meta http", "<style>b"):
            assert tag not in text.replace('<script type=\\"application/json', ""), path
        assert 'href="javascript' not in text and "RAN" not in text, path
        if path.endswith(".ipynb"):
            cells = nbformat.reads(text, as_version=4).cells
            assert [(c.id, c.cell_type) for c in cells] == [
                (c.id, c.cell_type) for c in released.cells
            ]
            code = [c.source for c in cells if c.cell_type == "code"]
            assert code == [c.source for c in released.cells if c.cell_type == "code"]


def test_did_nobodys_code_run(batch: Batch) -> None:
    assert list((batch.outside / "ran").iterdir()) == []
    assert not batch.called, "somebody opened a connection"
    assert batch.left == [], "a process is left"
    with Gradebook(f"sqlite:///{batch.course / 'gradebook.db'}", "iop") as book:
        planted = book.db.connection().exec_driver_sql(
            "select name from sqlite_master where type = 'trigger'"
        )
        assert planted.fetchall() == []
        assert {s.id for s in book.students} <= {*SET, *HONEST_PEOPLE}
        assert [a.name for a in book.assignments] == ["m01"]


def test_was_nothing_touched_but_what_grading_writes(batch: Batch) -> None:
    paths = {*batch.before, *batch.after}
    changed = {p for p in paths if batch.before.get(p) != batch.after.get(p)}
    own = {f"course/submitted/{name}/m01/m01.ipynb" for name in SET}
    shifting = {p for p in changed if p.startswith("course/submitted/changing-journal/m01/answers")}
    foreign = {
        p
        for p in changed - own - shifting
        if not p.startswith(tuple(f"course/{name}" for name in OURS))
    }
    assert foreign == set()
    for step in WRITTEN_FOR:
        graded = {p.name for p in (batch.course / step).iterdir()}
        assert graded <= {*SET, *HONEST_PEOPLE}


def test_are_honest_people_served_as_ever(batch: Batch, template: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copytree(template, tmp_path / "course"))
    for student in HONEST_PEOPLE:
        shutil.copytree(batch.course / "submitted" / student, alone / "submitted" / student)
    results = {r.student: r for r in grade(alone, "m01")}
    alone_rows = rows(alone)
    for student in HONEST_PEOPLE:
        assert results[student] == batch.results[student]
        assert results[student].points == 2 and results[student].flags == ()
        assert alone_rows[student] == batch.rows[student]
        files = replace(batch, course=alone).written(student, "autograded")
        assert files == batch.written(student, "autograded")


def test_does_a_terminal_print_what_was_said_and_do_nothing(
    batch: Batch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("endless-id", "markup-as-id", "markup-as-items", "time-that-is-none")
    show_results([batch.results[name] for name in names], "m01")
    shown = capsys.readouterr().out
    assert "[/b]" in shown and "<script>" in shown
    assert not set(shown) & set(map(chr, (*range(10), *range(11, 32), 127)))


def test_is_the_table_in_the_docs_true(root: Path) -> None:
    page = (root / "docs" / "hostile.md").read_text(encoding="utf-8")
    stock = stock_column(page)
    assert set(stock) == {*SET, *SESSION_SET} and all(stock.values())
    assert tables(stock) in page
    assert f"\n{len(stock)} of them" in page
