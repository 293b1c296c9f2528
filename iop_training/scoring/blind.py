"""What somebody earns who does not know the answer: by guessing, and by going by looks.

Scores come from the real scorer. A strategy that can't tell the options of an item apart
guesses there, so that it is judged by what it sees and not by what it can't.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Any

from iop_training.content import chance, words
from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.content.writing import Bank
from iop_training.model.kinds.multiple_choice import MultipleChoice
from iop_training.model.options import ChoiceItem, Option
from iop_training.scoring import every_guess, score

POOLED_OVER = 0.05
"""How much more than guessing (share of points) a strategy may earn over the whole course."""
# Outcomes need whole numbers. With at most six options, points divide by 1 to 5, so that
# sixtieths of a point hold every score of an item with whole points.
_UNITS = 60

Strategy = Callable[[ChoiceItem], list[Any] | None]
"""Equally good answers to an item, or None where the strategy sees no difference."""


def _most(look: Callable[[ChoiceItem, Option], float]) -> Strategy:
    """Go by a look: one answer takes the most of it, several answers what is above the mean."""

    def answers(item: ChoiceItem) -> list[Any] | None:
        looks = {option.id: look(item, option) for option in item.options}
        if len(set(looks.values())) == 1:
            return None
        if isinstance(item, MultipleChoice):
            return [[i for i, value in looks.items() if value > fmean(looks.values())]]
        return [i for i, value in looks.items() if value == max(looks.values())]

    return answers


def _everything(item: ChoiceItem) -> list[Any] | None:
    return [[o.id for o in item.options]] if isinstance(item, MultipleChoice) else None


def _in_common(item: ChoiceItem, option: Option) -> float:
    return len(words.clue_words(item.stem) & words.clue_words(option.text))


STRATEGIES: dict[str, Strategy] = {
    "longest": _most(lambda _, option: len(option.text)),
    "shortest": _most(lambda _, option: -len(option.text)),
    "most hedged": _most(lambda _, option: len(words.HEDGE.findall(option.text))),
    "no absolutes": _most(lambda _, option: -len(words.ABSOLUTE.findall(option.text))),
    "second": _most(lambda item, option: option.id == item.options[1].id),
    "everything": _everything,
    "nothing": lambda _: [None],
    "most polite": _most(lambda _, option: len(words.POLITE.findall(option.text))),
    "stem words": _most(_in_common),
}
# These are meant to earn little: scoring takes wrong choices off, and a blank earns 0. The
# others tell just as much when they fail, for what they point at can then be struck out.
_MAY_FAIL = frozenset({"everything", "nothing"})


@dataclass(frozen=True)
class Trial:
    """One item: ``luck`` is what guessing earns, in sixtieths of a point; ``earned`` the points
    of each strategy."""

    item: ChoiceItem
    luck: chance.Outcomes
    earned: dict[str, float]

    @property
    def guessing(self) -> float:
        """Points that random guessing earns on average."""
        return chance.mean(self.luck) / _UNITS


@dataclass(frozen=True)
class Blind:
    """Trials together. All figures are shares of the points, 0 to 1."""

    trials: Sequence[Trial]

    @cached_property
    def points(self) -> float:
        """What the items are worth together."""
        return sum(trial.item.points for trial in self.trials)

    @cached_property
    def guessing(self) -> float:
        """What guessing earns on average."""
        return sum(trial.guessing for trial in self.trials) / self.points

    @cached_property
    def interval(self) -> tuple[float, float]:
        """What 95 of 100 guessers earn; binomial where all items are alike."""
        low, high = chance.interval(chance.total(trial.luck for trial in self.trials))
        return low / _UNITS / self.points, high / _UNITS / self.points

    @cached_property
    def shares(self) -> dict[str, float]:
        """What each strategy earns."""
        return {
            name: sum(trial.earned[name] for trial in self.trials) / self.points
            for name in STRATEGIES
        }

    @property
    def best(self) -> tuple[str, float]:
        """The strategy that earns most, and what it earns."""
        return max(self.shares.items(), key=lambda pair: pair[1])

    def outside(self, name: str) -> bool:
        """Whether a strategy earns what guessers hardly ever earn."""
        # Scores are rounded to four digits; a sum of them may miss a bound by that.
        low, high = self.interval[0] - 1e-4, self.interval[1] + 1e-4
        return self.shares[name] > high or (name not in _MAY_FAIL and self.shares[name] < low)


def attempt(item: ChoiceItem) -> Trial:
    """Guessing and every strategy at one item."""
    luck: defaultdict[int, float] = defaultdict(float)
    guesses = every_guess(item) or []
    for answer in guesses:
        luck[round(_points(item, answer) * _UNITS)] += 1 / len(guesses)
    guessing = chance.mean(luck) / _UNITS
    earned = {}
    for name, strategy in STRATEGIES.items():
        answers = strategy(item)
        earned[name] = fmean(_points(item, a) for a in answers) if answers else guessing
    return Trial(item, dict(luck), earned)


def play(bank: Bank) -> Blind:
    """A bank, played blindly."""
    return Blind([attempt(item) for item in bank.items])


def pooled(banks: Iterable[Blind]) -> Blind:
    """All banks as one."""
    return Blind([trial for blind in banks for trial in blind.trials])


def check_blind(catalog: Catalog, played: Sequence[tuple[Bank, Blind]]) -> Iterator[Fault]:
    """Warnings about strategies that the banks reward or punish, one by one and pooled."""
    for bank, blind in played:
        for name in filter(blind.outside, STRATEGIES):
            message = f"{bank.use} items: {_figures(name, blind)}: {_remedy(name, blind)}"
            yield catalog.place("modules", bank.module).fault("items", message, "warning")
    together = pooled(blind for _, blind in played)
    for name in STRATEGIES if together.trials else ():
        if together.shares[name] > together.guessing + POOLED_OVER:
            message = f"all {len(together.trials)} choice items: {_figures(name, together)}: "
            yield Fault("data/items", 0, message + _remedy(name, together), "warning")


def _figures(name: str, blind: Blind) -> str:
    low, high = blind.interval
    return (
        f"the blind strategy {name!r} earns {blind.shares[name]:.0%} of the points; guessing "
        f"earns {blind.guessing:.0%}, {low:.0%} to {high:.0%} in 95 of 100 tries"
    )


def _remedy(name: str, blind: Blind) -> str:
    if not blind.outside(name):
        return "luck can do that, so watch it as items are added"
    if blind.shares[name] < blind.guessing:
        return "such options can be struck out; let some of them be right"
    return "let more wrong options look like that"


def _points(item: ChoiceItem, answer: Any) -> float:
    # Choice items are scored at once; None is only for what a person grades.
    return score(item, answer).points or 0.0
