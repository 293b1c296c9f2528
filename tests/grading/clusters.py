"""Real Dask clusters on this machine, for tests: a scheduler and workers, each a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from iop_training.grading.batch.cluster import CERTIFICATES

ROOT = Path(__file__).parents[2]


@contextmanager
def running(
    folder: Path,
    *worker: object,
    certificates: Path | None = None,
    allowed_failures: int = 3,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a scheduler with workers that were started with the options ``worker``, and
    its process; over TLS where there are ``certificates``; ``folder`` takes the logs."""
    found = folder / "scheduler.json"
    protocol = "tls" if certificates else "tcp"
    shared: list[object] = ["--scheduler-file", found, "--protocol", protocol, "--no-dashboard"]
    shared += ["--dashboard-address", "127.0.0.1:0"]
    if certificates:
        options = ("--tls-ca-file", "--tls-cert", "--tls-key")
        for option, name in zip(options, CERTIFICATES, strict=True):
            shared += [option, certificates / name]
    started = [
        _start(
            folder / "scheduler.log",
            *("scheduler", "--host", "127.0.0.1", "--port", 0, *shared),
            DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=str(allowed_failures),
        )
    ]
    try:
        address = _address(found, started[0])
        options = ("--nthreads", 1, "--local-directory", folder, *worker)
        started.append(_start(folder / "workers.log", "worker", *shared, *options))
        yield address, started[0]
    finally:
        for process in reversed(started):
            _end(process)


def _start(log: Path, *words: object, **environment: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def _address(found: Path, scheduler: subprocess.Popen[bytes]) -> str:
    while scheduler.poll() is None:
        try:
            return str(json.loads(found.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError(found.with_name("scheduler.log").read_text())


def _end(process: subprocess.Popen[bytes]) -> None:
    """The process and all that it started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
