"""Script: a case made ready to run. Conditions are functions, names are places in a tuple.

A *spot* is where a session stands: the moment (or, below 0, the ending), where the story goes on
after a moment that cut in (-1 when none did), and the values of variables and flags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from iop_training.model.case import MINUTES, PlayCase
from iop_training.model.case_moments import Change, PlayMoment, PlayMove, Utterance, Way
from iop_training.model.condition import Test, Values, compile_condition
from iop_training.simulation.same import Same

KEPT = 8
"""How many scripts a process keeps, of some 50 kB each."""
NOWHERE = -1
"""The ``back`` of a spot to which no moment cut in."""


class Spot(NamedTuple):
    """``at`` counts moments from 0; an ending is ``~n`` (-1 for the first). ``back`` is the moment
    at which the story goes on after one that cut in."""

    at: int
    back: int
    values: Values

    @property
    def ended(self) -> bool:
        """Whether the session is over."""
        return self.at < 0


@dataclass(frozen=True, slots=True)
class Shift:
    """One change of a value: add to it (kept in its range) or set it."""

    where: int
    amount: int
    sets: bool
    low: int
    high: int

    def apply(self, values: list[int]) -> None:
        """Change the value in place."""
        value = self.amount if self.sets else values[self.where] + self.amount
        values[self.where] = min(self.high, max(self.low, value))

    def leaves(self, values: Sequence[int]) -> bool:
        """Whether it would go past an end of the range."""
        value = self.amount if self.sets else values[self.where] + self.amount
        return not self.low <= value <= self.high


Heard = tuple[tuple[Test | None, Utterance], ...]
Ways = tuple[tuple[Test, int], ...]
"""Conditions, each with where it leads: a moment's number, or an ending as ``~n``."""


@dataclass(frozen=True, slots=True)
class Option:
    """A line of the trainee's, ready to run. ``number`` counts the lines of its moment."""

    number: int
    move: PlayMove
    when: Test | None
    shifts: tuple[Shift, ...]
    also: tuple[tuple[Test, tuple[Shift, ...]], ...]
    reply: Heard
    branch: Ways
    next: int | None

    def change(self, values: Values) -> Values:
        """The values after the line was said."""
        if not self.shifts and not self.also:
            return values
        after = list(values)
        for shift in self.shifts:
            shift.apply(after)
        for holds, shifts in self.also:
            if holds(values):
                for shift in shifts:
                    shift.apply(after)
        return tuple(after)


@dataclass(frozen=True, slots=True)
class Step:
    """A moment, ready to run."""

    moment: PlayMoment
    when: Test | None
    says: Heard
    options: tuple[Option, ...]
    by_id: Mapping[str, Option]
    branch: Ways
    next: int | None
    always: bool
    """Whether every line is on offer in every state."""

    def offered(self, values: Values) -> tuple[Option, ...]:
        """The lines on offer, in the order of the file."""
        if self.always:
            return self.options
        return tuple(o for o in self.options if o.when is None or o.when(values))


