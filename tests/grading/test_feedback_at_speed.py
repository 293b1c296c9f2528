"""Feedback for all at once: the same files as by nbgrader, and nothing stops the rest."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from content.safety import SAFE, write_safety_course
from content.sessions import GOOD, HARMFUL, answer, session, the_case
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from people import RIGHT, release_hash, session_zip, submitted

from iop_training.grading.collect import collect
from iop_training.grading.course import STANDARD_SETTINGS, CourseFolder
from iop_training.grading.exchange import exchange_tool
from iop_training.grading.feedback import batch, generate_feedback, return_feedback
from iop_training.grading.feedback.outbox import NBGRADERS_EXCHANGE, exchange_root
from iop_training.grading.grade import grade
from iop_training.grading.log import run
from iop_training.grading.release import release
from iop_training.responses import Journal

HOSTILE = "</p><script src='https://example.org/x.js'></script> & \"quoted\"\n\nSay more."
WRITTEN = RIGHT | {"m01-w01": f"Because {HOSTILE}"}
Tree = dict[str, tuple[int, bytes]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made")


@pytest.fixture(scope="module")
def everyday(template: Path, made: Path) -> Path:
    """m01: blank, unread, read with a comment, changed by hand, extra credit, late, remarks."""
    root = Path(shutil.copytree(template, made / "everyday"))
    people = {
        "blank": {},
        "unread": WRITTEN,
        "read": WRITTEN,
        "changed": RIGHT | {"m01-q01": "a"},
        "extra": RIGHT | {"m01-q02": ["a"]},
        "late": WRITTEN,
        "all.of_it-2": RIGHT,
    }
    for student, answers in people.items():
        folder = submitted(root, student, answers, made)
        journal = Journal.open(folder, "m01", "m01", student, release_hash(root))
        if student in ("extra", "all.of_it-2"):
            journal.remark("m01-q01", "stance", "alone")
            journal.remark("m01-q02", "objection", HOSTILE)
        (folder / "receipt.json").unlink()
        (folder / "submission_secret.txt").write_text(f"secret of {student}")
    grade(root, "m01")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "iop") as book:

        def entry(student: str, item: str) -> Any:
            return book.find_grade(item, "m01", "m01", student)

        for student in ("read", "late"):
            written = entry(student, "m01-w01")
            written.manual_score, written.needs_manual_grade = 2 + 1 / 3, False
        book.find_comment("m01-w01", "m01", "m01", "read").manual_comment = HOSTILE
        book.find_comment("m01-w01", "m01", "m01", "blank").manual_comment = ""
        entry("changed", "m01-q01").manual_score = 0.5
        entry("extra", "m01-q02").extra_credit = 0.125
        entry("unread", "m01-w01").extra_credit = 2.0
        paper = book.find_submission_notebook("m01", "m01", "late")
        paper.late_submission_penalty = 1.25
        book.db.commit()
    graded = root / "autograded" / "read" / "m01"
    (graded / ".ipynb_checkpoints").mkdir()
    (graded / ".ipynb_checkpoints" / "m01-checkpoint.ipynb").write_text("{}")
    (graded / ".ipynb_checkpoints" / "more.txt").write_text("left out with its folder")
    (graded / "answers" / "x.pyc").write_text("left out")
    return root


@pytest.fixture(scope="module")
def shared(everyday: Path, made: Path) -> Path:
    """The same in a course whose files belong to a group, and that leaves somebody out."""
    root = Path(shutil.copytree(everyday, made / "shared"))
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            "c.CourseDirectory.groupshared = True\n"
            "c.CourseDirectory.ignore.append('receipt*')\n"
            "c.CourseDirectory.student_id_exclude = 'late,blank'\n"
        )
    return root


@pytest.fixture(scope="module")
def harmful(root: Path, made: Path) -> Path:
    """m01 with a safety domain: all right, and one serious harm that a person gave points for."""
    course = write_safety_course(made / "harmful")
    shutil.copyfile(root / "nbgrader_config.py", course / "nbgrader_config.py")
    release(course, "m01")
    for student, answers in {"ann": SAFE, "ben": SAFE | {"m01-q02": "f", "m01-q01": "d"}}.items():
        submitted(course, student, answers, made)
    grade(course, "m01")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        book.find_grade("m01-q01", "m01", "m01", "ben").manual_score = 2.0
        book.db.commit()
    return course


@pytest.fixture(scope="module")
def played(sessions: Path, made: Path) -> Path:
    """m13, whose item is a session with a client."""
    root = Path(shutil.copytree(sessions, made / "played"))
    case = the_case(root)
    good, bad = session(case, GOOD), session(case, HARMFUL)
    people = {"ann": answer(good), "ben": answer(bad, good), "dee": {"way": "in_person"}, "fay": {}}
    zips = [session_zip(root, made, who, value) for who, value in people.items()]
    assert not collect(root, "m13", zips).refused
    grade(root, "m13")
    return root


COURSES = [("everyday", "m01"), ("shared", "m01"), ("harmful", "m01"), ("played", "m13")]


@pytest.fixture(params=COURSES, ids=[name for name, _ in COURSES])
def any_course(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A course in which everybody is graded, and the assignment."""
    name, assignment = request.param
    return request.getfixturevalue(name), assignment


