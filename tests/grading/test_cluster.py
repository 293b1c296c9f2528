"""Grading on Dask clusters: the same gradebook, private ways only, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from grading.books import autograded, sqlite_book
from grading.odd import crowd
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.errors import GradingError
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.batch.pool import Done, Runner, processes
from iop_training.grading.grade import grade
from iop_training.grading.handed_in import HandedIn

distributed = pytest.importorskip("distributed", reason="no Dask: grading on clusters not tested")

from grading.clusters import ROOT, running  # noqa: E402

from iop_training.grading.batch.cluster import Sealed, cluster  # noqa: E402

CROWD = 96
POISON = "poison"
"""Workers of the cluster end when they grade this person."""
PRELOAD = f"""
import os
from iop_training.grading.batch.work import Grader
grade = Grader.grade
def dask_setup(worker):
    die = lambda self, handed: handed.student == {POISON!r} and os._exit(9)
    Grader.grade = lambda *args: die(*args) or grade(*args)
"""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by what docs/running.md says."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl: grading over TLS not tested")
    folder = tmp_path_factory.mktemp("certificates")
    text = (ROOT / "docs/running.md").read_text(encoding="utf-8")
    [commands] = [c for c in re.findall(r"```sh\n(.*?)```", text, re.S) if "openssl" in c]
    subprocess.run(["sh", "-e", "-c", commands], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def tls(certificates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster of two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    preload = folder / "preload.py"
    preload.write_text(PRELOAD)
    options = ("--nworkers", 2, "--preload", preload)
    with running(folder, *options, certificates=certificates, allowed_failures=1) as (address, _):
        yield address


@pytest.fixture(scope="module")
def unkilled(odd: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crowd, graded in this process."""
    course = crowd(tmp_path_factory.mktemp("unkilled") / "course", odd, CROWD)
    grade(course, "m01")
    return course


@pytest.fixture
def ungraded(odd: Path, tmp_path: Path) -> Path:
    """The same crowd, not graded."""
    return crowd(tmp_path / "crowd", odd, CROWD)


def _same(one: Path, other: Path) -> None:
    assert sqlite_book(one) == sqlite_book(other)
    assert autograded(one) == autograded(other)


