"""A program that kills graders at random moments, for ``test_killed``.

``python killing.py COURSE FOLDER KILLS SEED`` grades copies of COURSE, kills each run while results
come, and lets a second one finish. It prints a line of JSON for each: who was killed ("way"), how
many were graded by then ("done"), how the second run ended ("code"), what is other than after an
unkilled run ("other"), and how many processes stayed. It forks after its imports, since importing
nbgrader takes seconds.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WAYS = ("one process", "coordinator of two workers", "coordinator and both workers")


def main(course: Path, folder: Path, kills: int, seed: int) -> None:
    """Kill so many, one after the other."""
    # Not on top: worker processes import this file again.
    from grading.books import autograded, sqlite_book

    def result(course: Path) -> dict[str, Any]:
        return {"gradebook": sqlite_book(course), "autograded": autograded(course)}

    chance = random.Random(seed)
    unkilled = Path(shutil.copytree(course, folder / "unkilled"))
    grader = _started(unkilled, WAYS[0])
    began = time.monotonic()
    _wait(grader)
    took = time.monotonic() - began
    expected = result(unkilled)
    for number in range(kills):
        way = WAYS[number % len(WAYS)]
        copy = Path(shutil.copytree(course, folder / str(number)))
        grader = _started(copy, way)
        time.sleep(chance.uniform(0, took))
        (os.killpg if way.endswith("both workers") else os.kill)(grader, signal.SIGKILL)
        _wait(grader)
        done = len([*copy.glob("autograded/*/m01/iop-report.json")])
        code = _wait(_started(copy, way))
        found = result(copy)
        other = [name for name in expected if found[name] != expected[name]]
        line = {"way": way, "done": done, "code": code, "other": other, "stayed": _stayed(grader)}
        print(json.dumps(line), flush=True)
        shutil.rmtree(copy)


def _started(course: Path, way: str) -> int:
    """A forked process with a session of its own, which grades and has its first result; its id."""
    from iop_training.grading.batch.pool import in_this_process, processes
    from iop_training.grading.grade import grade

    runner = in_this_process if way == WAYS[0] else processes(2)
    reading, writing = os.pipe()

    def run(*given: Any) -> Iterator[Any]:
        for done in runner(*given):
            os.write(writing, b".")
            yield done

    if pid := os.fork():
        os.close(writing)
        os.read(reading, 1)  # nothing when it ended
        return pid
    os.setsid()
    try:
        os._exit(any(r.status == "failed" for r in grade(course, "m01", run=run)))
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(2)


def _wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _stayed(session: int) -> int:
    """Processes of a session that are still there after they had time to end."""
    for _ in range(100):
        left = [p for p in Path("/proc").glob("[0-9]*") if _session_of(p) == session]
        if not left:
            return 0
        time.sleep(0.1)
    os.killpg(session, signal.SIGKILL)
    return len(left)


def _session_of(process: Path) -> int:
    try:
        state, _, _, session = process.joinpath("stat").read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return -1
    return -1 if state == "Z" else int(session)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