class Script:
    """``case`` ready to run; it must be free of :func:`~iop_training.content.cases.case_faults`."""

    def __init__(self, case: PlayCase) -> None:
        self.case = case
        self.names = (*dict(case.variables()), *(flag.id for flag in case.flags))
        self._index = {name: n for n, name in enumerate(self.names)}
        self._ranges = {name: (v.low, v.high) for name, v in case.variables()}
        self._ranges |= {flag.id: (0, 1) for flag in case.flags}
        self._numbers = {m.id: n for n, m in enumerate(case.moments)}
        self._numbers |= {f"end:{e.id}": ~n for n, e in enumerate(case.endings)}
        self.steps = tuple(self._step(moment) for moment in case.moments)
        self._cuts = tuple(
            (n, step.when) for n, step in enumerate(self.steps) if step.moment.cuts_in and step.when
        )
        tests = [(~n, e.at_once, self._test(e.when)) for n, e in enumerate(case.endings)]
        self._at_once = tuple((n, test) for n, at_once, test in tests if at_once and test)
        self._endings = tuple((n, test) for n, at_once, test in tests if not at_once)

    def start(self) -> Spot:
        """Where every session begins."""
        values = [v.start for _, v in self.case.variables()] + [0] * len(self.case.flags)
        return self._go_on(0, tuple(values))

    def offered(self, spot: Spot) -> tuple[Option, ...]:
        """The lines on offer there, in the order of the file; () when it has ended."""
        return () if spot.at < 0 else self.steps[spot.at].offered(spot.values)

    def after(self, spot: Spot, option: Option) -> Spot:
        """Where a line, which must be on offer at the spot, leads."""
        values = option.change(spot.values)
        for ending, holds in self._at_once:
            if holds(values):
                return Spot(ending, NOWHERE, values)
        step = self.steps[spot.at]
        target = _way(option.branch, option.next, values)
        if target is None:
            target = _way(step.branch, step.next, values)
        if target is None:
            target = spot.back if step.moment.cuts_in else spot.at + 1
        elif target < 0:
            return Spot(target, NOWHERE, values)
        return self._go_on(target, values)

    def named(self, values: Values) -> dict[str, int]:
        """Values by the names of variables and flags."""
        return dict(zip(self.names, values, strict=True))

    def _go_on(self, number: int, values: Values) -> Spot:
        """The story from a moment on: what cuts in, or the first that fits, or an ending."""
        for cut, holds in self._cuts:
            if holds(values):
                return Spot(cut, number, values)
        for n in range(number, len(self.steps)):
            step = self.steps[n]
            if not step.moment.cuts_in and (step.when is None or step.when(values)):
                return Spot(n, NOWHERE, values)
        fits = (n for n, holds in self._endings if holds is None or holds(values))
        return Spot(next(fits), NOWHERE, values)

    def _test(self, condition: str | None) -> Test | None:
        return compile_condition(condition, self._index) if condition else None

    def _step(self, moment: PlayMoment) -> Step:
        options = tuple(self._option(n, move) for n, move in enumerate(moment.moves))
        return Step(
            moment=moment,
            when=self._test(moment.when),
            says=self._heard(moment.says),
            options=options,
            by_id={option.move.id: option for option in options},
            branch=self._ways(moment.branch),
            next=self._numbers[moment.next] if moment.next else None,
            always=all(option.when is None for option in options),
        )

    def _option(self, number: int, move: PlayMove) -> Option:
        shifts = self._shifts(move)
        if MINUTES in self._ranges:
            shifts += (self._shift(MINUTES, move.minutes),)
        return Option(
            number=number,
            move=move,
            when=self._test(move.when),
            shifts=shifts,
            also=tuple(
                (compile_condition(also.when, self._index), self._shifts(also))
                for also in move.also
            ),
            reply=self._heard(move.reply),
            branch=self._ways(move.branch),
            next=self._numbers[move.next] if move.next else None,
        )

    def _heard(self, said: Sequence[Utterance]) -> Heard:
        return tuple((self._test(utterance.when), utterance) for utterance in said)

    def _ways(self, ways: Sequence[Way]) -> Ways:
        return tuple(
            (compile_condition(way.when, self._index), self._numbers[way.to]) for way in ways
        )

    def _shifts(self, change: Change) -> tuple[Shift, ...]:
        return (
            *(
                self._shift(name, int(effect.lstrip("=")), sets=effect[0] == "=")
                for name, effect in change.effects.items()
            ),
            *(self._shift(name, 1, sets=True) for name in change.set),
            *(self._shift(name, 0, sets=True) for name in change.clear),
        )

    def _shift(self, name: str, amount: int, sets: bool = False) -> Shift:
        return Shift(self._index[name], amount, sets, *self._ranges[name])


def script_of(case: PlayCase) -> Script:
    """The script of a case, made once for those who play the same one many times."""
    return _script(Same(case))


@lru_cache(maxsize=KEPT)
def _script(case: Same[PlayCase]) -> Script:
    return Script(case.one)


def _way(branch: Ways, target: int | None, values: Values) -> int | None:
    for holds, number in branch:
        if holds(values):
            return number
    return target