def _after(number: int, runner: Runner, act: Callable[[], object]) -> Runner:
    """The runner, and ``act`` once it has given so many results."""

    def run(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
        for n, done in enumerate(runner(prepared, submissions)):
            if n == number:
                act()
            yield done

    return run


def _client(address: str, certificates: Path | None = None) -> Any:
    files = {}
    if certificates:
        for name, file in (("ca_file", "ca"), ("client_cert", "cert"), ("client_key", "key")):
            files[f"tls_{name}"] = str(certificates / f"{file}.pem")
    security = distributed.Security(require_encryption=bool(files), **files)
    return distributed.Client(address, security=security, set_as_default=False)


@pytest.mark.parametrize("workers", [1, 4])
def test_processes_give_the_same_as_one(odd: Path, tmp_path: Path, workers: int) -> None:
    here, there = (Path(shutil.copytree(odd, tmp_path / name)) for name in ("here", "there"))
    assert grade(here, "m01") == grade(there, "m01", run=processes(workers))
    _same(here, there)


def test_a_cluster_gives_the_same_and_loads_no_nbgrader(
    unkilled: Path, ungraded: Path, tls: str, certificates: Path
) -> None:
    words = ["grade", "m01", "--course", str(ungraded)]
    done = CliRunner().invoke(app, [*words, "--scheduler", tls, "--certificates", certificates])
    assert done.exit_code == 0, done.output
    assert f"{CROWD} submissions: {CROWD} graded." in " ".join(done.output.split())
    _same(unkilled, ungraded)
    with _client(tls, certificates) as client:
        loaded = client.run(eval, "{*__import__('sys').modules}")
    assert all("iop_training.grading.batch.work" in modules for modules in loaded.values())
    heavy = {"nbgrader", "nbformat", "nbconvert", "sqlalchemy"}
    assert not any(heavy & modules for modules in loaded.values())


@pytest.mark.parametrize("protocol", [4, 5])
def test_what_travels_arrives_by_either_protocol_of_pickle(protocol: int) -> None:
    sent, beside = Sealed(("Alex", b"{}")), list[pickle.PickleBuffer]()
    apart = {"buffer_callback": beside.append} if protocol == 5 else {}
    arrived = pickle.loads(pickle.dumps(sent, protocol, **apart), buffers=map(memoryview, beside))
    again = pickle.loads(pickle.dumps(arrived, protocol))
    assert arrived.opened() == again.opened() == ("Alex", b"{}")
    assert len(beside) == (protocol == 5)


def test_a_worker_killed_in_the_middle_loses_nothing(
    unkilled: Path, ungraded: Path, tls: str, certificates: Path
) -> None:
    with _client(tls, certificates) as client:
        client.wait_for_workers(2)
        pids = [*client.run(os.getpid).values()]
    kill = lambda: os.kill(pids[0], signal.SIGKILL)  # noqa: E731
    results = grade(ungraded, "m01", run=_after(10, cluster(tls, certificates), kill))
    assert {r.status for r in results} == {"graded"}
    _same(unkilled, ungraded)


def test_one_that_ends_every_worker_is_left_out_with_a_sentence(
    odd: Path, tls: str, certificates: Path, tmp_path: Path
) -> None:
    course = Path(shutil.copytree(odd, tmp_path / "course"))
    shutil.copytree(course / "submitted/right", course / "submitted" / POISON)
    results = {r.student: r for r in grade(course, "m01", run=cluster(tls, certificates))}
    assert {s for s, r in results.items() if r.status != "graded"} == {POISON}
    assert "ended several times" in results[POISON].message
    assert grade(course, "m01", [POISON])[0].status == "graded"
    assert sqlite_book(course) == sqlite_book(_graded(odd, tmp_path / "here"))


def _graded(odd: Path, course: Path) -> Path:
    shutil.copytree(odd, course)
    shutil.copytree(course / "submitted/right", course / "submitted" / POISON)
    grade(course, "m01")
    return course


def test_a_scheduler_that_goes_away_is_a_sentence_and_the_next_run_goes_on(
    unkilled: Path, ungraded: Path, tmp_path: Path
) -> None:
    with running(tmp_path, "--nworkers", 1) as (address, scheduler):
        run = _after(10, cluster(address), scheduler.kill)
        with pytest.raises(GradingError, match=r"went away while it graded \(.*goes on where"):
            grade(ungraded, "m01", run=run)
    results = grade(ungraded, "m01")
    assert {r.status for r in results} == {"graded", "unchanged"}
    _same(unkilled, ungraded)


@pytest.mark.parametrize("address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "ws://127.0.0.1:1"])
def test_nothing_goes_openly_to_another_machine(course: Path, address: str) -> None:
    (course / "submitted/ann/m01").mkdir(parents=True)
    done = CliRunner().invoke(
        app, ["grade", "m01", "--course", str(course), "--scheduler", address]
    )
    assert done.exit_code == 2
    assert "without encryption" in done.stderr and "docs/running.md" in done.stderr


def test_an_address_over_tls_takes_certificates(tmp_path: Path, certificates: Path) -> None:
    with pytest.raises(GradingError, match=r"takes certificates. Say where"):
        cluster("tls://10.0.0.1:8786")
    with pytest.raises(GradingError, match="can't be used"):
        cluster("tls://10.0.0.1:8786", tmp_path)
    with pytest.raises(GradingError, match="no address"):
        cluster("tcp://[::1", certificates)


def test_a_stranger_s_certificates_are_refused(
    odd: Path, tls: str, certificates: Path, tmp_path: Path
) -> None:
    strange = tmp_path / "strange"
    strange.mkdir()
    own = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=stranger"]
    subprocess.run(
        [*own, "-keyout", strange / "key.pem", "-out", strange / "cert.pem"],
        check=True,
        capture_output=True,
    )
    shutil.copyfile(certificates / "ca.pem", strange / "ca.pem")
    with pytest.raises(GradingError, match="no Dask scheduler to be reached"):
        grade(odd, "m01", run=cluster(tls, strange), dry_run=True)


def test_no_scheduler_is_a_sentence(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iop_training.grading.batch.cluster.CONNECT", 1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(GradingError, match="no Dask scheduler to be reached"):
        grade(odd, "m01", run=cluster(address), dry_run=True)


@pytest.mark.parametrize("remote", ["worker", "scheduler"])
def test_one_open_connection_of_the_cluster_is_enough_to_refuse_it(odd: Path, remote: str) -> None:
    """A scheduler reached on this machine may have workers elsewhere, and listen to anybody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            pytest.skip("this machine has no network: open workers not tested")
        here = probe.getsockname()[0]

    worker = here if remote == "worker" else "127.0.0.1"
    listening = {
        "host": "127.0.0.1" if remote == "worker" else "0.0.0.0",
        "port": 0,
        "dashboard_address": "127.0.0.1:0",
    }

    async def refused() -> None:
        async with distributed.Scheduler(**listening) as started:
            address = f"tcp://127.0.0.1:{started.port}"
            async with distributed.Worker(address, host=worker, nthreads=1):
                with pytest.raises(GradingError, match=f"{here}.*reach without encryption"):
                    await asyncio.to_thread(grade, odd, "m01", run=cluster(address), dry_run=True)
                assert not started.tasks

    asyncio.run(refused())
