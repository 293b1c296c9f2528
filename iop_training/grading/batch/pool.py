"""Pool: submissions spread over processes, a bounded number under way at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from threading import Thread

from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.batch.work import Graded, Grader
from iop_training.grading.handed_in import HandedIn

Done = tuple[HandedIn, Graded]
Runner = Callable[[Prepared, Iterable[HandedIn]], Iterator[Done]]
"""Grades submissions in any order, drawing from the iterable only what is under way."""
WINDOW = 4
"""Submissions under way for each worker: enough to keep it busy, few enough to hold in memory."""

_grader: Grader | None = None


def in_this_process(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
    """The runner without other processes."""
    grader = Grader(prepared)
    for handed in submissions:
        yield handed, grader.grade(handed)


def processes(count: int) -> Runner:
    """A runner with ``count`` worker processes. Submissions whose worker died are graded again,
    each alone; one that ends its worker then too is given up with a sentence."""

    def run(prepared: Prepared, submissions: Iterable[HandedIn]) -> Iterator[Done]:
        waiting = iter(submissions)
        while True:
            lost: list[HandedIn] = []
            yield from _until_broken(prepared, waiting, count, WINDOW * count, lost)
            if not lost:
                return
            yield from _one_by_one(prepared, iter(lost))

    return run


def _one_by_one(prepared: Prepared, waiting: Iterator[HandedIn]) -> Iterator[Done]:
    """One under way at a time, so that it is known which ends its worker."""
    guilty: list[HandedIn] = []
    while True:
        yield from _until_broken(prepared, waiting, 1, 1, guilty)
        if not guilty:
            return
        yield from ((handed, given_up(handed)) for handed in guilty)
        guilty.clear()


def _until_broken(
    prepared: Prepared,
    waiting: Iterator[HandedIn],
    count: int,
    window: int,
    lost: list[HandedIn],
) -> Iterator[Done]:
    """Until nothing waits, or a worker dies: ``lost`` are then those that were under way, at most
    ``window``."""
    under_way: dict[Future[Graded], HandedIn] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, context, _begin, (prepared,)) as executor:
        while not lost:
            for handed in islice(waiting, window - len(under_way)):
                try:
                    under_way[executor.submit(_work, handed)] = handed
                except BrokenProcessPool:
                    lost.append(handed)
                    break
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                handed = under_way.pop(future)
                try:
                    yield handed, future.result()
                except BrokenProcessPool:
                    lost.append(handed)
        lost += under_way.values()


def _begin(prepared: Prepared) -> None:
    """In a worker, once: what all its submissions need."""
    global _grader
    _grader = Grader(prepared)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A coordinator that is killed can't tell its workers, and they would wait for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work(handed: HandedIn) -> Graded:
    assert _grader is not None
    return _grader.grade(handed)


def given_up(handed: HandedIn) -> Graded:
    """The result of a submission that ends whoever grades it."""
    return Graded(
        handed.student,
        error="The process that graded it ended several times, so it was left out. Is there enough "
        "memory? Look at the size of its files, then grade it alone.",
    )
