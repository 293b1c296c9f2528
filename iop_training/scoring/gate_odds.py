"""How likely somebody meets a gate with the questions that the course has, and the talks it takes.

Assignments are handed in once, in the order of the course, and gates are judged as
:func:`~iop_training.scoring.gates.judge` does: what closes a serious harm in a later assignment
closes it here. There are two moments: after the first week alone, before somebody sits with a
client, and at the end of the course.

Answers are independent. A guesser answers each question by its guess model. A competent person
answers it right with the same probability each time, and a miss is a random guess that is not
right, so that it does serious harm as often as such guesses do. Exact but for the guess models
that have to be simulated (:mod:`~iop_training.scoring.guessing`). Sessions with clients are left
out: which observations they make hangs on what is said in them, and their proof plays them through.
Nobody is thought to learn anything on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import prod

from iop_training.content.sequence import in_first_week, place_in_course
from iop_training.model import GATE_DOMAINS, Item
from iop_training.model.item import module_of
from iop_training.scoring.gates import FRESH, HARD, right_needed, shortfall
from iop_training.scoring.guessing import Guessing, guessing

COMPETENT = (0.95, 0.90)
"""How likely the competent people that are looked at answer a question right. The talks are those
of the first."""

Answers = Sequence[tuple[float, float]]
"""For each question of one assignment, the probabilities that its answer is right and that it does
serious harm."""


@dataclass(frozen=True)
class Moment:
    """What there is by then to judge a domain by, or all together.

    ``hard`` counts the observations that are hard to guess, ``missing`` says in words what it
    takes before the domain can be judged. ``guesser`` and ``competent`` (in the order of
    ``COMPETENT``) are probabilities that the gate is met then, 0 while it can't be judged.
    """

    observations: int
    kinds: tuple[str, ...]
    hard: int
    missing: tuple[str, ...]
    guesser: float
    competent: tuple[float, ...]


@dataclass(frozen=True)
class Outlook:
    """A domain, or all together, at the two moments. After the first week "all together" are the
    domains that the first week asks about. ``talks`` is how many assignments ask for a talk on
    average, because a serious harm was chosen in them; for all together, each domain's added."""

    domain: str
    first_week: Moment
    course: Moment
    talks: float


def observed(items: Iterable[Item]) -> list[Item]:
    """The items that are observations: graded, with a domain, and no person grades them."""
    return [i for i in items if i.use == "graded" and i.domain and not i.manual]


def outlooks(items: Iterable[Item]) -> list[Outlook]:
    """One for each domain, and at the end one for all of them together. ``items`` are all of the
    course, in any order: which assignments grade sessions decides where these stand in it."""
    assignments = _assignments([*items])
    each = [
        outlook(d, [[i for i in asked if i.domain == d] for asked in assignments])
        for d in GATE_DOMAINS
    ]
    asked_first = [o for o in each if o.first_week.observations]
    together = Outlook(
        "all together",
        _together({o.domain: o.first_week for o in asked_first}),
        _together({o.domain: o.course for o in each}),
        sum(o.talks for o in each),
    )
    return [*each, together]


def outlook(domain: str, assignments: Sequence[Sequence[Item]]) -> Outlook:
    """What these items, all of one domain, can tell about it; those of each assignment apart, in
    the order of the course."""
    first = [items for items in assignments if items and in_first_week(module_of(items[0].id))]
    careful = [_answers(items, COMPETENT[0]) for items in assignments]
    return Outlook(domain, _moment(first), _moment(assignments), talks(careful))


def meets(assignments: Sequence[Answers]) -> float:
    """The probability that, after the last of them, enough answers are right and no serious harm
    is open; where there is enough to judge by.

    Walks through the assignments with the probability of every (serious harms, fresh right answers
    after the last of them, right answers), and drops those that can't be met any more.
    """
    to_come = sum(map(len, assignments))
    needed = right_needed(to_come)
    states = {(0, 0, 0): 1.0}
    for answers in assignments:
        to_come -= len(answers)
        after: defaultdict[tuple[int, int, int], float] = defaultdict(float)
        outcomes = _outcomes(answers)
        for (harms, fresh, right), likely in states.items():
            for (harmed, good), chance in outcomes.items():
                # Right answers in an assignment with a serious harm are not fresh, and a new harm
                # asks for fresh ones after it for itself and for all before it.
                now = harms + harmed
                closing = 0 if harmed else min(fresh + good, FRESH * now)
                if FRESH * now - closing <= to_come and right + good + to_come >= needed:
                    after[now, closing, right + good] += likely * chance
        states = dict(after)
    return min(1.0, sum(states.values()))


def talks(assignments: Sequence[Answers]) -> float:
    """In how many of them somebody chooses a serious harm, on average."""
    return sum(1 - prod(1 - serious for _, serious in answers) for answers in assignments)


def competent(known: Guessing, right: float) -> tuple[float, float]:
    """The answer of somebody who is right with this probability."""
    return right, (1 - right) * known.serious_when_missed


def _assignments(items: Sequence[Item]) -> list[list[Item]]:
    """The observations, those of each assignment together, in the order of the course."""
    sessions = {module_of(i.id) for i in items if i.use == "graded" and i.kind == "case"}

    def place(item: Item) -> tuple[int, str]:
        return place_in_course(module_of(item.id), sessions)

    return [[*asked] for _, asked in groupby(sorted(observed(items), key=place), key=place)]


def _answers(items: Sequence[Item], right: float) -> Answers:
    return [competent(guessing(item), right) for item in items]


def _moment(assignments: Sequence[Sequence[Item]]) -> Moment:
    items = [item for asked in assignments for item in asked]
    kinds = tuple(sorted({item.kind for item in items}))
    hard = sum(guessing(item).share <= HARD for item in items)
    missing = shortfall(len(items), len(kinds), hard)
    lucky = [[(g.right, g.serious) for g in map(guessing, asked)] for asked in assignments]
    able = [[_answers(asked, right) for asked in assignments] for right in COMPETENT]
    return Moment(
        len(items),
        kinds,
        hard,
        missing,
        0.0 if missing else meets(lucky),
        tuple(0.0 if missing else meets(answers) for answers in able),
    )


def _together(moments: Mapping[str, Moment]) -> Moment:
    """All of these domains; ``missing`` names those that can't be judged."""
    each = moments.values()
    return Moment(
        sum(m.observations for m in each),
        tuple(sorted({kind for m in each for kind in m.kinds})),
        sum(m.hard for m in each),
        tuple(domain for domain, m in moments.items() if m.missing),
        prod(m.guesser for m in each),
        tuple(prod(m.competent[n] for m in each) for n in range(len(COMPETENT))),
    )


def _outcomes(answers: Answers) -> Mapping[tuple[int, int], float]:
    """How likely each number of serious harms and of right answers is in one assignment."""
    result = {(0, 0): 1.0}
    for right, serious in answers:
        longer: defaultdict[tuple[int, int], float] = defaultdict(float)
        for (harms, good), likely in result.items():
            longer[harms + 1, good] += likely * serious
            longer[harms, good + 1] += likely * right
            longer[harms, good] += likely * max(0.0, 1 - right - serious)
        result = dict(longer)
    return result
