"""Session: one run through a case. Immutable: choosing a line gives the next session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from iop_training.errors import CaseError
from iop_training.model.case import PlayCase
from iop_training.model.case_moments import PlayEnding, PlayMoment, PlayMove
from iop_training.model.order import display_order
from iop_training.simulation.script import Script, Spot
from iop_training.simulation.transcript import Said, Turn, answered, heard_at

FORMAT = "case/1"
"""Begins every saved session; another number means that saved lines are read in another way."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where a run stands, and the lines that led there (ids, in order).

    ``minutes`` is the case time gone by. Two sessions are equal when they are of the same script
    and seed and the same lines were chosen.
    """

    script: Script
    seed: str
    spot: Spot
    chosen: tuple[str, ...] = ()
    minutes: int = 0

    @classmethod
    def start(cls, case: PlayCase | Script, seed: str = "") -> Session:
        """A new session. ``seed`` is the trainee's: it orders the lines shown and, where the case
        says so, varies what is said. To run a case often, make its Script once."""
        script = case if isinstance(case, Script) else Script(case)
        return cls(script, seed, script.start())

    @property
    def case(self) -> PlayCase:
        """The case that is played."""
        return self.script.case

    @property
    def ended(self) -> bool:
        """Whether an ending was reached."""
        return self.spot.ended

    @property
    def ending(self) -> PlayEnding | None:
        """The ending reached; None before that."""
        return self.case.endings[~self.spot.at] if self.ended else None

    @property
    def moment(self) -> PlayMoment | None:
        """The moment it stands at; None when it has ended."""
        return None if self.ended else self.script.steps[self.spot.at].moment

    @property
    def said(self) -> tuple[Said, ...]:
        """What was said on coming to this moment; () when it has ended."""
        if self.ended:
            return ()
        return heard_at(self.script, self.spot, self.seed, len(self.chosen))

    @property
    def offered(self) -> tuple[PlayMove, ...]:
        """The lines on offer, in the order that this trainee sees; () when it has ended."""
        if self.ended:
            return ()
        step = self.script.steps[self.spot.at]
        moves = {option.move.id: option.move for option in step.offered(self.spot.values)}
        order = _shown(self.seed, f"{self.case.id}.{step.moment.id}", tuple(step.by_id))
        return tuple(moves[move_id] for move_id in order if move_id in moves)

    @property
    def state(self) -> dict[str, int]:
        """Variables and flags (0 or 1) by name."""
        return self.script.named(self.spot.values)

    def choose(self, move: str) -> Session:
        """The session after a line, given by its id; CaseError when it is not on offer."""
        spot = self.spot
        if spot.at < 0:
            raise CaseError(f"The session has ended, so {_short(move)} can't be said any more.")
        option = self.script.steps[spot.at].by_id.get(move)
        if option is None or (option.when is not None and not option.when(spot.values)):
            raise CaseError(
                f"{_short(move)} is not on offer in turn {len(self.chosen) + 1}; "
                f"on offer: {', '.join(sorted(m.id for m in self.offered)) or 'nothing'}."
            )
        return Session(
            self.script,
            self.seed,
            self.script.after(spot, option),
            (*self.chosen, move),
            self.minutes + option.move.minutes,
        )

    def back_to(self, turn: int) -> Session:
        """The session as it was before a turn (1 for the first); the lines from there on are gone.
        CaseError for a turn that was not taken."""
        if not 1 <= turn <= len(self.chosen):
            raise CaseError(
                f"There is no turn {turn} to go back to; {len(self.chosen)} were taken."
            )
        return _run(Session.start(self.script, self.seed), self.chosen[: turn - 1])

    @property
    def transcript(self) -> tuple[Turn, ...]:
        """The turns taken so far."""
        return tuple(self._turns())

    @property
    def stages(self) -> tuple[Session, ...]:
        """The session as it was before each turn, from the start on, and as it is now."""
        stages = [Session.start(self.script, self.seed)]
        for move in self.chosen:
            stages.append(stages[-1].choose(move))
        return tuple(stages)

    def answer(self, move: str) -> tuple[Said, ...]:
        """What a line on offer would be answered at once, () for nothing."""
        return self._answer(self.choose(move))

    def _answer(self, after: Session) -> tuple[Said, ...]:
        option = self.script.steps[self.spot.at].by_id[after.chosen[-1]]
        return answered(self.script, self.spot.at, option.reply, after.spot.values)

    def _turns(self) -> Iterator[Turn]:
        for now, after in pairwise(self.stages):
            step = self.script.steps[now.spot.at]
            move = step.by_id[after.chosen[-1]].move
            yield Turn(
                number=len(after.chosen),
                moment=step.moment.id,
                said=now.said,
                move=move.id,
                text=move.text,
                to=move.to,
                reply=now._answer(after),
                minutes=now.minutes,
                before=now.state,
                after=after.state,
            )

    def to_list(self) -> list[str]:
        """What is kept of a session: format, case, seed, and the lines chosen."""
        return [FORMAT, self.case.id, self.seed, *self.chosen]


def replay(case: PlayCase | Script, saved: Any) -> Session:
    """The session that :meth:`Session.to_list` kept.

    CaseError when ``saved`` is no such list, is of another format or case, or claims a line that
    was not on offer.
    """
    script = case if isinstance(case, Script) else Script(case)
    if not isinstance(saved, list) or not all(isinstance(part, str) for part in saved):
        raise CaseError("What was saved of this session is no list of texts.")
    if saved[:1] != [FORMAT] or len(saved) < 3:
        found = _short(saved[0]) if saved else "nothing"
        raise CaseError(f"A saved session begins with {FORMAT!r}; this one with {found}.")
    if saved[1] != script.case.id:
        raise CaseError(f"This session is of case {_short(saved[1])}, not of {script.case.id!r}.")
    if not saved[2].isascii():
        raise CaseError("The seed that was saved with this session can't be one.")
    return _run(Session.start(script, saved[2]), tuple(saved[3:]))


def _short(text: str) -> str:
    """A text from somewhere else, fit for a message."""
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


def _run(session: Session, moves: tuple[str, ...]) -> Session:
    for move in moves:
        session = session.choose(move)
    return session


@lru_cache(maxsize=4096)
def _shown(seed: str, moment: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(display_order(seed, moment, ids))
