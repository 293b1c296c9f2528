"""Cluster: submissions spread over the workers of a Dask cluster, on this or on other machines.

The keys travel to the workers, and whoever reaches a scheduler can run programs on its workers and
read what they hold. So a cluster is used over TLS with certificates, or on this machine alone.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from time import monotonic
from typing import Any, SupportsIndex

from distributed import CancelledError, Client, Future, KilledWorker, Security
from distributed.comm.addressing import get_address_host, parse_address

import iop_training
from iop_training.errors import GradingError
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.batch.pool import WINDOW, Done, Group, Runner, given_up, groups
from iop_training.grading.batch.work import Graded, Grader, settled
from iop_training.grading.handed_in import HandedIn

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
"""The files in a folder of certificates: the cluster's own authority, and one signed by it with
its private key."""
TASK_COUNT, TASK_BYTES = 128, 8_000_000
"""More in one task than in the pool's, half a second's work: each costs scheduler and coordinator
some milliseconds, which the workers miss where all share a machine."""
PATIENCE = 60.0
"""Seconds to wait for a worker when there is none, and for a result to arrive that is there."""
CONNECT = 20.0
"""Seconds for a scheduler to answer."""
_LOOK = 5.0
"""Seconds between two looks at which workers there are."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def cluster(address: str, certificates: Path | None = None) -> Runner:
    """A runner on the cluster whose scheduler is at ``address``, such as tls://host:8786.

    ``certificates`` is a folder with CERTIFICATES; None for those of Dask's own configuration.
    Submissions whose worker died are graded again by another; one that ended several is given up
    with a sentence. GradingError, now or while it runs, when the keys would travel open, there is
    no cluster there, or it goes away; what was yielded before is good.
    """
    security = _security(address, certificates)

    def run(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
        with _connected(address, security) as client:
            yield from _Batch(client, prepared).results(submissions)

    return run


def _security(address: str, certificates: Path | None) -> Security | None:
    """None where nothing leaves this machine."""
    try:
        private = _is_private(address)
    except ValueError as error:
        raise GradingError(f"{address} is no address of a scheduler: {error}.") from error
    if not private:
        raise GradingError(
            f"{address} is another machine without encryption, and the keys would travel open. "
            "Start the scheduler and its workers with certificates, then give its address as "
            "tls://host:port; docs/running.md says how."
        )
    if parse_address(address)[0] != "tls":
        return None
    given = {}
    if certificates:
        names = ("tls_ca_file", "tls_client_cert", "tls_client_key")
        given = {n: str(certificates / f) for n, f in zip(names, CERTIFICATES, strict=True)}
    security = Security(require_encryption=True, **given)
    if not (security.tls_ca_file and security.tls_client_cert):
        raise GradingError(
            f"{address} takes certificates. Say where they are: --certificates FOLDER, a folder "
            f"with {', '.join(CERTIFICATES)}; docs/running.md says how to make them."
        )
    try:
        security.get_connection_args("client")
    except OSError as error:
        where = certificates or security.tls_ca_file
        raise GradingError(
            f"The certificates in {where} can't be used: {error}. It takes "
            f"{', '.join(CERTIFICATES)}; docs/running.md says how to make them."
        ) from error
    return security


def _is_private(address: str) -> bool:
    """Whether nobody else can read what goes there."""
    scheme = parse_address(address)[0]
    return scheme in ("tls", "inproc") or (
        scheme == "tcp" and get_address_host(address) in _LOOPBACK
    )


@contextmanager
def _connected(address: str, security: Security | None) -> Iterator[Client]:
    try:
        # Elsewhere only the scheduler has to be in reach, which then passes results on.
        client = Client(
            address,
            security=security,
            timeout=CONNECT,
            set_as_default=False,
            direct_to_workers=security is None,
        )
    except (OSError, ImportError, ValueError) as error:
        raise GradingError(
            f"There is no Dask scheduler to be reached at {address}: {error}. Is it started, with "
            "the same certificates and the same version of Dask? docs/running.md says how."
        ) from error
    with client:
        yield client


class _Batch:
    """One batch on a cluster: ``results`` keeps a bounded number of tasks under way."""

    def __init__(self, client: Client, prepared: Prepared) -> None:
        self.client = client
        self.address: str = client.scheduler.address
        # What stays on this machine may never be moved to a worker elsewhere that comes later.
        tcp = parse_address(self.address)[0] == "tcp"
        self.options = {"workers": _LOOPBACK, "pure": False} if tcp else {"pure": False}
        self.seen_worker = monotonic()
        self.threads = self._look()
        self.done: SimpleQueue[Future] = SimpleQueue()
        self.under_way: dict[Future, Group] = {}
        self.lost: list[HandedIn] = []
        self.code = code_digest()
        self.keys = Keys(pickle.dumps(prepared))
        self.sent = self._send()

    def results(self, submissions: Iterable[HandedIn]) -> Iterator[Done]:
        """All of them; those that were lost with their workers once more, each alone, so that it
        is known which ends its worker."""
        yield from self._results(groups(submissions, TASK_COUNT, TASK_BYTES))
        lost, self.lost = self.lost, []
        for handed in lost:
            yield from self._results(iter([(handed,)]))
            if self.lost:
                self.lost.clear()
                yield handed, given_up(handed)

    def _results(self, groups: Iterator[Group]) -> Iterator[Done]:
        looked = monotonic()
        while True:
            for _ in range(WINDOW * self.threads - len(self.under_way)):
                if (group := next(groups, None)) is None:
                    break
                self._submit(group)
            if not self.under_way:
                return
            if monotonic() - looked > _LOOK:
                looked, self.threads = monotonic(), self._look()
            try:
                future = self.done.get(timeout=_LOOK)
            except Empty:
                continue
            group = self.under_way.pop(future)
            yield from zip(group, self._outcome(future, group), strict=False)

    def _send(self) -> Future:
        """A task rather than scattered data: Dask makes it again when all who had it are gone."""
        return self.client.submit(_same, self.keys, **self.options)

    def _submit(self, group: Group) -> None:
        if self.sent.status == "error":  # it was with workers that died
            self.sent = self._send()
        task = _work, self.code, self.sent, Sealed(group)
        future = self.client.submit(*task, **self.options)
        self._expect(future, group)

    def _expect(self, future: Future, group: Group) -> None:
        self.under_way[future] = group
        future.add_done_callback(self.done.put)

    def _outcome(self, future: Future, group: Group) -> Sequence[Graded]:
        """What became of a task; () when it was lost with its workers, or is done once more
        because its worker died before it told."""
        try:
            graded: Sequence[Graded] | str = future.result(timeout=PATIENCE).opened()
        except KilledWorker:
            self.lost += group
        except TimeoutError:
            self._expect(future, group)
        except ImportError as error:
            raise self._unfit(str(error)) from error
        except CancelledError as error:
            raise self._gone("its scheduler dropped the work") from error
        except Exception as error:
            raise self._gone(error) from error
        else:
            if isinstance(graded, str):
                raise self._unfit(graded)
            return graded
        return ()

    def _look(self) -> int:
        """The number of threads that workers have, at least 1; GradingError where one is out of
        reach of encryption, or there has been none for long."""
        try:
            info = self.client.scheduler_info(n_workers=-1)
        except Exception as error:
            raise self._gone(error) from error
        open_ = [a for a in (info["address"], *info["workers"]) if not _is_private(a)]
        if open_:
            raise GradingError(
                f"The cluster at {self.address} has {', '.join(open_)}, which other machines can "
                "reach without encryption, and the keys would travel open. Start the scheduler "
                "and all workers with certificates, or for this machine alone with "
                "--host 127.0.0.1; docs/running.md says how."
            )
        if info["workers"]:
            self.seen_worker = monotonic()
        elif monotonic() - self.seen_worker > PATIENCE:
            raise GradingError(
                f"The cluster at {self.address} has no workers. Start some, then grade again: it "
                "goes on where it stopped."
            )
        threads = sum(int(worker["nthreads"]) for worker in info["workers"].values())
        return max(1, threads)

    def _unfit(self, why: str) -> GradingError:
        return GradingError(
            f"A worker of {self.address} can't grade: {why}. Install the same iop_training and "
            "the same Python there as here, start the worker again, then grade again."
        )

    def _gone(self, why: object) -> GradingError:
        return GradingError(
            f"The cluster at {self.address} went away while it graded ({why}). "
            "Start it again, then grade again: it goes on where it stopped."
        )


class Keys:
    """What a worker needs of an assignment, ``pickled``, and the grader that is made of it once.
    Dask has a worker keep one for as long as the coordinator is there, and then drop it."""

    def __init__(self, pickled: bytes) -> None:
        self.pickled = pickled
        # A worker's threads share the grader, and Python runs one of them at a time anyway.
        self.lock = Lock()

    def __reduce__(self) -> tuple[type[Keys], tuple[bytes]]:
        return Keys, (self.pickled,)

    @cached_property
    def grader(self) -> Grader:
        """With what it kept of the submissions before."""
        return Grader(pickle.loads(self.pickled))


class Sealed:
    """Something to travel, pickled once. Dask passes its bytes on as they are; from anything else
    each process on the way makes a new message, object by object."""

    def __init__(self, what: object) -> None:
        self._pickled: bytes | bytearray | memoryview = pickle.dumps(what)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[object, ...]:
        outside = int(protocol) >= 5  # where Dask says none, older ones are meant
        state = pickle.PickleBuffer(self._pickled) if outside else bytes(self._pickled)
        return object.__new__, (Sealed,), state

    def __setstate__(self, pickled: bytes | bytearray | memoryview) -> None:
        self._pickled = pickled

    def __sizeof__(self) -> int:
        return memoryview(self._pickled).nbytes

    def opened(self) -> Any:
        """What was put in, as new objects."""
        return pickle.loads(self._pickled)


def _same(keys: Keys) -> Keys:
    return keys


def _work(code: str, keys: Keys, group: Sealed) -> Sealed:
    """In a worker: grade these, or say why it can't. It never raises: Dask fails to pass on an
    exception whose traceback can't be pickled, and the batch would wait for ever."""
    return Sealed(_graded(code, keys, group))


def _graded(code: str, keys: Keys, group: Sealed) -> list[Graded] | str:
    if code != code_digest():
        return f"{iop_training.__file__} is of another version"
    try:
        with keys.lock, settled():
            return [keys.grader.grade(handed) for handed in group.opened()]
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@cache
def code_digest() -> str:
    """SHA-256 over the Python that runs and all files of the package that grading depends on: two
    that have the same give the same marks."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    root = Path(iop_training.__file__).parent
    for path in sorted(chain(root.rglob("*.py"), root.rglob("*.css"))):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
