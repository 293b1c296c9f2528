"""The curves of docs/running.md: time and memory against submissions, on a page of their own
color, since a picture in Markdown can't take the page's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Sample

from iop_training.figures.drawings import BAND
from iop_training.figures.svg import new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, PAGE, RULE = "#1a1a1a", "#ffffff", "#d9d9d9"
OURS, STOCK, FLOOR = BAND, "#a14f12", "#55565c"
SOLID, DASHED, DOTTED = "-", (0, (5, 2)), (0, (1, 1.5))
"""Dashes tell the lines apart without color."""
SIZE = (7, 4)
TIMES = {1: "1 s", 10: "10 s", 60: "1 min", 600: "10 min", 3600: "1 h", 36000: "10 h"}
AIM = 300
"""MB that no process may exceed."""
OUR_NAME = "iop-training grade,\n2 worker processes"
STEPS = 120
"""Points of a drawn line: more are not seen."""


@dataclass(frozen=True)
class Straight:
    """A line: what starting takes, and each submission."""

    start: float
    each: float

    def at(self, count: float) -> float:
        """Of so many submissions."""
        return self.start + self.each * count


@dataclass(frozen=True)
class Curves:
    """What was sampled of ours and of the floor over ``count`` submissions; ``stock`` is seconds
    on the clock, measured up to twice ``measured``, ``peak`` its largest process in MB."""

    count: int
    ours: Sequence[Sample]
    floor: Sequence[Sample]
    stock: Straight
    peak: float
    measured: int

    def draw(self, folder: Path) -> None:
        """Write grading-time.svg and grading-memory.svg."""
        for name, onto in (("grading-time", self._time), ("grading-memory", self._memory)):
            with new_figure(name, *SIZE) as figure:
                onto(figure.add_subplot())
                figure.savefig(folder / f"{name}.svg", facecolor=PAGE, metadata={"Date": None})

    def in_words(self) -> list[str]:
        """The pictures as Markdown, each with words that say what it shows."""
        most = max(sample.largest for sample in self.ours)
        return [
            f"![Time against submissions, both on a logarithmic scale. Ours takes "
            f"{self.ours[-1].at:,.0f} seconds for {self.count:,}; stock nbgrader, drawn on from "
            f"what {2 * self.measured} take, {self.stock.at(self.count) / 3600:,.1f} hours; the "
            f"floor {self.floor[-1].at:,.0f} seconds.](images/grading-time.svg)",
            f"![Memory of the largest process against submissions. Ours stays below {most:,.0f} MB "
            f"up to {self.count:,}; stock nbgrader has {self.peak:,.0f} MB with "
            f"{2 * self.measured}.](images/grading-memory.svg)",
        ]

    def _time(self, axes: Axes) -> None:
        axes.loglog()
        shown, beyond = (1, 2 * self.measured), (2 * self.measured, self.count)
        for ends, dashes in ((shown, SOLID), (beyond, DOTTED)):
            counts = _spaced(*ends)
            axes.plot(counts, [*map(self.stock.at, counts)], color=STOCK, lw=2.2, ls=dashes)
        where = self.count**0.45
        _name(axes, where, self.stock.at(where) * 1.5, "stock nbgrader", STOCK, "right")
        for samples, color, dashes, name, align, up, va in (
            (self.ours, OURS, SOLID, OUR_NAME, "right", 1.35, "bottom"),
            (self.floor, FLOOR, DASHED, "the floor", "left", 0.7, "top"),
        ):
            counts, seconds = _points(samples, "at")
            axes.plot(counts, seconds, color=color, lw=2.2, ls=dashes)
            middle = len(counts) // 3
            _name(axes, counts[middle], seconds[middle] * up, name, color, align, va)
        axes.set_xlim(1, self.count * 1.15)
        longest = 2 * max(self.stock.at(self.count), self.ours[-1].at)
        axes.set_ylim(0.5, longest)
        shown_times = [t for t in TIMES if t < longest]
        axes.set_yticks(shown_times, [TIMES[t] for t in shown_times])
        axes.minorticks_off()
        _frame(axes, "Time on the clock")

    def _memory(self, axes: Axes) -> None:
        axes.axhline(AIM, color=INK, lw=1, ls=DOTTED)
        _name(axes, self.count, AIM + 8, f"{AIM} MB", INK, "right")
        for samples, color, dashes, name in (
            (self.ours, OURS, SOLID, OUR_NAME.replace("\n", " ")),
            (self.floor, FLOOR, DASHED, "the floor"),
        ):
            counts, memory = _points(samples, "largest")
            axes.plot(counts, memory, color=color, lw=2.2, ls=dashes)
            _name(axes, self.count, max(memory) + 8, name, color, "right")
        axes.plot([2 * self.measured], [self.peak], "o", color=STOCK, ms=7, clip_on=False)
        words = f"stock nbgrader,\n{2 * self.measured} submissions"
        _name(axes, self.count * 0.005, self.peak + 8, words, STOCK, "left")
        axes.set_xlim(0, self.count)
        axes.set_ylim(0, AIM * 1.15)
        _frame(axes, "Memory of the largest process, MB")


def _name(
    axes: Axes, x: float, y: float, words: str, color: str, align: str, va: str = "bottom"
) -> None:
    axes.text(x, y, words, color=color, ha=align, va=va)


def _frame(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", color=INK)
    axes.set_xlabel("Submissions", color=INK)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(colors=INK, length=0)
    axes.grid(color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _points(samples: Sequence[Sample], of: str) -> tuple[list[int], list[float]]:
    """What was done and what it took, from the first submission to the last and thinned out:
    after that a table is printed."""
    last = max(sample.done for sample in samples)
    some = [sample for sample in samples if 0 < sample.done < last]
    some += [sample for sample in samples if sample.done == last][:1]
    thin = [*some[:: max(1, len(some) // STEPS)], *some[-1:]]
    return [s.done for s in thin], [getattr(s, of) for s in thin]


def _spaced(low: float, high: float) -> list[float]:
    """Counts from low to high, evenly apart on a logarithmic scale."""
    return [low * (high / low) ** (n / STEPS) for n in range(STEPS + 1)]