def tree(folder: Path) -> Tree:
    """All that is in a folder: permissions, and the bytes of files."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            b"" if path.is_dir() else path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
    }


def by_nbgrader(root: Path, assignment: str) -> Tree:
    """feedback/ as nbgrader makes it with our exporter."""
    course = CourseFolder.open(root)
    shutil.rmtree(root / "feedback", ignore_errors=True)
    tool = GenerateFeedback(
        coursedir=course.directory(assignment_id=assignment), config=course.config
    )
    result = run(tool)
    assert result["success"], result["log"]
    return tree(root / "feedback")


def by_us(root: Path, assignment: str) -> Tree:
    shutil.rmtree(root / "feedback", ignore_errors=True)
    assert not any(generate_feedback(root, assignment).values())
    return tree(root / "feedback")


def test_are_files_and_permissions_those_of_nbgrader(any_course: tuple[Path, str]) -> None:
    theirs, ours = by_nbgrader(*any_course), by_us(*any_course)
    assert sum(name.endswith(".html") for name in ours) >= 2
    assert ours.keys() == theirs.keys()
    for name, entry in theirs.items():
        assert ours[name] == entry, name


def test_is_it_the_same_when_few_are_asked_for_at_once(
    everyday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = by_us(everyday, "m01")
    monkeypatch.setattr(batch, "TOGETHER", 2)
    done: list[str] = []
    shutil.rmtree(everyday / "feedback")
    results = generate_feedback(everyday, "m01", progress=done.append)
    assert tree(everyday / "feedback") == whole
    assert done == list(results) == sorted(results)


class _References(HTMLParser):
    """What a page would load or lead to, and its style."""

    LOADING = ("src", "srcset", "href", "action", "formaction", "data", "poster", "background")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.style: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        for name, value in attrs:
            kind = name.partition(":")[2] or name  # such as xlink:href
            if kind in self.LOADING and not (value or "").startswith("#"):
                self.found.append(f"{tag} {name}={value}")
            if name == "style":
                self.style.append(value or "")
            assert not name.startswith("on"), f"{tag} {name}"
        if tag == "script":
            assert dict(attrs)["type"] == "application/json"
        assert tag not in ("link", "iframe", "object", "embed", "base")
        assert dict(attrs).get("http-equiv") is None

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] == "style":
            self.style.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass


def test_does_a_page_need_nothing_but_itself(any_course: tuple[Path, str]) -> None:
    root, assignment = any_course
    by_us(root, assignment)
    for page in (root / "feedback").rglob("*.html"):
        references = _References()
        references.feed(page.read_text(encoding="utf-8"))
        assert references.found == [], page
        style = re.sub(r"/\*.*?\*/", "", "".join(references.style), flags=re.S)
        assert len(style) > 10_000
        assert not re.search(r"@import|url\(|image-set\(|src\(|//", style)


def test_does_making_feedback_import_nothing_that_takes_long(everyday: Path, program: Any) -> None:
    script = (
        "import sys\n"
        "from iop_training.cli import app\n"
        "app(['feedback', 'm01'], standalone_mode=False)\n"
        "heavy = {'nbgrader', 'nbconvert', 'nbformat', 'matplotlib', 'pandas'}\n"
        "heavy |= {'iop_training.model.kinds.case', 'iop_training.content.cases'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))\n"
    )
    shutil.rmtree(everyday / "feedback", ignore_errors=True)
    (everyday / "exchange").mkdir(exist_ok=True)
    result = program("-c", script, cwd=everyday)
    assert "loaded []" in result.stdout, result.stderr
    assert "7 returned through the exchange." in result.stdout


def test_do_numbers_of_now_take_the_place_of_the_old(course: Path, tmp_path: Path) -> None:
    for student in ("ann", "bob"):
        submitted(course, student, WRITTEN, tmp_path)
    grade(course, "m01")
    by_us(course, "m01")
    pages = {s: course / "feedback" / s / "m01" / "m01.html" for s in ("ann", "bob")}
    before = {student: page.stat() for student, page in pages.items()}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        book.find_grade("m01-w01", "m01", "m01", "ann").manual_score = 4.0
        book.db.commit()
    left = course / "feedback" / "ann" / ".m01.new"  # by a run that was killed
    left.mkdir()
    (left / "m01.html").write_text("half a")
    generate_feedback(course, "m01")
    assert "9 of 9 points" in pages["ann"].read_text(encoding="utf-8")
    assert (pages["bob"].stat().st_ino, pages["bob"].stat().st_mtime_ns) == (
        before["bob"].st_ino,
        before["bob"].st_mtime_ns,
    ), "a page that would be the same is left alone"
    assert not left.exists()
    pages["bob"].chmod(0o600)
    assert by_nbgrader(course, "m01") == by_us(course, "m01")


def _no_report(graded: Path) -> None:
    (graded / "iop-report.json").unlink()


def _half_a_notebook(graded: Path) -> None:
    path = graded / "m01.ipynb"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:1000])


def _no_cell(graded: Path) -> None:
    path = graded / "m01.ipynb"
    path.chmod(0o644)
    path.write_text('{"cells": []}')


def _odd_cell(graded: Path) -> None:
    path = graded / "m01.ipynb"
    path.chmod(0o644)
    path.write_text('{"cells": [7]}')


def _link(graded: Path) -> None:
    (graded / "more.txt").symlink_to("/etc/hostname")


def _not_in_the_gradebook(graded: Path) -> None:
    with Gradebook(f"sqlite:///{graded.parents[2] / 'gradebook.db'}", "iop") as book:
        book.remove_submission("m01", graded.parent.name)


FAULTS = {
    _no_report: "iop-report.json is missing or too old",
    _half_a_notebook: "m01.ipynb is missing or damaged.",
    _no_cell: "m01-q01 is not in the graded notebook.",
    _odd_cell: "What was graded of ann is damaged",
    _link: "more.txt can't go along: it is a link",
    _not_in_the_gradebook: "The gradebook has no scores of ann.",
}


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda f: f.__name__.strip("_"))
def test_is_one_failure_a_sentence_and_no_stop(
    everyday: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    course = Path(shutil.copytree(everyday, tmp_path / "course", symlinks=True))
    for step in ("autograded", "feedback"):
        if (course / step / "read").is_dir():
            (course / step / "read").rename(course / step / "ann")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        book.find_submission("m01", "read").student = book.add_student("ann")
        book.db.commit()
    assert not any(generate_feedback(course, "m01").values())
    spoil(course / "autograded" / "ann" / "m01")
    results = generate_feedback(course, "m01")
    assert FAULTS[spoil] in results.pop("ann")
    assert len(results) == 6 and not any(results.values())
    assert not (course / "feedback" / "ann" / "m01").exists(), "its scores no longer hold"
    assert {r.way for r in return_feedback(course, "m01") if r.student == "ann"} == {"none"}


def test_is_a_gradebook_that_cant_be_read_one_sentence(
    everyday: Path, tmp_path: Path, program: Any
) -> None:
    course = Path(shutil.copytree(everyday, tmp_path / "course"))
    (course / "gradebook.db").write_text("no database")
    result = program("-m", "iop_training", "feedback", "m01", cwd=course)
    assert result.returncode == 2
    assert "The gradebook at" in result.stderr and "Traceback" not in result.stderr


@pytest.fixture(params=["everyday", "shared"])
def exchanged(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A course with pages to give back, and nothing in its exchange."""
    root: Path = request.getfixturevalue(request.param)
    generate_feedback(root, "m01")
    shutil.rmtree(root / "exchange", ignore_errors=True)
    (root / "exchange").mkdir()
    (root / "exchange").chmod(0o777)
    yield root
    shutil.rmtree(root / "exchange")


