"""Grades those of the set that are safe to run with stock nbgrader, and prints the tables of
docs/hostile.md. nbgrader's settings are its defaults, the assignment asks for real code in a
kernel, and each submission is graded in a course of its own, in a temporary folder, before an
honest one. Takes about twenty minutes:

    PYTHONPATH=. python -m tests.grading.hostile.stock > tables.md
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "grading")]

from content.course import code, markdown, notebook_text, write_course  # noqa: E402
from grading.hostile.declare import HONEST, SOUND, Hostile, Made  # noqa: E402
from grading.hostile.everybody import SECRET, SET, outside_of, phrase  # noqa: E402
from grading.hostile.table import tables  # noqa: E402
from grading.people import submitted  # noqa: E402
from nbgrader.api import Gradebook, MissingEntry  # noqa: E402

from iop_training.grading.release import release  # noqa: E402

SECONDS, MOST = 240, 300_000_000
HIDDEN = "### BEGIN HIDDEN TESTS\nassert {}\n### END HIDDEN TESTS"
PWNED = re.compile(r'<script>window\.pwned|on(load|error)="window\.pwned|href="javascript:')
NEIGHBOR = "z-honest"


def source_text() -> str:
    """The assignment with code to write: the same ids and points as the small course."""
    solution = {"solution": True, "locked": False}
    tests = {"m01-q01": "first == 'b'", "m01-q02": "sorted(several) == ['a', 'c']"}
    return notebook_text(
        [
            markdown("intro", "# An assignment", locked=True),
            code("first", "### BEGIN SOLUTION\nfirst = 'b'\n### END SOLUTION", **solution),
            code("m01-q01", HIDDEN.format(tests["m01-q01"]), grade=True, points=2),
            code("several", "### BEGIN SOLUTION\nseveral = 'ac'\n### END SOLUTION", **solution),
            code("m01-q02", HIDDEN.format(tests["m01-q02"]), grade=True, points=3),
            markdown("m01-w01", "Say why.", grade=True, points=4, **solution),
        ]
    )


def nbgrader(course: Path, *words: str) -> int | None:
    """nbgrader as a supervisor calls it, bounded; its exit code, None when it took too long."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=course,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, MOST)),
    )
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None


def stock_course(folder: Path) -> Path:
    """A course with nbgrader's defaults, its assignment released."""
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n", encoding="utf-8"
    )
    path = folder / "source" / "m01" / "m01.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(source_text(), encoding="utf-8")
    assert nbgrader(folder, "generate_assignment", "m01") == 0
    return folder


def hand_in(course: Path, sound: Path, student: str, written: str) -> Path:
    """What somebody hands in there: the first right, the second not; and, so that the set can
    spoil them, the files of our own submissions."""
    folder = course / "submitted" / student / "m01"
    shutil.copytree(sound, folder)
    notebook = json.loads((course / "release/m01/m01.ipynb").read_bytes())
    answers = {"first": "first = 'b'", "several": "several = ['b']", "m01-w01": written}
    for one in notebook["cells"]:
        one["source"] = answers.get(one["metadata"]["nbgrader"]["grade_id"], one["source"])
    (folder / "m01.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def outcome(one: Hostile, released: Path, sound: Path) -> str:
    """What nbgrader makes of a submission of the set, in words."""
    with tempfile.TemporaryDirectory() as temporary, socket.create_server(("127.0.0.1", 0)) as port:
        course = Path(shutil.copytree(released, Path(temporary) / "course"))
        outside = outside_of(Path(temporary))
        for student in ("b-honest", one.name, NEIGHBOR):
            hand_in(course, sound, student, phrase(student))
        folder = course / "submitted" / one.name / "m01"
        made = Made(one.name, course, folder, outside, port.getsockname()[1])
        one.make(made)
        if not (folder.is_symlink() or folder.parent.is_symlink()):  # what is linked to has to stay
            shutil.rmtree(course / "submitted" / "b-honest")
        ended = nbgrader(course, "autograde", "m01")
        words = ["took more than four minutes"] if ended is None else []
        words += [_points(course, one)]
        words += ["its code ran"] if made.ran.exists() else []
        said = made.ran.read_text("utf-8", "replace") if made.ran.exists() else ""
        words += ["**it read the keys**"] if "assert first ==" in said else []
        port.setblocking(False)
        words += ["**it called out**"] if _called(port) else []
        words += ["**a file of others was copied**"] if _leaked(course, one) else []
        words += ["**its script is in the feedback page**"] if _script(course, one) else []
        words += _neighbor(course)
        return ", ".join(words)


def _points(course: Path, one: Hostile) -> str:
    points = _total(course, one.name)
    if points is None:
        return "not graded"
    more = points > max((earned.points for earned in one.earns), default=HONEST.points)
    return f"**{points:g} of 5, undeserved**" if more else f"{points:g} of 5"


def _total(course: Path, student: str) -> float | None:
    """The points that the gradebook gives; None where nothing was graded."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "stock") as book:
        try:
            submission = book.find_submission("m01", student)
        except MissingEntry:
            return None
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        done = [grade for grade in grades if grade.auto_score is not None]
        return float(submission.score) if done else None


def _called(port: socket.socket) -> bool:
    try:
        return bool(port.accept())
    except BlockingIOError:
        return False


def _leaked(course: Path, one: Hostile) -> bool:
    files = (course / "autograded" / one.name).rglob("*")
    return any(p.is_file() and SECRET.encode() in p.read_bytes() for p in files)


def _script(course: Path, one: Hostile) -> bool:
    if not (course / "autograded" / one.name / "m01" / "m01.ipynb").is_file():
        return False
    text = (course / "autograded" / one.name / "m01" / "m01.ipynb").read_text("utf-8", "replace")
    if "pwned" not in text:
        return False
    nbgrader(course, "generate_feedback", "m01", "--student", one.name)
    pages = (course / "feedback" / one.name).rglob("*.html")
    return any(PWNED.search(page.read_text("utf-8", "replace")) for page in pages)


def _neighbor(course: Path) -> list[str]:
    points = _total(course, NEIGHBOR)
    if points is None:
        return ["**the honest one after it was not graded**"]
    return [] if points == HONEST.points else [f"**the honest one after it got {points:g} of 5**"]


def main() -> None:
    """Everybody, one after the other."""
    with tempfile.TemporaryDirectory() as temporary:
        ours = write_course(Path(temporary) / "ours")
        shutil.copyfile(ROOT / "nbgrader_config.py", ours / "nbgrader_config.py")
        release(ours, "m01")
        sound = submitted(ours, "somebody", SOUND, Path(temporary))
        released = stock_course(Path(temporary) / "stock")
        found = {}
        for one in SET.values():
            found[one.name] = one.stock or outcome(one, released, sound)
            print(f"{one.name}: {found[one.name]}", file=sys.stderr, flush=True)
    print(tables(found))


if __name__ == "__main__":
    main()
