"""Code that is out to do harm, graded beside honest code: it reaches nothing, and stops nobody.

A kernel takes seconds to start, so one notebook has several attacks, and all are graded once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from code_course import NAME, RIGHT, answered, cell, hand_in, write_code
from content.course import write_course
from nbgrader.api import Gradebook

from iop_training.grading.code.sandbox import why_not
from iop_training.grading.grade import grade
from iop_training.grading.release import release
from iop_training.grading.result import Result

pytestmark = pytest.mark.skipif(
    bool(why_not()), reason=f"NO SANDBOX, SO HOSTILE CODE WAS NOT TRIED: {why_not()}"
)

LIMITS = """
c.ExecutePreprocessor.timeout = 5
c.SandboxedExecute.seconds = 20
c.SandboxedExecute.memory_mb = 1200
c.SandboxedExecute.output_mb = 2
"""
MARK = f"left-behind-{os.getpid()}"
REACHES = """
import glob, json, mmap, os, pathlib, socket, subprocess
found = {}
def tries(name, attempt):
    try:
        found[name] = attempt()
    except BaseException as error:
        found[name] = type(error).__name__
course = pathlib.Path(COURSE)
tries("keys", lambda: (course / "data/items/m01.yaml").read_text())
tries("source", lambda: (course / "source/codelab/codelab.ipynb").read_text())
tries("gradebook", lambda: open(course / "gradebook.db", "rb").read(16).hex())
tries("plant", lambda: open(course / "gradebook.db", "ab").write(b"x"))
tries("other", lambda: (course / "submitted/ann/codelab/codelab.ipynb").read_text())
tries("course", lambda: os.listdir(course))
tries("home", lambda: os.listdir(os.path.expanduser("~")))
tries("tests", lambda: [p for p in glob.glob("**", recursive=True) if p.endswith(".ipynb")])
tries("secrets", lambda: sorted(k for k in os.environ if "SECRET" in k))
tries("parent", lambda: open("/proc/1/environ").read().count("SECRET"))
tries("processes", lambda: len([p for p in os.listdir("/proc") if p.isdigit()]))
tries("account", lambda: open("/etc/shadow").read())
tries("network", lambda: socket.create_connection(("127.0.0.1", PORT), timeout=2).recv(5))
tries("address", lambda: socket.getaddrinfo("example.org", 80))
tries("outside", lambda: open("/usr/lib/planted", "w"))
tries("root", lambda: os.mkdir("/planted"))
tries("devices", lambda: open("/dev/planted", "w"))
tries("mount", lambda: subprocess.run(["mount", "-t", "tmpfs", "x", "/tmp"]).returncode)
tries("namespace", lambda: subprocess.run(["unshare", "-Ur", "true"]).returncode)
tries("trace", lambda: os.kill(1, 9))
tries("own", lambda: open("mine.txt", "w").write("mine"))
tries("big", lambda: [open(f"big{n}", "wb").write(bytes(10**7)) for n in range(40)] and "all")
for path in glob.glob("big*"):
    os.remove(path)
tries("memory", lambda: len(b"x" * 3 * 10**9))
def forks():
    for number in range(500):
        if os.fork() == 0:
            import time
            time.sleep(60)
            os._exit(0)
tries("forks", forks)
print(json.dumps(found))
"""
STRIPS = """
import ast
class Strips(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Strips())
"""
LEAVES = f"""
import os, signal, subprocess
subprocess.Popen(["setsid", "sleep", "3600"], env=dict(MARK="{MARK}", PATH="/usr/bin"))
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv("/usr/bin/env", ["env", "MARK={MARK}", "sleep", "3600"])
    os._exit(0)
for pid in range(1, 4000):
    if pid != os.getpid():
        try:
            os.kill(pid, signal.SIGTERM)
        except OSError:
            pass
os._exit(1)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    time.sleep(0.01)
"""
HOGS = """
import os, time
for number in range(6):
    if os.fork() == 0:
        kept = b"x" * 400_000_000
        time.sleep(60)
time.sleep(60)
"""
FLOODS = "while True:\n    print('x' * 1000)"
LITTERS = """
import glob, os
for folder in glob.glob("/tmp/iop-*/k"):
    os.chdir(folder)
    for number in range(2000):
        os.mkdir("d")
        os.chdir("d")
