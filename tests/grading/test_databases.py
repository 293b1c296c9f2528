"""The gradebook in a file and in PostgreSQL: the same rows, also when many write at once."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from at_once import at_once, die_holding_the_lock, grade_them, register, score_by_hand
from nbgrader.api import Base, Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.plugins import CsvExportPlugin
from people import RIGHT, submitted, zipped
from postgres import databases, server
from sqlalchemy import create_engine, select, text

from iop_training.errors import GradingError
from iop_training.grading import database
from iop_training.grading.cohort import copy_course
from iop_training.grading.collect import collect
from iop_training.grading.course import CourseFolder
from iop_training.grading.database import alone, gradebook_url, prepare, transaction
from iop_training.grading.disks import on_local_disk
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.release import release

WRITTEN = RIGHT | {"m01-w01": "Because of this."}
SHARES = 8


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """Makes an empty PostgreSQL database at each call."""
    with server() as folder:
        yield databases(folder)


def elsewhere(course: Path, url: str) -> Path:
    """The course with its gradebook at ``url``."""
    place = course / database.ELSEWHERE
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"{url}\n", encoding="utf-8")
    return course


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, course: Path) -> Path:
    """A released course whose gradebook has nothing in it yet."""
    (course / database.FILE).unlink()
    if request.param == "postgresql":
        return elsewhere(course, request.getfixturevalue("new_database")())
    return course


def opened(course: Path) -> Gradebook:
    """The gradebook as Formgrader and nbgrader's commands open it."""
    directory = CourseFolder.open(course).directory()
    return Gradebook(directory.db_url, directory.course_id)


def rows(course: Path, *left_out: str) -> list[str]:
    """Everything in nbgrader's tables, with what an id stands for in the place of each id."""
    stands_for: dict[Any, str] = {}
    with opened(course) as book:
        for table in Base.metadata.sorted_tables:
            for row in book.db.execute(select(table)).mappings():
                said = {
                    k: stands_for.get(v, v)
                    for k, v in row.items()
                    if k not in left_out and not (k == "id" and re.fullmatch(r"[0-9a-f]{32}", v))
                }
                stands_for[row.get("id")] = f"{table.name} {sorted(said.items())}"
    return sorted(stands_for.values())


def hand_in(course: Path, tmp: Path, count: int) -> list[str]:
    """Submissions of so many people; their ids."""
    answers = (WRITTEN, {"m01-q01": "b"}, {"m01-q02": ["a"], "m01-w01": "Why not?"}, {})
    students = [f"s{n:03}" for n in range(count)]
    for n, student in enumerate(students):
        submitted(course, student, answers[n % len(answers)], tmp)
    return students


# One way through everything


def the_whole_path(course: Path, tmp: Path) -> dict[str, Any]:
    """Release, collect, grade, score by hand, grade again, feedback; what Formgrader then shows."""
    release(course, "m01")
    with opened(course) as book:
        book.update_or_create_assignment("m01", duedate="2026-11-22 13:00:00 UTC")
    zips = [
        zipped(course, tmp / name, name, answers, "20261122-140211")
        for name, answers in (("ann", WRITTEN), ("bob", {"m01-q02": ["a"]}))
    ]
    assert [o.result for o in collect(course, "m01", zips).outcomes] == ["new", "new"]
    assert [r.status for r in grade(course, "m01")] == ["graded", "graded"]
    score_by_hand(course, {"ann": 3.5})
    with opened(course) as book:
        book.grant_extension("m01", "ann", minutes=90)
    again = {r.student: r for r in grade(course, "m01", again=True)}
    assert (again["ann"].points, again["ann"].to_read) == (9.0, 1)
    generate_feedback(course, "m01")
    assert "Well said, ann." in (course / "feedback/ann/m01/m01.html").read_text()
    return shown(course, tmp)


def shown(course: Path, tmp: Path) -> dict[str, Any]:
    """What Formgrader's pages and an export have, without ids."""
    folder = CourseFolder.open(course)
    api = NbGraderAPI(folder.directory(), config=folder.config)
    with opened(course) as book:
        ann, bob = (book.find_submission("m01", name) for name in ("ann", "bob"))
        assert (ann.total_seconds_late, bob.total_seconds_late) == (0, 3731)
        plugin = CsvExportPlugin()
        plugin.to = str(tmp / "grades.csv")
        plugin.export(book)
        averages = [book.average_assignment_score("m01"), book.average_notebook_score("m01", "m01")]
        averages += [book.average_notebook_written_score("m01", "m01")]
    pages = [
        api.get_assignments(),
        api.get_notebooks("m01"),
        api.get_submissions("m01"),
        api.get_notebook_submissions("m01", "m01"),
        api.get_students(),
        api.get_student_submissions("ann"),
        api.get_student_notebook_submissions("ann", "m01"),
    ]
    return {
        "pages": [sorted(map(_without_ids, page), key=str) for page in pages],
        "averages": averages,
        "export": list(csv.reader((tmp / "grades.csv").open())),
    }


