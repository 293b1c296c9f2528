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
Group = tuple[HandedIn, ...]
TASK_COUNT, TASK_BYTES = 16, 1_000_000
"""Submissions in one task, at most so many, and no further one when they are so big: a task costs
about as much as a small submission."""
WINDOW = 3
"""Tasks under way for each worker: enough to keep it busy, few enough to hold in memory."""

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
        waiting = groups(submissions)
        while True:
            lost: list[HandedIn] = []
            yield from _until_broken(prepared, waiting, count, WINDOW * count, lost)
            if not lost:
                return
            yield from _one_by_one(prepared, ((handed,) for handed in lost))

    return run


def groups(submissions: Iterable[HandedIn]) -> Iterator[Group]:
    """One task's worth each, the first ones smaller, so that few submissions too are spread over
    all workers."""
    group: list[HandedIn] = []
    size, most = 0, 1
    for handed in submissions:
        group.append(handed)
        size += sum(map(len, handed.contents.values()))
        if len(group) >= most or size >= TASK_BYTES:
            yield tuple(group)
            group, size, most = [], 0, min(most + 1, TASK_COUNT)
    if group:
        yield tuple(group)


def _one_by_one(prepared: Prepared, waiting: Iterator[Group]) -> Iterator[Done]:
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
    waiting: Iterator[Group],
    count: int,
    window: int,
    lost: list[HandedIn],
) -> Iterator[Done]:
    """Until nothing waits, or a worker dies: ``lost`` are then those that were under way, in at
    most ``window`` tasks."""
    under_way: dict[Future[list[Graded]], Group] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, context, _begin, (prepared,)) as executor:
        while not lost:
            for group in islice(waiting, window - len(under_way)):
                try:
                    under_way[executor.submit(_work, group)] = group
                except BrokenProcessPool:
                    lost += group
                    break
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                group = under_way.pop(future)
                try:
                    yield from zip(group, future.result(), strict=True)
                except BrokenProcessPool:
                    lost += group
        for group in under_way.values():
            lost += group


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


def _work(group: Group) -> list[Graded]:
    assert _grader is not None
    return [_grader.grade(handed) for handed in group]


def given_up(handed: HandedIn) -> Graded:
    """The result of a submission that ends whoever grades it."""
    return Graded(
        handed.student,
        error="The process that graded it ended several times, so it was left out. Is there enough "
        "memory? Look at the size of its files, then grade it alone.",
    )
