"""How well the work that is not the database spreads over processes, local ones and Dask's.

As a program it times one runner alone: submissions are in memory, results are thrown away. Each
worker has as many submissions as it would have alone, because the first take longer.

python tests/bench/runners.py COURSE ASSIGNMENT WORKERS [ADDRESS]
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from bench.measure import ROOT, run  # noqa: E402
from bench.row import Row  # noqa: E402

from iop_training.grading.autograde.prepared import Prepared  # noqa: E402
from iop_training.grading.batch.pool import Runner, processes  # noqa: E402
from iop_training.grading.handed_in import read_handed_in  # noqa: E402

WORKERS = (1, 2, 4)
WARM, END = 0.5, 0.9
"""The shares of the results at which the clock starts and stops: at first processes have to start,
and at last some wait for the others."""
PATIENCE = 60
QUIET = {
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}
"""As in docs/running.md: how often the cluster's processes look at themselves."""


def efficiency(course: Path, assignment: str, turns: int) -> Iterator[Row]:
    """A line for local processes and one for a Dask cluster on this machine, of the cohort that
    was submitted in ``course``; each number of workers has its turn so many times."""
    yield _row("local processes", turns, lambda n: _rate(course, assignment, n))
    yield _row("Dask workers", turns, lambda n: _on_a_cluster(course, assignment, n))


def _on_a_cluster(course: Path, assignment: str, workers: int) -> float:
    with _cluster(course, workers) as address:
        return _rate(course, assignment, workers, address)


def _row(name: str, turns: int, rate: Callable[[int], float]) -> Row:
    measured = [[rate(n) for n in WORKERS] for _ in range(turns)]
    rates = [median(of) for of in zip(*measured, strict=True)]
    shares = [f"{rate / rates[0] / n:.2f}" for n, rate in zip(WORKERS, rates, strict=True)]
    return Row(
        f"efficiency of {', '.join(map(str, WORKERS))} {name} on {os.cpu_count()} cores",
        ", ".join(shares),
        "0.9 up to the cores there are",
        f"{', '.join(f'{rate:,.0f}' for rate in rates)} submissions a second, no database",
    )


def _rate(course: Path, assignment: str, workers: int, *address: str) -> float:
    """Submissions a second."""
    run([__file__, ".", assignment, workers, *address], course)
    return float((course / ".bench.log").read_text().split()[-1])


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler on the loopback with so many workers of one thread."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    dask = [sys.executable, "-m", "dask"]
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    commands = [
        [*dask, "scheduler", *here, "--port", port],
        *([*dask, "worker", address, *here, "--nthreads", "1"] for _ in range(workers)),
    ]
    environment = os.environ | QUIET | {"PYTHONPATH": str(ROOT)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen(c, cwd=folder, env=environment, **quiet) for c in commands]
    try:
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(PATIENCE)


def _runner(workers: int, address: str) -> Runner:
    if not address:
        return processes(workers)
    from distributed import Client

    from iop_training.grading.batch.cluster import cluster

    with Client(address, timeout=PATIENCE) as client:
        client.wait_for_workers(workers, timeout=PATIENCE)
    return cluster(address)


def main(course: Path, assignment: str, workers: int, address: str = "") -> None:
    """Print how many submissions a second one runner grades."""
    released = course / "release" / assignment / f"{assignment}.ipynb"
    prepared = Prepared.load(course, released)
    folders = sorted((course / "submitted").glob(f"*/{assignment}"))
    folders = folders[: len(folders) * workers // max(WORKERS)]
    handed = [read_handed_in(folder, folder.parent.name, assignment) for folder in folders]
    runner = _runner(workers, address)
    first, last = (int(share * len(handed)) for share in (WARM, END))
    at = [0.0]
    for _, graded in runner(prepared, handed):
        assert not graded.error, graded.error
        at.append(time.perf_counter())
    print((last - first) / (at[last] - at[first]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
