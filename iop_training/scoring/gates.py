"""Gates: safety as a scale of its own, apart from points.

Every graded item that names a ``domain`` and that no person grades is an observation of it. A
domain is judged over all its observations, never by one slip:

* *met*: at least four observations of at least two kinds, one of them hard to guess; at least
  three of four right; no serious harm chosen.
* *check now*: exactly one serious harm was chosen. Two fresh situations close it: right answers
  without serious harm, given later, in another assignment or another form.
* *not yet*: everything else, also where there is too little to judge by yet (``missing``). Two
  or more serious harms are *not yet* and just as urgent as one: ``talk_first`` holds for both.
  Each of them asks for two fresh situations of its own, all after the last of them.

More harm never improves a gate: ``urgency`` only grows with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from iop_training.model import GATE_DOMAINS, Harm, Item, Part, Score
from iop_training.model.base import Model
from iop_training.model.item import GateDomain
from iop_training.scoring.guessing import guess_share, harm_done

OBSERVATIONS, KINDS, HARD_ONES, RIGHT, FRESH = 4, 2, 1, 0.75, 2
"""At least so many observations, kinds and observations that are hard to guess; so large a share
of them right; and so many fresh right answers for each serious harm."""
HARD = 0.10
"""An observation is hard to guess when guessing earns at most this share of its points."""

State = Literal["met", "check now", "not yet"]


class Observation(Model):
    """One answer seen as an observation of a domain.

    ``guess_share`` is the share of the points, 0 to 1, that guessing earns. ``at`` is the time
    of the answer as ISO text in UTC, "" when unknown; such an answer closes nothing. ``question``
    is the whole stem; ``answer`` is what was answered, in words ("" for no answer). ``earlier``
    says that it was changed after a hand-in and counts for the harm it does. One that was made in
    a session with a client has the session's item as ``within``.
    """

    item: str
    within: str = ""
    domain: GateDomain
    kind: str
    assignment: str = ""
    form: str = "A"
    at: str = ""
    guess_share: Annotated[float, Field(ge=0, le=1)]
    points: float
    max_points: float
    harm: Harm = "none"
    harm_reasons: tuple[str, ...] = ()
    question: str = ""
    answer: str = ""
    earlier: bool = False

    @property
    def right(self) -> bool:
        """Full points, and no harm of any degree done."""
        return self.points >= self.max_points and self.harm == "none"

    @property
    def hard(self) -> bool:
        """Whether it is hard to guess."""
        return self.guess_share <= HARD

    def with_points(self, points: float | None) -> Observation:
        """The same with the points that a person gave in the gradebook; None leaves it."""
        return self if points is None else self.model_copy(update={"points": points})


@dataclass(frozen=True)
class Gate:
    """How a domain stands. ``missing`` says in words what it takes before the domain can be
    judged at all, () when it can. ``serious`` are the observations with serious harm while they
    are open, ``fresh`` how many fresh right answers came after them."""

    domain: str
    state: State
    observations: tuple[Observation, ...]
    missing: tuple[str, ...]
    serious: tuple[Observation, ...]
    fresh: int

    @property
    def right(self) -> int:
        """How many observations are right."""
        return sum(o.right for o in self.observations)

    @property
    def needed(self) -> int:
        """How many of its observations have to be right."""
        return right_needed(len(self.observations))

    @property
    def to_close(self) -> int:
        """How many fresh right answers are still to come before the serious harm is closed."""
        return FRESH * len(self.serious) - self.fresh if self.serious else 0

    @property
    def talk_first(self) -> bool:
        """Whether the supervisor talks with the trainee before they next sit with a client."""
        return bool(self.serious)

    @property
    def urgency(self) -> int:
        """0 met, 1 not yet, 2 check now, 3 not yet with two or more serious harms."""
        if self.talk_first:
            return min(3, 1 + len(self.serious))
        return 0 if self.state == "met" else 1

    @property
    def to_practise(self) -> tuple[Observation, ...]:
        """The (at most) two observations to practise first: not right, the most harmful first."""
        weight = {"serious": 0, "minor": 1, "none": 2}
        open_ones = [o for o in self.observations if not o.right]
        return tuple(sorted(open_ones, key=lambda o: weight[o.harm])[:2])


def observe(
    item: Item,
    result: Score,
    assignment: str = "",
    at: str = "",
    guess: float | None = None,
) -> Observation | None:
    """The observation that a scored answer is; None when the item has no domain or a person
    grades it. A blank answer is one, and not right. ``guess`` is the item's guess share where
    it is known already: finding it takes up to a second."""
    if item.domain is None or item.manual:
        return None
    return Observation(
        item=item.id,
        domain=item.domain,
        kind=item.kind,
        assignment=assignment,
        form=item.form,
        at=at,
        guess_share=guess_share(item) if guess is None else guess,
        points=result.points or 0.0,
        max_points=result.max_points,
        harm=harm_done(result),
        harm_reasons=tuple(p.harm_reason for p in result.parts if p.harmful and p.harm_reason),
        question=item.stem,
        answer="" if result.blank else _answered(result.parts),
    )


def judge(domain: str, observations: Iterable[Observation]) -> Gate:
    """The gate of one domain over all its observations, in any order."""
    seen = tuple(sorted((o for o in observations if o.domain == domain), key=lambda o: o.at))
    harmed = tuple(o for o in seen if o.harm == "serious")
    fresh = _fresh(seen, harmed)
    still_open = harmed if fresh < FRESH * len(harmed) else ()
    lacking = missing(seen)
    state: State = "not yet"
    if len(still_open) == 1:
        state = "check now"
    elif not still_open and not lacking and sum(o.right for o in seen) >= right_needed(len(seen)):
        state = "met"
    return Gate(domain, state, seen, lacking, still_open, fresh if still_open else 0)


def judge_all(observations: Sequence[Observation]) -> tuple[Gate, ...]:
    """The gates of all domains that were observed, in the order of the domains."""
    observed = {o.domain for o in observations}
    return tuple(judge(domain, observations) for domain in GATE_DOMAINS if domain in observed)


def _answered(parts: Sequence[Part]) -> str:
    """The answer in words; what there is only one of needs no name before it."""
    if len(parts) == 1 and parts[0].answer:
        return parts[0].answer
    return "; ".join(_named(p) for p in parts if p.chosen)


def _named(part: Part) -> str:
    """``line: answer``, without the stop that ends the line; the line alone where that is all."""
    return f"{part.text.removesuffix('.')}: {part.answer}" if part.answer else part.text


def right_needed(observations: int) -> int:
    """How many of so many observations have to be right."""
    return math.ceil(RIGHT * observations)


def missing(observations: Sequence[Observation]) -> tuple[str, ...]:
    """What it takes before a domain can be judged by these, in words; () for nothing."""
    return shortfall(
        len(observations), len({o.kind for o in observations}), sum(o.hard for o in observations)
    )


def shortfall(observations: int, kinds: int, hard: int) -> tuple[str, ...]:
    """The same from counts: observations, kinds among them, and how many are hard to guess."""
    lacking = []
    if observations < OBSERVATIONS:
        more = OBSERVATIONS - observations
        lacking.append(f"{more} more observation{'s' if more > 1 else ''}")
    if kinds < KINDS:
        lacking.append("another kind of question" if kinds else "two kinds of question")
    if hard < HARD_ONES:
        lacking.append("one that is hard to guess")
    return tuple(lacking)


def _fresh(seen: Sequence[Observation], harmed: Sequence[Observation]) -> int:
    """How many right answers came after all serious harm, none of them in the assignment and
    form of one. A serious harm without a time can have nothing after it."""
    if not all(o.at for o in harmed):
        return 0
    last = max((o.at for o in harmed), default="")
    sittings = {(o.assignment, o.form) for o in harmed}
    return sum(
        o.right and o.at > last and (o.assignment, o.form) not in sittings for o in seen if harmed
    )
