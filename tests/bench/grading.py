"""Grading a cohort, side by side with stock nbgrader and with the least that grading can be.

python tests/bench grading                  the whole of it: twenty minutes on two quiet cores
python tests/bench grading --count 500      a twentieth of it, to see that it works
python tests/bench grading --write-docs     and the table and the curves of docs/running.md

A figure "at the margin" is what one more submission costs: the difference of two batches by the
difference of their sizes, so that starting up is left out. Every run is a program of its own, in a
course folder put back to what it was, and its processor time counts user and system, its own and
its children's. Who is compared takes turns, and medians are given; a turn before the first, in
which programs are read from the disk, does not count.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import cohort, stock
from bench.curves import Curves, Straight
from bench.folders import Folder
from bench.measure import ROOT, Usage, run
from bench.plan import Plan
from bench.row import Row
from bench.runners import efficiency

from iop_training.grading.cohort import copy_course
from iop_training.grading.registry import register_release

FLOOR = str(Path(__file__).with_name("floor.py"))
Words = Sequence[object]


@dataclass(frozen=True)
class Contest:
    """Runs of one contestant on a batch and, each time next, on one of twice the size."""

    once: tuple[Usage, ...]
    twice: tuple[Usage, ...]
    size: int

    @property
    def margin(self) -> Straight:
        """Seconds of processor."""
        return self._line(lambda usage: usage.cpu)

    @property
    def clock(self) -> Straight:
        """Seconds on the clock."""
        return self._line(lambda usage: usage.wall)

    @property
    def peak(self) -> float:
        """MB of the largest process in the larger batch."""
        return statistics.median(usage.peak for usage in self.twice)

    def _line(self, of: Callable[[Usage], float]) -> Straight:
        pairs = zip(self.once, self.twice, strict=True)
        more = statistics.median(of(twice) - of(once) for once, twice in pairs)
        return Straight(statistics.median(map(of, self.once)) - more, more / self.size)


def grading(plan: Plan) -> Iterator[Row | Curves]:
    """All lines, and the curves."""
    with tempfile.TemporaryDirectory(prefix="iop-bench-") as name:
        work = Path(name)
        base = work / "base"
        copy_course(ROOT, base)
        register_release(base, plan.assignment)
        ours, floor, theirs = _contests(plan, work, base)
        yield from _margins(plan, ours, floor, theirs)
        yield from _feedback(plan, work, base)
        large, lowest = _large(plan, work, base)
        yield _thousands(plan, large)
        yield Curves(
            plan.count, large.samples, lowest.samples, theirs.clock, theirs.peak, plan.slow
        )
        spread = _ours(work, base, plan.assignment, plan.spread)
        yield from efficiency(spread.path, plan.assignment, plan.turns)


def _contests(plan: Plan, work: Path, base: Path) -> tuple[Contest, Contest, Contest]:
    batch, slow, name = plan.batch, plan.slow, plan.assignment
    foreign = work / "stock"
    stock.make_course(base, foreign, name)
    folders = [_ours(work, base, name, n) for n in (batch, 2 * batch)]
    others = [_theirs(work, base, foreign, name, n) for n in (slow, 2 * slow)]
    entrants: list[tuple[list[Folder], Words]] = [
        (folders, _grade(name, "--workers", 1)),
        (folders, (FLOOR, ".", name)),
        (others, ("-m", "nbgrader", "autograde", name)),
    ]
    runs: list[list[list[Usage]]] = [[[], []] for _ in entrants]
    for turn in range(-1, plan.turns):
        for (pair, words), both in zip(entrants, runs, strict=True):
            if pair is others and turn >= plan.repeats:
                continue
            for folder, usages in zip(pair, both, strict=True):
                folder.reset()
                usage = run(words, folder.path)
                _check(folder, folder.done())
                if turn >= 0:
                    usages.append(usage)
    first, second, third = (
        Contest(tuple(once), tuple(twice), pair[0].count)
        for (pair, _), (once, twice) in zip(entrants, runs, strict=True)
    )
    return first, second, third


def _margins(plan: Plan, ours: Contest, floor: Contest, theirs: Contest) -> Iterator[Row]:
    each, least, stocks = ours.margin.each, floor.margin.each, theirs.margin
    yield Row(
        f"processor a submission at the margin ({plan.batch} and {2 * plan.batch})",
        f"{1000 * each:.1f} ms: {stocks.each / each:,.0f} times less",
        "150 times less",
        f"stock nbgrader ({plan.slow} and {2 * plan.slow}): {stocks.each:.2f} s",
    )
    whole = statistics.median(usage.cpu for usage in ours.once)
    theirs_whole = stocks.at(plan.batch)
    yield Row(
        f"processor for {plan.batch}, start included",
        f"{whole:.1f} s: {theirs_whole / whole:,.0f} times less",
        "60 times less",
        f"stock nbgrader: {stocks.start:.1f} s and {stocks.each:.2f} s each, {theirs_whole:,.0f} s",
    )
    clock = statistics.median(usage.wall for usage in ours.once)
    yield Row(
        f"waiting for {plan.batch}, start included",
        f"{clock:.1f} s",
        "",
        f"stock nbgrader: {theirs.clock.at(plan.batch):,.0f} s",
    )
    yield Row(
        "beside a script that only parses, scores, writes and commits, at the margin",
        f"{each / least:.1f} times as much",
        "2 times",
        f"that script: {1000 * least:.1f} ms",
    )


def _feedback(plan: Plan, work: Path, base: Path) -> Iterator[Row]:
    """Pages need no kernel, so that both make those of the whole batch."""
    name, folders = plan.assignment, []
    for size in (plan.batch, 2 * plan.batch):
        folder = _ours(work, base, name, size)
        folder.reset()
        run(_grade(name, "--workers", 1), folder.path)
        folders.append(Folder.of(folder.path, size))
    commands: list[Words] = [
        ("-m", "iop_training", "feedback", name),
        ("-m", "nbgrader", "generate_feedback", name),
    ]
    runs: list[list[list[Usage]]] = [[[], []] for _ in commands]
    for _ in range(plan.repeats):
        for words, both in zip(commands, runs, strict=True):
            for folder, usages in zip(folders, both, strict=True):
                folder.reset()
                usages.append(run(words, folder.path))
                _check(folder, len(list((folder.path / "feedback").glob("*/*/*.html"))))
    ours, theirs = (Contest(tuple(once), tuple(twice), plan.batch) for once, twice in runs)
    whole, slow = (statistics.median(u.cpu for u in c.once) for c in (ours, theirs))
    each, slowly = ours.margin.each, theirs.margin.each
    yield Row(
        f"processor for {plan.batch} feedback pages, start included",
        f"{whole:.1f} s: {slow / whole:.0f} times less ({1000 * each:.1f} ms at the margin)",
        "10 times less",
        f"nbgrader generate_feedback, our exporter: {slow:.1f} s ({1000 * slowly:.0f} ms)",
    )


def _large(plan: Plan, work: Path, base: Path) -> tuple[Usage, Usage]:
    """The large cohort graded by us and by the floor, looked at while they work."""
    folder = _ours(work, base, plan.assignment, plan.count)
    usages = []
    for words in (_grade(plan.assignment, "--workers", 2), (FLOOR, ".", plan.assignment)):
        folder.reset()
        usages.append(run(words, folder.path, folder.done))
        _check(folder, folder.done())
    first, second = usages
    return first, second


def _thousands(plan: Plan, large: Usage) -> Row:
    early, late = (
        max([s.largest for s in large.samples if (s.done > plan.count / 2) == second], default=0.0)
        for second in (False, True)
    )
    return Row(
        f"{plan.count:,} submissions, 2 worker processes",
        f"{large.wall:.0f} s ({large.cpu:.0f} s of processor), at most {large.peak:.0f} MB a "
        f"process, {late - early:+.0f} MB in the second half",
        f"{180 * plan.count / 10_000:.0f} s, 300 MB, flat",
    )


def _grade(assignment: str, *more: object) -> Words:
    return ("-m", "iop_training", "grade", assignment, *more)


def _ours(work: Path, base: Path, assignment: str, count: int) -> Folder:
    """A copy of the course with a cohort; made once for each size."""
    path = work / f"ours-{count}"
    if not path.exists():
        copy_course(base, path)
        (path / "gradebook.db").write_bytes((base / "gradebook.db").read_bytes())
        cohort.submit_cohort(path, assignment, count)
    return Folder.of(path, count)


def _theirs(work: Path, base: Path, foreign: Path, assignment: str, count: int) -> Folder:
    path = work / f"stock-{count}"
    shutil.copytree(foreign, path)
    stock.submit_cohort(base, path, assignment, count)
    return Folder.of(path, count)


def _check(folder: Folder, done: int) -> None:
    if done != folder.count:
        raise RuntimeError(f"{done} of {folder.count} were done in {folder.path}")
