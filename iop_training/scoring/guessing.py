"""What somebody who knows nothing earns on an item, and the harm that does.

Exact where a kind lists every guess (``every_guess``), and for an item that is made of others,
each guessed apart from the rest, from what guessing gives on these. Else simulated from the kind's
``guess`` with a fixed seed, so that the same item gives the same figures each time and everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from random import Random

from iop_training.model import Harm, Item, Score
from iop_training.scoring import every_guess, guess, score

DRAWS = 2_000
"""Guesses drawn where they can't be listed; a share is then within 0.022 of the true one 95% of
the time at worst (two standard errors of a share of one half)."""
_SEED = 47
_HARMS: tuple[Harm, ...] = ("none", "minor", "serious")


@dataclass(frozen=True)
class Guessing:
    """Shares in [0, 1]: ``share`` of the points that guessing earns on average; ``right`` and
    ``serious`` of the guesses that are right (see :func:`is_right`) or do serious harm."""

    share: float
    right: float
    serious: float

    @property
    def serious_when_missed(self) -> float:
        """How many of the guesses that are not right do serious harm."""
        return self.serious / (1 - self.right) if self.right < 1 else 0.0


_known: dict[str, Guessing] = {}


def guessing(item: Item) -> Guessing:
    """What guessing gives on an item that no person grades; computed once for its content."""
    key = item.content_hash()
    if key not in _known:
        _known[key] = _guessing(item)
    return _known[key]


def guess_share(item: Item) -> float:
    """The share of the points, 0 to 1, that random guessing earns on average."""
    return guessing(item).share


def harm_done(result: Score) -> Harm:
    """The worst harm that the answer would have done."""
    return max((p.harm for p in result.parts if p.harmful), key=_HARMS.index, default="none")


def is_right(result: Score) -> bool:
    """Full points, and no harm of any degree done."""
    return result.full and harm_done(result) == "none"


def _guessing(item: Item) -> Guessing:
    if fields := [(field, guessing(field)) for _, field in item.inner()]:
        return Guessing(
            share=sum(field.points * known.share for field, known in fields) / item.points,
            right=prod(known.right for _, known in fields),
            serious=1 - prod(1 - known.serious for _, known in fields),
        )
    results = list(_results(item))
    return Guessing(
        share=sum(r.points or 0.0 for r in results) / item.points / len(results),
        right=sum(map(is_right, results)) / len(results),
        serious=sum(harm_done(r) == "serious" for r in results) / len(results),
    )


def _results(item: Item) -> Iterator[Score]:
    answers = every_guess(item)
    if answers is None:
        chance = Random(_SEED)
        answers = [guess(item, chance) for _ in range(DRAWS)]
    return (score(item, answer, bare=True) for answer in answers)
