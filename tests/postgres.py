"""A PostgreSQL server for tests: made in a temporary folder, reached by a socket in it, gone after.

Nothing of the machine's own servers is touched. A server takes a second to start, so each worker
of a parallel run has its own, and each test a database of its own.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 60
# What is lost when the machine dies is no matter here.
SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "max_connections=60")


def programs() -> Path:
    """The folder of initdb and postgres; the test is skipped where there is none."""
    if sys.platform == "win32":
        pytest.skip("NOT TESTED: the gradebook in PostgreSQL; the tests start one on Linux only")
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if not found:
        pytest.skip("NOT TESTED: the gradebook in PostgreSQL. On Debian: apt install postgresql")
    return Path(found).resolve().parent


@contextmanager
def server() -> Iterator[Path]:
    """A running server; the folder with its socket. It refuses to run as root, so root gives it
    to the user nobody."""
    bin_folder, user = programs(), {}
    folder = Path(tempfile.mkdtemp(prefix="iop-pg-"))
    try:
        if os.geteuid() == 0:
            user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(folder, "nobody", "nogroup")
        make = ("-D", folder / "data", "-U", "iop", "-A", "trust", "-E", "UTF8", "-N")
        made = _run(bin_folder / "initdb", *make, "--locale=C.UTF-8", **user)
        assert made.returncode == 0, made.stderr
        words = [word for setting in SETTINGS for word in ("-c", setting)]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                [bin_folder / "postgres", "-D", folder / "data", "-k", folder, *words],
                cwd=folder, stdout=log, stderr=log, **user,
            )  # fmt: skip
        try:
            _wait(bin_folder, folder, process)
            yield folder
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def databases(folder: Path) -> Callable[[], str]:
    """Makes an empty database on the server at each call; its URL."""
    bin_folder, numbers = programs(), itertools.count(1)

    def make() -> str:
        name = f"gradebook{next(numbers)}"
        made = _run(bin_folder / "createdb", "-h", folder, "-U", "iop", name)
        assert made.returncode == 0, made.stderr
        return f"postgresql://iop@/{name}?host={folder}"

    return make


def _run(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(w) for w in words], cwd="/", capture_output=True, text=True, **more)


def _wait(bin_folder: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while _run(bin_folder / "pg_isready", "-q", "-h", folder).returncode:
        log = (folder / "log").read_text()
        assert process.poll() is None and time.monotonic() < deadline, log
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """At once, without writing anything down: it is thrown away. It ends its own processes."""
    process.send_signal(signal.SIGQUIT)
    process.wait(START_SECONDS)