import time
time.sleep(60)
"""
SHOWS = """
from IPython.display import HTML, Javascript, display
display(HTML("<script>alert('html')</script>"), Javascript("alert('js')"))
print("<script>alert('text')</script>")
raise ValueError("<img src=x onerror=alert('error')>")
"""


@dataclass(frozen=True)
class Batch:
    """A course in which everybody was graded at once."""

    root: Path
    results: dict[str, Result]
    before: dict[str, str]
    ways: set[Path]
    """The folders of its sandboxes."""

    def outputs(self, student: str) -> list[dict[str, Any]]:
        """What the trainee's own cell wrote."""
        path = self.root / "autograded" / student / NAME / f"{NAME}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        own = notebook["cells"].index(cell(notebook, "double")) + 1
        return list(notebook["cells"][own]["outputs"])

    def grades(self, student: str) -> dict[str, tuple[float | None, bool]]:
        """Cell to automatic score, and whether a person is to look."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "iop") as book:
            found = book.find_submission_notebook(NAME, NAME, student).grades
            return {g.name: (g.auto_score, g.needs_manual_grade) for g in found}


@pytest.fixture(scope="module")
def batch(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """One honest trainee first, one last, and the others between them."""
    course = write_code(write_course(tmp_path_factory.mktemp("hostile") / "course"))
    config = (root / "nbgrader_config.py").read_text(encoding="utf-8")
    (course / "nbgrader_config.py").write_text(config + LIMITS, encoding="utf-8")
    release(course, NAME)
    known = f"COURSE, PORT = {str(course)!r}, 22"
    hostile = {
        "deaf": DEAF,
        "floods": FLOODS,
        "hogs": HOGS,
        "leaves": LEAVES,
        "litters": LITTERS,
        "reaches": known + REACHES,
        "shows": SHOWS,
    }
    hand_in(course, "ann", answered(course))
    for student, attack in hostile.items():
        hand_in(course, student, answered(course, RIGHT, attack))
    hand_in(course, "strips", answered(course, "def double(number):\n    return 0", STRIPS))
    hand_in(course, "forges", _forged(course))
    hand_in(course, "torn", b'{"cells": [')
    hand_in(course, "zoe", answered(course))
    before, ways, mkdtemp = _contents(course), set[Path](), tempfile.mkdtemp

    def recorded(*words: Any, **more: Any) -> str:
        made = mkdtemp(*words, **more)
        ways.add(Path(made))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", recorded)
        patch.setenv("COURSE_SECRET", "a password")
        results = grade(course, NAME)
    return Batch(course, {r.student: r for r in results}, before, ways)


def _forged(course: Path) -> dict[str, Any]:
    """Claims more points, a cell for a person as a passed test, and another format; one test is
    gone, another is there twice."""
    notebook = answered(course, "def double(number):\n    return 0")
    cell(notebook, "why")["metadata"]["nbgrader"] |= {"solution": False, "schema_version": 99}
    cell(notebook, "why")["cell_type"] = "raw"
    test = cell(notebook, "test-double")
    test["metadata"]["nbgrader"] |= {"points": 100, "locked": False}
    test["source"] = "100.0"
    twice = json.loads(json.dumps(test)) | {"id": "again"}
    notebook["cells"].insert(0, twice)
    notebook["cells"].remove(cell(notebook, "test-data"))
    notebook["metadata"]["iop"] = {"code": False}
    notebook["metadata"]["kernelspec"] = {"name": "sh", "display_name": "sh", "language": "sh"}
    return notebook


def _contents(course: Path) -> dict[str, str]:
    """Digest of each file that grading has no business to change."""
    return {
        str(path.relative_to(course)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in course.rglob("*")
        if path.is_file()
        and "autograded" not in path.parts
        and not path.name.startswith("gradebook.db")
    }


def test_do_honest_people_get_their_points_beside_the_others(batch: Batch) -> None:
    for student in ("ann", "zoe"):
        result = batch.results[student]
        assert (result.status, result.points, result.to_read) == ("graded", 3, 1), result
        assert result.flags == ()


def test_does_code_reach_nothing_but_its_own_folder(batch: Batch) -> None:
    (written,) = (o for o in batch.outputs("reaches") if o["name"] == "stdout")
    found = json.loads("".join(written["text"]))
    gone, shut = "FileNotFoundError", "OSError"
    denied = {gone, "PermissionError", shut}
    for name in ("keys", "source", "gradebook", "plant", "other", "course", "account"):
        assert found.pop(name) in denied, name
    for name in ("outside", "root", "devices", "trace"):
        assert found.pop(name) in {*denied, None}, name
    assert found.pop("network") in ("ConnectionRefusedError", shut)
    assert found.pop("address") == "gaierror"
    assert found.pop("mount") != 0 and found.pop("namespace") != 0
    assert found.pop("processes") < 10
    assert found.pop("own") == 4
    assert found.pop("big") == shut  # its folder has an end
    assert found.pop("memory") == "MemoryError"
    assert found.pop("forks") == "BlockingIOError"
    assert found.pop("parent") in (0, "PermissionError")
    assert set(found.pop("home")) <= {"work", ".ipython"}
    assert found == {"tests": [], "secrets": []}
    assert batch.results["reaches"].points == 3


@pytest.mark.parametrize(
    ("student", "why"),
    [
        ("deaf", "20 seconds|stopped answering"),
        # Its own memory may end first, where it writes faster than it is read.
        ("floods", "2 MB of output|stopped answering|ended the kernel"),
        ("hogs", "1,200 MB of memory"),
        ("leaves", "ended the kernel"),
        ("litters", "wrote files where only its kernel may"),
    ],
)
def test_is_what_takes_too_much_stopped_and_left_to_a_person(
    batch: Batch, student: str, why: str
) -> None:
    result = batch.results[student]
    assert result.status == "graded"
    (flag,) = result.flags
    assert flag.startswith("Its code was stopped.")
    assert any(words in flag for words in why.split("|")), flag
    # What did not run is worth nothing by itself, and a person is asked.
    assert batch.grades(student)["test-double"] == (0, True)
    assert result.points == 0


def test_is_forged_metadata_worth_nothing(batch: Batch) -> None:
    result = batch.results["forges"]
    assert (result.status, result.points, result.max_points) == ("graded", 0, 6)
    assert batch.grades("forges") == {
        "test-double": (0, False),
        "test-data": (0, True),
        "why": (None, True),
    }
    assert result.flags == ("Graded cells are gone from the notebook: test-data.",)


def test_is_a_torn_notebook_told_by_name(batch: Batch) -> None:
    result = batch.results["torn"]
    assert result.status == "failed"
    assert result.message == (
        "The notebook, which holds the answers, can't be read: it is damaged. Ask for it to be "
        "handed in again."
    )


def test_are_outputs_text_only(batch: Batch) -> None:
    outputs = batch.outputs("shows")
    kinds = {kind for o in outputs for kind in o.get("data", {"stream or error": ""})}
    assert kinds == {"text/plain", "stream or error"}


def test_are_marks_only_as_good_as_tests_in_the_trainees_kernel(batch: Batch) -> None:
    """What the documentation warns of: whoever takes the asserts away passes them."""
    assert batch.results["strips"].points == 3


def test_is_nothing_left_behind(batch: Batch) -> None:
    assert _contents(batch.root) == batch.before
    assert [way for way in batch.ways if way.parent == Path("/tmp")]
    assert not [way for way in batch.ways if way.exists()]
    running = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            running += [path] if MARK.encode() in path.read_bytes() else []
        except OSError:
            continue
    assert running == []
    for student in batch.results:
        files = {p.name for p in (batch.root / "autograded" / student / NAME).glob("*")}
        assert files <= {f"{NAME}.ipynb", "data.csv", "iop-report.json", "timestamp.txt"}


def test_is_it_refused_where_there_is_no_sandbox(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Path(shutil.copytree(batch.root, tmp_path / "course"))
    monkeypatch.setenv("PATH", str(tmp_path))
    why_not.cache_clear()
    try:
        (refused,) = grade(course, NAME, ["ann"], again=True)
        config = course / "nbgrader_config.py"
        text = config.read_text(encoding="utf-8")
        assert "allow_unsandboxed = False" in text
        config.write_text(text.replace("allow_unsandboxed = False", "allow_unsandboxed = True"))
        (allowed,) = grade(course, NAME, ["ann"], again=True)
    finally:
        why_not.cache_clear()
    assert refused.status == "failed"
    assert "bubblewrap is not installed. On Debian: sudo apt install bubblewrap" in refused.message
    assert (allowed.status, allowed.points) == ("graded", 3)
