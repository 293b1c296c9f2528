"""Graders that are killed: nothing is lost, and no process stays."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest
from grading.books import autograded, sqlite_book
from grading.odd import crowd

from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.batch.pool import Done, processes
from iop_training.grading.grade import grade
from iop_training.grading.handed_in import HandedIn

KILLING = Path(__file__).with_name("killing.py")

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="no /proc: killed graders not tested"
)


@pytest.mark.parametrize(
    ("kills", "people"), [(4, 60), pytest.param(50, 100, marks=pytest.mark.slow)]
)
def test_a_killed_run_goes_on_in_the_next(
    odd: Path, tmp_path: Path, kills: int, people: int
) -> None:
    course = crowd(tmp_path / "course", odd, people)
    seed = 1
    words = [course, tmp_path, kills, seed]
    done = subprocess.run(
        [sys.executable, KILLING, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    print(*lines, sep="\n")
    assert len(lines) == kills
    for line in lines:
        assert (line["code"], line["other"], line["stayed"]) == (0, [], 0), line


@pytest.mark.parametrize("moment", ["while it grades", "while it hands over"])
def test_a_killed_worker_loses_nothing(odd: Path, tmp_path: Path, moment: str) -> None:
    def run(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
        for n, done in enumerate(processes(2)(prepared, submissions)):
            if n == 10:
                [victim, *_] = multiprocessing.active_children()
                if moment == "while it hands over":
                    _wait_until_stuck(psutil.Process(victim.pid))
                victim.kill()
            yield done

    killed, other = (crowd(tmp_path / name, odd, 80) for name in ("killed", "other"))
    assert {r.status for r in grade(killed, "m01", run=run)} == {"graded"}
    assert not multiprocessing.active_children()
    grade(other, "m01")
    assert sqlite_book(killed) == sqlite_book(other)
    assert autograded(killed) == autograded(other)


def _wait_until_stuck(worker: psutil.Process) -> None:
    """Nobody takes its results now, and a pipe holds less than one of its groups."""
    spent = None
    while spent != (spent := worker.cpu_times()):
        time.sleep(1)