def _without_ids(fields: dict[str, Any]) -> dict[str, Any]:
    """Without ids, which are by chance, and without the place in the order of ids."""
    ids = {k for k, v in fields.items() if re.fullmatch(r"[0-9a-f]{32}", str(v))}
    return {k: v for k, v in fields.items() if k not in {*ids, "index"}}


def test_the_whole_path_is_the_same(
    course: Path, template: Path, tmp_path: Path, new_database: Callable[[], str], program: Any
) -> None:
    (course / database.FILE).unlink()
    other = elsewhere(Path(shutil.copytree(course, tmp_path / "other")), new_database())
    here, there = tmp_path / "a", tmp_path / "b"
    for folder in (here, there):
        folder.mkdir()
    assert the_whole_path(course, here) == the_whole_path(other, there)
    assert rows(course) == rows(other)
    assert not (other / database.FILE).exists()
    upgraded = program("-m", "nbgrader", "db", "upgrade", cwd=other)
    assert upgraded.returncode == 0, upgraded.stderr
    assert rows(course) == rows(other)


# Many at once


def test_eight_graders_and_somebody_at_formgrader(empty: Path, tmp_path: Path) -> None:
    students = hand_in(empty, tmp_path, 5 * SHARES)
    alone_course = Path(shutil.copytree(empty, tmp_path / "alone"))
    (alone_course / database.ELSEWHERE).unlink(missing_ok=True)
    grade(alone_course, "m01")
    shares = [students[n::SHARES] for n in range(SHARES)]
    first = at_once(*((grade_them, empty, share, False) for share in shares))
    assert sorted(chain(*first)) == [(s, "graded", "") for s in students]
    assert rows(empty) == rows(alone_course)
    points = {student: n / 4 for n, student in enumerate(students)}
    graders = [(grade_them, empty, share, True) for share in shares]
    *again, _ = at_once(*graders, (score_by_hand, empty, points))
    assert sorted(chain(*again)) == [(s, "graded", "") for s in students]
    # Whether a score by hand is to be looked at again hangs on which of the two came first.
    score_by_hand(alone_course, points)
    assert rows(empty, "needs_manual_grade") == rows(alone_course, "needs_manual_grade")


def test_two_graders_of_the_same_people(empty: Path, tmp_path: Path) -> None:
    students = hand_in(empty, tmp_path, 4)
    alone_course = Path(shutil.copytree(empty, tmp_path / "alone"))
    (alone_course / database.ELSEWHERE).unlink(missing_ok=True)
    grade(alone_course, "m01")
    for again in (False, True):
        for results in at_once(*[(grade_them, empty, students, again)] * 2):
            assert [r[::2] for r in results] == [(s, "") for s in students]
            assert {status for _, status, _ in results} <= {"graded", "unchanged"}
        assert rows(empty) == rows(alone_course)


def test_one_registers_for_all(empty: Path) -> None:
    assert sorted(at_once(*[(register, empty)] * 4)) == [False] * 3 + [True]


def test_who_dies_gives_the_lock_back(empty: Path) -> None:
    url = CourseFolder.open(empty).directory().db_url
    with pytest.raises(BrokenProcessPool):
        at_once((die_holding_the_lock, empty))
    with alone(url):
        pass


def test_transactions_lose_no_update(empty: Path) -> None:
    register(empty)
    url = CourseFolder.open(empty).directory().db_url

    def count_one_more(connection: Any) -> None:
        """Reads, then writes what follows from it."""
        number = connection.scalar(text("SELECT email FROM student WHERE id = 'ann'"))
        if number is None:
            connection.execute(text("INSERT INTO student (id, email) VALUES ('ann', '1')"))
        else:
            said = {"number": str(int(number) + 1)}
            connection.execute(text("UPDATE student SET email = :number"), said)

    def count_ten(_: int) -> None:
        engine = create_engine(url)
        for _ in range(10):
            transaction(engine, count_one_more)
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_ten, range(4)))
    with opened(empty) as book:
        assert book.find_student("ann").email == "40"


# What is not as it should be


@pytest.mark.parametrize("stopped_after", ["DROP TABLE", "DELETE FROM"])
def test_a_half_made_gradebook_is_completed(empty: Path, stopped_after: str) -> None:
    version = text("SELECT version_num FROM alembic_version")
    with CourseFolder.open(empty).gradebook() as book:
        numbers = book.db.execute(version).all()
        book.db.execute(text(f"{stopped_after} alembic_version"))
        book.db.commit()
    with CourseFolder.open(empty).gradebook() as book:
        assert len(numbers) == 1 and book.db.execute(version).all() == numbers


