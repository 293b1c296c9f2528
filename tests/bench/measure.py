"""Measures whole programs: processor time of a process and all its children, time on the clock, and
the memory of each process while it runs (Linux)."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = str(Path(sys.executable).parent)
"""nbgrader calls alembic by name."""


@dataclass(frozen=True)
class Sample:
    """A moment of a run: seconds since it began, what the caller counted, and the resident memory
    of its largest process and of all together in MB."""

    at: float
    done: int
    largest: float
    together: float


@dataclass(frozen=True)
class Usage:
    """What a run took: ``cpu`` are user and system seconds of the process and its children,
    ``peak`` the most resident memory that one of them had in MB, as the kernel kept count."""

    cpu: float
    wall: float
    peak: float
    samples: tuple[Sample, ...] = ()


@dataclass
class _Watch:
    """Looks at a process and its descendants every so often."""

    pid: int
    count: Callable[[], int]
    every: float
    peaks: dict[int, float] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)

    def until(self, over: threading.Event) -> None:
        began = time.monotonic()
        while not over.wait(self.every):
            memory = [m for p in family(self.pid) if (m := self._memory(p))]
            if memory:
                done = self.count()
                at = time.monotonic() - began
                self.samples.append(Sample(at, done, max(memory), sum(memory)))

    def _memory(self, pid: int) -> float:
        with contextlib.suppress(OSError, AttributeError):
            status = Path(f"/proc/{pid}/status").read_text()
            self.peaks[pid] = _megabytes(status, "VmHWM")
            return _megabytes(status, "VmRSS")
        return 0.0


def family(pid: int) -> list[int]:
    """A process and its descendants, as far as they are there."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def run(
    words: Sequence[object],
    cwd: Path,
    count: Callable[[], int] | None = None,
    every: float = 0.25,
) -> Usage:
    """Run a program to its end; RuntimeError with its last words when that is bad. With ``count``
    it is sampled every so many seconds, and ``count`` says how far it is."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PATH": PROGRAMS + os.pathsep + os.environ.get("PATH", ""),
    }
    log = cwd / ".bench.log"
    with log.open("wb") as output:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        watch, over = _Watch(process.pid, count or int, every), threading.Event()
        watcher = threading.Thread(target=watch.until, args=(over,))
        watcher.start()
        # wait4 counts the children that the process has waited for as well.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        over.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").strip()[-300:]
        raise RuntimeError(f"{' '.join(map(str, words))} ended with {process.returncode}: {last}")
    # Not ru_maxrss: it begins with the memory of this process, of which the other was a copy.
    peak = max(watch.peaks.values(), default=0.0)
    return Usage(used.ru_utime + used.ru_stime, wall, peak, tuple(watch.samples if count else ()))


def _megabytes(status: str, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
