"""Dull strategies: what somebody earns who never thinks about the client.

Each is played by many trainees, because the order of lines differs between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from iop_training.model.case import Case
from iop_training.model.case_moments import REFLECTIONS, Ending, Move
from iop_training.simulation.script import Script
from iop_training.simulation.session import Session
from iop_training.simulation.tally import Tally, judged_lines

TRAINEES, WALKS = 100, 1000
"""How many play each strategy, and how many choose at random."""
PASSING = 0.05
"""A strategy passes a case when more than this share of its players do."""
VALIDATING = re.compile(
    r"\b(sounds? (like|hard|as)|hear (you|that|how)|understand\w*|makes? sense|thank you|thanks|"
    r"appreciate\w*|must (be|feel|have been)|can imagine|sorry|glad|proud|brave|courage\w*|"
    r"strong|strength|valid|hard|tough|difficult|feel\w*|welcome|of course)\b",
    re.I,
)
"""Words that sound validating whatever they answer."""

Pick = Callable[[Sequence[Move], Random], Move]
"""Chooses among the lines on offer, which come in the order that the trainee sees."""


def _length(move: Move) -> int:
    return len(move.text)


def _validating(move: Move) -> float:
    return len(VALIDATING.findall(move.text))


def _always(*codes: str) -> Pick:
    """Lines that have one of these codes, the first shown of them; else the first shown."""
    wanted = set(codes)
    return lambda offered, _: next((m for m in offered if wanted & {*m.codes}), offered[0])


def _first(text: str) -> Pick:
    """The first line shown that has this text in it; else the first shown."""
    return lambda offered, _: next((m for m in offered if text in m.text), offered[0])


STRATEGIES: dict[str, Pick] = {
    "the first shown": lambda offered, _: offered[0],
    "the last shown": lambda offered, _: offered[-1],
    "the first by its id": lambda offered, _: min(offered, key=lambda m: m.id),
    "the last by its id": lambda offered, _: max(offered, key=lambda m: m.id),
    "the longest": lambda offered, _: max(offered, key=_length),
    "the shortest": lambda offered, _: min(offered, key=_length),
    "only reflections": _always(*REFLECTIONS),
    "only open questions": _always("question_open"),
    "the first with a question mark": _first("?"),
    "what sounds most validating": lambda offered, _: max(offered, key=_validating),
}
RANDOM = "at random"


@dataclass(frozen=True)
class Played:
    """What a strategy earned: the mean and the most points of its players, and the share of them
    that passed, 0 to 1 (with the points for it, and no serious harm)."""

    name: str
    mean: float
    most: float
    passed: float

    @property
    def passes(self) -> bool:
        """Whether it passes more often than may be."""
        return self.passed > PASSING


def play_dull(case: Case) -> list[Played]:
    """Every strategy on a case that the proof found free of loops and dead ends."""
    player = _Player(case)
    played = [player.play(name, pick, TRAINEES) for name, pick in STRATEGIES.items()]
    return [*played, player.play(RANDOM, lambda offered, chance: chance.choice(offered), WALKS)]


class _Player:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.script = Script(case)
        self.lines = judged_lines(case)

    def play(self, name: str, pick: Pick, trainees: int) -> Played:
        runs = [self._run(pick, f"trainee-{n}") for n in range(trainees)]
        points = [earned for earned, _ in runs]
        passed = [not harm and earned >= self.case.scoring.pass_mark for earned, harm in runs]
        return Played(name, fmean(points), max(points), fmean(passed))

    def _run(self, pick: Pick, seed: str) -> tuple[float, bool]:
        """Points, and whether serious harm was chosen."""
        session, tally, harm = Session.start(self.script, seed), Tally(), False
        chance = Random(seed)
        while session.moment is not None:
            here = session.moment.id
            move = pick([self.lines[here, m.id][1] for m in session.offered], chance)
            tally = tally.add(self.lines[here, move.id][0], move)
            harm = harm or move.harm == "serious"
            session = session.choose(move.id)
        ending: Ending = self.case.endings[~session.spot.at]
        return tally.points(self.case, ending.score), harm
