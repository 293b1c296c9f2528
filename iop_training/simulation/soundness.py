"""What is unsound about a case, read off its graph: one function for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from iop_training.model.base import Path
from iop_training.model.case import Case
from iop_training.model.case_moments import Moment
from iop_training.model.condition import Values
from iop_training.simulation.graph import Graph
from iop_training.simulation.script import Heard

_NEVER, _OPEN, _RIGHT, _NOT, _ALL, _BITS = 1, 2, 4, 8, 15, 4
"""How an observation may stand at a spot, as bits: never on offer, not marked, right, not right."""


@dataclass(frozen=True)
class Finding:
    """Something unsound: where in the case, and what to do. An "error" stops a release."""

    path: Path
    message: str
    level: Literal["error", "warning"] = "error"


def anywhere(graph: Graph, most: int) -> Iterator[Finding]:
    """What can be told of any graph, also of one that was not explored to its end."""
    yield from _too_large(graph, most)
    yield from _ranges(graph)
    if graph.whole:
        yield from _dead_ends(graph)
        yield from _unreachable(graph)
        yield from _loops(graph)


def in_order(graph: Graph, longest: int) -> Iterator[Finding]:
    """What can be told of a whole graph without loops, whose longest run has so many turns."""
    yield from _turns(graph, longest)
    yield from _decisions(graph)
    yield from _observations(graph)


def longest_run(graph: Graph) -> int:
    """The most turns that a run can have, in a whole graph without loops."""
    turns = [0] * len(graph.spots)
    for number in graph.order:
        for _, after in graph.lines[number]:
            turns[after] = max(turns[after], turns[number] + 1)
    return max(turns)


def _too_large(graph: Graph, most: int) -> Iterator[Finding]:
    if not graph.whole:
        yield Finding(
            ("state",),
            f"has more than {most:,} states, too many to prove; use fewer variables, or narrower "
            "ranges",
        )


def _dead_ends(graph: Graph) -> Iterator[Finding]:
    seen = set[str]()
    for number, spot in enumerate(graph.spots):
        if not spot.ended and not graph.lines[number]:
            moment = graph.moment(number)
            if moment.id not in seen:
                seen.add(moment.id)
                yield Finding(
                    ("moments", spot.at, "moves"),
                    f"{moment.id}: no line is on offer after {graph.path(number)}; let one be "
                    "without when:",
                )


def _unreachable(graph: Graph) -> Iterator[Finding]:
    """Moments, lines and endings that nobody can come to; what is never said is a warning."""
    case, script = graph.case, graph.script
    moments = {spot.at for spot in graph.spots if not spot.ended}
    endings = {~spot.at for spot in graph.spots if spot.ended}
    moves = {
        (graph.spots[n].at, option.number)
        for n, found in enumerate(graph.lines)
        for option, _ in found
    }
    for m, moment in enumerate(case.moments):
        if m not in moments:
            yield Finding(
                ("moments", m, "id"), f"no run ever comes to {moment.id}; check its when:"
            )
            continue
        for k, move in enumerate(moment.moves):
            if (m, k) not in moves:
                yield Finding(
                    ("moments", m, "moves", k, "id"),
                    f"{moment.id}: the line {move.id} is never on offer; check its when:",
                )
    for e, ending in enumerate(case.endings):
        if e not in endings:
            yield Finding(
                ("endings", e, "id"),
                f"no run ever ends with {ending.id}; check its when:, the endings above it, and "
                "the lines that lead there",
            )
    said, replied = _spoken(graph)
    for m, moment in enumerate(case.moments):
        step = script.steps[m]
        yield from _unsaid(("moments", m, "says"), moment, step.says, said, moments, m)
        for k, option in enumerate(step.options):
            path: Path = ("moments", m, "moves", k, "reply")
            yield from _unsaid(
                path, moment, option.reply, replied, {a for a, b in moves if b == k}, m
            )


def _spoken(graph: Graph) -> tuple[set[int], set[int]]:
    """The utterances that are said on coming somewhere, and those that are replied (by id())."""
    said, replied = set[int](), set[int]()
    for number, spot in enumerate(graph.spots):
        if spot.ended:
            continue
        step = graph.script.steps[spot.at]
        if not _all_in(step.says, said):
            said |= _fits(step.says, spot.values, step.moment.vary)
        for option, after in graph.lines[number]:
            if not _all_in(option.reply, replied):
                replied |= _fits(option.reply, graph.spots[after].values, False)
    return said, replied


def _all_in(heard: Heard, known: set[int]) -> bool:
    return all(id(utterance) in known for _, utterance in heard)


def _fits(heard: Heard, values: Values, every: bool) -> set[int]:
    fitting = [id(said) for holds, said in heard if holds is None or holds(values)]
    return set(fitting if every else fitting[:1])


def _unsaid(
    path: Path, moment: Moment, heard: Heard, said: set[int], reached: set[int], number: int
) -> Iterator[Finding]:
    for n, (_, utterance) in enumerate(heard):
        # The last one, which has no condition, may be there for safety only.
        if number in reached and utterance.when and id(utterance) not in said:
            message = f"{moment.id}: this is never said; {utterance.when!r} holds for nobody here"
            yield Finding((*path, n), message, "warning")


def _loops(graph: Graph) -> Iterator[Finding]:
    """A run that can come back to where it was can go on for ever."""
    looping = next(_cycle(graph), None)
    if looping is not None:
        moment = graph.moment(looping)
        yield Finding(
            ("moments", graph.spots[looping].at, "id"),
            f"a run can come back to {moment.id} with nothing changed, so it passes the turn limit "
            f"({graph.case.turn_limit}); set a flag that lets it come once",
        )


def _cycle(graph: Graph) -> Iterator[int]:
    """A spot on a loop: going back among the unordered ones, one comes by again."""
    unordered = set(graph.in_loops())
    if not unordered:
        return
    before = {
        after: number
        for number in unordered
        for _, after in graph.lines[number]
        if after in unordered
    }
    number, seen = next(iter(sorted(before))), set[int]()
    while number not in seen:
        seen.add(number)
        number = before[number]
    yield number


def _ranges(graph: Graph) -> Iterator[Finding]:
    """A variable that is not clamped must not be pushed past its ends."""
    fixed = {
        n for n, (_, v) in enumerate(graph.case.variables()) if not getattr(v, "clamped", True)
    }
    seen = set[tuple[int, int, int]]()
    for number, found in enumerate(graph.lines if fixed else ()):
        for option, _ in found:
            for shift in option.shifts:
                place = (graph.spots[number].at, option.number, shift.where)
                if shift.where not in fixed or place in seen:
                    continue
                if shift.leaves(graph.spots[number].values):
                    seen.add(place)
                    yield Finding(
                        ("moments", place[0], "moves", place[1], "effects"),
                        f"{graph.moment(number).id}/{option.move.id} pushes "
                        f"{graph.script.names[shift.where]} out of {shift.low} to {shift.high} "
                        f"after {graph.path(number)}; widen the range or set clamped: true",
                    )


def _turns(graph: Graph, longest: int) -> Iterator[Finding]:
    if longest > graph.case.turn_limit:
        yield Finding(
            ("turn_limit",),
            f"is {graph.case.turn_limit}, and a run can have {longest} turns; raise it or shorten "
            "the case",
        )


def _decisions(graph: Graph) -> Iterator[Finding]:
    """No run meets a decision point twice, or its points would count twice."""
    bits = {decision.id: 1 << n for n, decision in enumerate(graph.case.decisions)}
    at = [bits[moment.decision] if moment.decision else 0 for moment in graph.case.moments]
    met = [0] * len(graph.spots)
    told = set[int]()
    for number in graph.order:
        spot = graph.spots[number]
        if spot.ended:
            continue
        decided = at[spot.at]
        if decided & met[number] and spot.at not in told:
            told.add(spot.at)
            yield Finding(
                ("moments", spot.at, "decision"),
                f"a run can meet the decision {graph.moment(number).decision} twice; it may once",
            )
        for _, after in graph.lines[number]:
            met[after] |= met[number] | decided


def _observations(graph: Graph) -> Iterator[Finding]:
    """Each can be right, and can be missed."""
    ends = _standings(graph)
    for n, observation in enumerate(graph.case.observations):
        standing = ends >> _BITS * n
        path: Path = ("observations", n, "id")
        if not standing & _RIGHT:
            yield Finding(path, f"{observation.id} can't be right in any run")
        if not standing & (_OPEN | _NOT):
            yield Finding(path, f"{observation.id} can't be missed, so it tells nothing")


def _standings(graph: Graph) -> int:
    """How each observation may stand at the end of a run: its bits, the first one's lowest."""
    standing = [0] * len(graph.spots)
    standing[0] = sum(_NEVER << _BITS * n for n in range(len(graph.case.observations)))
    marks = [_marks(graph.case, moment) for moment in graph.case.moments]
    ends = 0
    for number in graph.order:
        here, spot = standing[number], graph.spots[number]
        if spot.ended:
            ends |= here
            continue
        marked = marks[spot.at]
        for shift, by_line in marked.items():
            on_offer = any(option.number in by_line for option, _ in graph.lines[number])
            if on_offer and here >> shift & _NEVER:
                here = here & ~(_NEVER << shift) | _OPEN << shift
        for option, after in graph.lines[number]:
            result = here
            for shift, by_line in marked.items():
                if option.number in by_line:
                    right = _RIGHT if by_line[option.number] else _NOT
                    result = result & ~(_ALL << shift) | right << shift
            standing[after] |= result
    return ends


def _marks(case: Case, moment: Moment) -> dict[int, dict[int, bool]]:
    """By where an observation's bits begin: the lines of the moment that mark it, and how."""
    shifts = {observation.id: _BITS * n for n, observation in enumerate(case.observations)}
    found: dict[int, dict[int, bool]] = {}
    for number, move in enumerate(moment.moves):
        for mark in move.observes:
            found.setdefault(shifts[mark.id], {})[number] = mark.right
    return found
