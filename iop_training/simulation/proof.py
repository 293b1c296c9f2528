"""Proof of a case: all that can happen in it was looked at, and nothing of it is unsound.

The case is explored whole: every moment in every state that some choice of lines reaches. Bounds
of the score come from dynamic programming over that graph, not from sampling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iop_training.model.case import Case
from iop_training.simulation.graph import MOST_SPOTS, explore
from iop_training.simulation.note_truth import note_findings
from iop_training.simulation.outlook import Outlook
from iop_training.simulation.soundness import Finding, anywhere, in_order, longest_run
from iop_training.simulation.strategies import Played, play_dull

LONGEST = 0.4
"""In how many of the moments the best line may be the longest."""


@dataclass(frozen=True)
class Proof:
    """What was found.

    ``states`` and ``lines`` count what was explored; ``longest`` is the most turns a run can have.
    ``low`` and ``high`` bound the points, ``best`` and ``worst`` are the lines of runs that earn
    the most and the fewest. ``longest_best`` is the share of moments whose best line is the
    longest. What could not be computed, because the case is unsound, is None or ().
    """

    case: Case
    states: int
    lines: int
    longest: int | None
    low: float | None
    high: float | None
    best: tuple[str, ...]
    worst: tuple[str, ...]
    longest_best: float
    played: tuple[Played, ...]
    findings: tuple[Finding, ...]


def prove(case: Case, most: int = MOST_SPOTS) -> Proof:
    """Explore a case that has no faults of names (:mod:`iop_training.content.cases`)."""
    graph = explore(case, most)
    findings = [*anywhere(graph, most), *(note_findings(graph) if graph.whole else ())]
    longest: int | None = None
    low: float | None = None
    high: float | None = None
    played: tuple[Played, ...] = ()
    best, worst = tuple[str, ...](), tuple[str, ...]()
    sound = graph.whole and not any(f.level == "error" for f in findings)
    if graph.whole and len(graph.order) == len(graph.spots):
        longest = longest_run(graph)
        findings += in_order(graph, longest)
        if sound:
            outlook = Outlook(graph)
            low, high = outlook.lowest(graph.spots[0]), outlook.highest(graph.spots[0])
            best = tuple(move.id for _, move in outlook.run())
            worst = tuple(move.id for _, move in outlook.run(best=False))
            played = tuple(play_dull(case))
            findings += [*_scores(case, low, high), *_dull(case, played)]
    share, names = _longest_best(case)
    findings += _lengths(share, names)
    count = sum(map(len, graph.lines))
    return Proof(
        case=case,
        states=len(graph.spots),
        lines=count,
        longest=longest,
        low=low,
        high=high,
        best=best,
        worst=worst,
        longest_best=share,
        played=played,
        findings=tuple(findings),
    )


def _scores(case: Case, low: float, high: float) -> Iterator[Finding]:
    weights = case.scoring
    if not 0 <= low <= high <= weights.total + 1e-9:
        yield Finding(("scoring",), f"runs earn {low:g} to {high:g} of {weights.total} points")
    if high < weights.pass_mark:
        yield Finding(
            ("scoring", "pass_mark"),
            f"is {weights.pass_mark}, and the best run earns {high:.1f}; nobody can pass",
        )
    elif high < weights.total - 1e-9:
        yield Finding(
            ("scoring",),
            f"gives {weights.total} points, and the best run earns {high:.1f}; let there be a "
            "line of quality 3 in each moment, and an ending of score 3",
            "warning",
        )
    if low >= weights.pass_mark:
        yield Finding(("scoring", "pass_mark"), "is passed by the worst run")


def _dull(case: Case, played: tuple[Played, ...]) -> Iterator[Finding]:
    for strategy in played:
        if strategy.passes:
            yield Finding(
                ("scoring", "pass_mark"),
                f"choosing {strategy.name} passes in {strategy.passed:.0%} of runs (mean "
                f"{strategy.mean:.1f} of {case.scoring.total}); make it fit less often",
            )


def _longest_best(case: Case) -> tuple[float, list[str]]:
    """The share of the moments in which the one longest line is a best one, and their ids."""
    found, of = [], 0
    for moment in case.moments:
        lengths = [len(move.text) for move in moment.moves]
        if len(lengths) < 2:
            continue
        of += 1
        longest = moment.moves[lengths.index(max(lengths))]
        best = max(move.quality for move in moment.moves)
        if lengths.count(max(lengths)) == 1 and longest.quality == best:
            found.append(moment.id)
    return (len(found) / of if of else 0.0), found


def _lengths(share: float, names: list[str]) -> Iterator[Finding]:
    if share > LONGEST:
        yield Finding(
            ("moments",),
            f"the best line is the longest in {share:.0%} of the moments ({', '.join(names)}); at "
            f"most {LONGEST:.0%}: shorten it there, or say more in the others",
        )
