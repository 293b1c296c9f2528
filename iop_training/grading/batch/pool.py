"""Pool: submissions spread over processes, a bounded number under way at a time.

Each worker has a pipe of its own, which ends when the worker dies, whatever it was doing. (The
standard library's pool has one pipe for all results, and waits for ever for the rest of one whose
writer was killed, as a system does that runs out of memory.)
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread

from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.batch.work import Graded, Grader, settled
from iop_training.grading.handed_in import HandedIn

Done = tuple[HandedIn, Graded]
Runner = Callable[[Prepared, Iterable[HandedIn]], Iterator[Done]]
"""Grades submissions in any order, drawing from the iterable only what is under way."""
Group = tuple[HandedIn, ...]
TASK_COUNT, TASK_BYTES = 16, 1_000_000
"""Submissions in one task, at most so many, and no further one when they are so big: a task costs
about as much as a small submission."""
WINDOW = 3
"""Tasks under way for each worker: enough to keep it busy, few enough to hold in memory."""


def in_this_process(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
    """The runner without other processes."""
    grader = Grader(prepared)
    with settled():
        for handed in submissions:
            yield handed, grader.grade(handed)


def processes(count: int) -> Runner:
    """A runner with ``count`` worker processes. Submissions whose worker died are graded again,
    each alone; one that ends its worker then too is given up with a sentence."""

    def run(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
        lost: list[HandedIn] = []
        yield from _spread(prepared, groups(submissions), count, WINDOW, lost)
        guilty: list[HandedIn] = []
        yield from _spread(prepared, ((handed,) for handed in lost), 1, 1, guilty)
        yield from ((handed, given_up(handed)) for handed in guilty)

    return run


def groups(
    submissions: Iterable[HandedIn], count: int = TASK_COUNT, most_bytes: int = TASK_BYTES
) -> Iterator[Group]:
    """One task's worth each, at most ``count`` and no further one from ``most_bytes`` on; the first
    ones smaller, so that few submissions too are spread over all workers."""
    group: list[HandedIn] = []
    size, most = 0, 1
    for handed in submissions:
        group.append(handed)
        size += sum(map(len, handed.contents.values()))
        if len(group) >= most or size >= most_bytes:
            yield tuple(group)
            group, size, most = [], 0, min(most + 1 + most // 8, count)
    if group:
        yield tuple(group)


def _spread(
    prepared: Prepared,
    waiting: Iterator[Group],
    count: int,
    window: int,
    lost: list[HandedIn],
) -> Iterator[Done]:
    """The results of all that waits, but for what a worker had that died: that is ``lost`` then,
    and another worker takes its place. Each has at most ``window`` groups at a time."""
    workers: list[_Worker] = []
    try:
        while True:
            given = list(islice(waiting, count * window - sum(len(w.has) for w in workers)))
            fresh = [_Worker() for _ in range(min(count - len(workers), len(given)))]
            for worker in fresh:  # when all have been started, since each takes its time
                worker.send(prepared)
            workers += fresh
            for group in given:
                min(workers, key=lambda worker: len(worker.has)).give(group)
            busy = [worker for worker in workers if worker.has]
            if not busy:
                return
            ready = wait([worker.connection for worker in busy])
            for worker in [worker for worker in busy if worker.connection in ready]:
                if answer := worker.answer():
                    yield from zip(*answer, strict=True)
                else:
                    lost += chain.from_iterable(worker.has)
                    workers.remove(worker)
                    worker.end()
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that grades; ``has`` are the groups that it was given and has not answered."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.has: deque[Group] = deque()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, what: object) -> None:
        """To the process, which always listens."""
        with suppress(OSError):  # it died, which is seen when its answer is read
            self.connection.send(what)

    def give(self, group: Group) -> None:
        """Let it grade a group."""
        self.has.append(group)
        self.send(group)

    def answer(self) -> tuple[Group, list[Graded]] | None:
        """The oldest group and its results, None when the process died."""
        try:
            graded = self.connection.recv()
        except (EOFError, OSError):
            return None
        return self.has.popleft(), graded

    def end(self) -> None:
        """Stop it, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()


def _serve(connection: Connection[object, object]) -> None:
    """In a worker: grade what comes, in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the coordinator's to answer
    prepared = connection.recv()
    assert isinstance(prepared, Prepared)
    grader, given = Grader(prepared), SimpleQueue[Group]()
    Thread(target=_listen, args=(connection, given), daemon=True).start()
    with settled():
        while True:
            connection.send([grader.grade(handed) for handed in given.get()])


def _listen(connection: Connection[object, Group], given: SimpleQueue[Group]) -> None:
    """Take in what is sent while others are graded: else both sides could wait to be read."""
    try:
        while True:
            given.put(connection.recv())
    finally:
        # Whoever gave the work ended. One that was killed can't tell, and this would wait for ever.
        os._exit(1)


def given_up(handed: HandedIn) -> Graded:
    """The result of a submission that ends whoever grades it."""
    return Graded(
        handed.student,
        error="The process that graded it ended several times, so it was left out. Is there enough "
        "memory? Look at the size of its files, then grade it alone.",
    )