def test_do_pages_go_where_nbgrader_puts_them(exchanged: Path) -> None:
    course = CourseFolder.open(exchanged)
    students = course.graded("m01")
    returned = return_feedback(exchanged, "m01")
    assert [(r.student, r.way) for r in returned] == [(s, "exchange") for s in students]
    ours = tree(exchanged / "exchange" / "iop" / "feedback")
    mode = (exchanged / "exchange" / "iop" / "feedback").stat().st_mode
    shutil.rmtree(exchanged / "exchange" / "iop")
    directory = course.directory(assignment_id="m01")
    assert run(exchange_tool(ExchangeReleaseFeedback, course.config, directory))["success"]
    assert tree(exchanged / "exchange" / "iop" / "feedback") == ours
    assert (exchanged / "exchange" / "iop" / "feedback").stat().st_mode == mode
    assert len(ours) == len(students)


def test_is_an_exchange_that_is_not_there_a_sentence(exchanged: Path) -> None:
    (exchanged / "exchange").rmdir()
    if "shared" in exchanged.name:
        (exchanged / "exchange").write_text("a file")
    assert all(
        r.way == "none" and str(exchanged / "exchange") in r.message
        for r in return_feedback(exchanged, "m01")
    )
    (exchanged / "exchange").unlink(missing_ok=True)
    (exchanged / "exchange").mkdir()


def test_are_settings_without_a_word_those_of_nbgrader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    monkeypatch.chdir(tmp_path)
    course, theirs = CourseFolder.open(tmp_path), CourseDirectory()
    for name in STANDARD_SETTINGS:
        assert course.setting(name) == getattr(theirs, name), name
    assert course.db_url == theirs.db_url
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        said = getattr(theirs, f"{step}_directory")
        assert str(course.step(step, "m01", "ann")) == theirs.format_path(said, "ann", "m01")
    assert str(exchange_root(course)) == NBGRADERS_EXCHANGE
    assert ExchangeReleaseFeedback(coursedir=theirs).root == NBGRADERS_EXCHANGE