def test_a_broken_connection_is_made_again(course: Path, new_database: Callable[[], str]) -> None:
    register(elsewhere(course, new_database()))
    tries = []

    def breaks_once(connection: Any) -> None:
        connection.execute(text("INSERT INTO student (id) VALUES ('ann')"))
        tries.append(1)
        if len(tries) == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with opened(course) as book:
        transaction(book.engine, breaks_once)
        assert len(tries) == 2 and [s.id for s in book.students] == ["ann"]


def test_a_gradebook_that_stays_busy(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(database, "TRIES", 2)
    with opened(course) as book, opened(course) as hangs:
        hangs.db.execute(text("BEGIN IMMEDIATE"))
        with pytest.raises(GradingError, match=r"busy: .* Nothing is lost"):
            transaction(book.engine, lambda c: c.execute(text("DELETE FROM assignment")))
        hangs.db.rollback()
        transaction(book.engine, lambda c: c.execute(text("INSERT INTO student (id) VALUES ('a')")))
        assert [a.name for a in book.assignments] == ["m01"]
        assert [s.id for s in book.students] == ["a"]


def test_a_gradebook_that_does_not_open(course: Path) -> None:
    pytest.importorskip("psycopg")
    elsewhere(course, "postgres://iop:secret@/grades?host=/nowhere")
    with pytest.raises(GradingError, match="can't be opened") as raised:
        grade(course, "m01")
    assert "secret" not in str(raised.value) and "/nowhere" in str(raised.value)


def test_a_file_that_is_no_gradebook(course: Path) -> None:
    (course / database.FILE).write_text("Dear diary, " * 20)
    with pytest.raises(GradingError, match="file is not a database"):
        grade(course, "m01")


@pytest.mark.parametrize("line", ["", "grades", "mysql://iop@server/grades"])
def test_an_address_of_something_else(course: Path, line: str) -> None:
    with pytest.raises(GradingError, match=r"data/local/gradebook\.url does not hold"):
        CourseFolder.open(elsewhere(course, line))


def test_a_copy_of_the_course_has_a_gradebook_of_its_own(course: Path, tmp_path: Path) -> None:
    elsewhere(course, "postgresql://iop@server/grades")
    copy_course(course, tmp_path / "demo")
    url = CourseFolder.open(tmp_path / "demo").directory().db_url
    assert url == f"sqlite:///{tmp_path / 'demo' / database.FILE}"


def test_a_missing_driver_is_named(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    elsewhere(course, "postgresql://iop@server/grades")
    with pytest.raises(GradingError, match=r"psycopg.* Run: python -m pip install"):
        grade(course, "m01")


# Settings of the file


@pytest.mark.parametrize(("write_ahead", "mode"), [(True, "wal"), (False, "delete")])
def test_whoever_opens_the_file_waits_for_others(
    course: Path, write_ahead: bool, mode: str
) -> None:
    url = gradebook_url(course, write_ahead)
    with Gradebook(url, "iop") as book:
        assert book.db.execute(text("PRAGMA busy_timeout")).scalar() == 60_000
        assert book.db.execute(text("PRAGMA journal_mode")).scalar() == mode
        assert book.db.execute(text("PRAGMA synchronous")).scalar() == 2


def test_other_files_are_left_alone(course: Path, tmp_path: Path) -> None:
    gradebook_url(course, True)
    with create_engine(f"sqlite:///{tmp_path / 'other.db'}").connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 5_000
        assert connection.scalar(text("PRAGMA journal_mode")) == "delete"


def test_a_file_in_use_changes_its_mode_later(course: Path) -> None:
    url = gradebook_url(course, True)
    prepare(url, "iop")
    with sqlite3.connect(course / database.FILE) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT * FROM assignment").fetchall()
        url = gradebook_url(course, False)
        with Gradebook(url, "iop") as book:
            assert [a.name for a in book.assignments] == ["m01"]
    reading.close()
    with Gradebook(url, "iop") as book:
        assert book.db.execute(text("PRAGMA journal_mode")).scalar() == "delete"


MOUNTS = """\
21 1 254:0 / / rw - ext4 /dev/vda rw
30 21 0:40 / /home rw shared:5 - nfs4 server:/home rw
31 30 0:41 / /home/my\\040disk rw - xfs /dev/sdb rw
32 21 0:42 / /mnt/c rw - 9p drvfs rw
33 21 0:43 / /odd rw - ext4 /dev/sdc rw
34 33 0:44 / /odd rw - cifs //server/odd rw
"""


@pytest.mark.parametrize(
    ("folder", "local"),
    [
        ("/srv/course", True),
        ("/home", False),
        ("/home/ann/course", False),
        ("/home/my disk/course", True),
        ("/homely", True),
        ("/mnt/c/course", False),
        ("/odd/course", False),
    ],
)
def test_only_a_disk_known_to_be_local_is(tmp_path: Path, folder: str, local: bool) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert on_local_disk(Path(folder), mounts) is local
    assert not on_local_disk(Path(folder), tmp_path / "missing")
