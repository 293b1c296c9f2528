"""How likely somebody meets a gate with the questions that the course has.

Answers are independent. A guesser answers each question by its guess model. A competent person
answers it right with the same probability each time, and a miss is a random guess that is not
right, so that it does serious harm as often as such guesses do. Exact but for the guess models
that have to be simulated (:mod:`~iop_training.scoring.guessing`). Nothing is closed afterwards:
this is the first verdict. Sessions with clients are left out: which observations they make hangs on
what is said in them, and their proof plays them through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from iop_training.content import chance
from iop_training.model import GATE_DOMAINS, Item
from iop_training.scoring.gates import HARD, right_needed, shortfall
from iop_training.scoring.guessing import Guessing, guessing

COMPETENT = (0.90, 0.95, 0.97)
"""How likely the competent people that are looked at answer a question right."""


@dataclass(frozen=True)
class Outlook:
    """What the course has on one domain, or on all together. ``hard`` counts the observations
    that are hard to guess, ``missing`` says in words what it takes before the domain can be
    judged. ``guesser`` and ``competent`` (in the order of ``COMPETENT``) are probabilities of
    meeting it, 0 while it can't be judged."""

    domain: str
    observations: int
    kinds: tuple[str, ...]
    hard: int
    missing: tuple[str, ...]
    guesser: float
    competent: tuple[float, ...]


def observed(items: Sequence[Item]) -> list[Item]:
    """The items that are observations: graded, with a domain, and no person grades them."""
    return [i for i in items if i.use == "graded" and i.domain and not i.manual]


def outlooks(items: Sequence[Item]) -> list[Outlook]:
    """One for each domain, and at the end one for all of them together."""
    each = [outlook(d, [i for i in observed(items) if i.domain == d]) for d in GATE_DOMAINS]
    return [*each, _together(each)]


def outlook(domain: str, items: Sequence[Item]) -> Outlook:
    """What these items, all of one domain, can tell about it."""
    guesses = [guessing(item) for item in items]
    kinds = tuple(sorted({item.kind for item in items}))
    hard = sum(g.share <= HARD for g in guesses)
    missing = shortfall(len(items), len(kinds), hard)
    return Outlook(
        domain,
        len(items),
        kinds,
        hard,
        missing,
        0.0 if missing else meets([(g.right, g.serious) for g in guesses]),
        tuple(0.0 if missing else competent(guesses, p) for p in COMPETENT),
    )


def competent(guesses: Sequence[Guessing], right: float) -> float:
    """How likely somebody meets it who answers each question right with this probability."""
    return meets([(right, (1 - right) * g.serious_when_missed) for g in guesses])


def meets(answers: Sequence[tuple[float, float]]) -> float:
    """The probability of enough right answers and no serious harm; ``answers`` has for each
    question the probabilities that it is right and that it does serious harm."""
    # Leaving out the serious answers leaves sums below 1: the rest is the harm.
    unharmed = [_unharmed(right, serious) for right, serious in answers]
    counts = chance.total(unharmed)
    needed = right_needed(len(answers))
    return min(1.0, sum(p for right, p in counts.items() if right >= needed))


def _unharmed(right: float, serious: float) -> Mapping[int, float]:
    return {0: max(0.0, 1 - right - serious), 1: right}


def _together(each: Sequence[Outlook]) -> Outlook:
    return Outlook(
        "all together",
        sum(o.observations for o in each),
        tuple(sorted({kind for o in each for kind in o.kinds})),
        sum(o.hard for o in each),
        tuple(o.domain for o in each if o.missing),
        prod(o.guesser for o in each),
        tuple(prod(o.competent[n] for o in each) for n in range(len(COMPETENT))),
    )
