"""The coach of a practice case: a word after a turn, and fewer of them as the lines get better.

The rule, for the line that was just said (``earlier``: practice cases already finished):

1. Harm, or quality 0 or 1: the coach always speaks. Harm is told whole, with a better line.
2. Quality 2 or 3: the coach speaks in the first turns of the session (four in a first case, two in
   a second, none later), and after a line of quality 0 or 1 (in the two turns after it, later in
   the next one only), so that a recovery is seen. Else the coach is silent.
3. In a third case and later, and where the three lines before were all of quality 2 or 3, what is
   said is brief: the first sentence of why, and no better line, so that the next one is the
   trainee's own. What was left out can be asked for (:func:`coach_on_request`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from iop_training.model.base import Model
from iop_training.model.case import Case
from iop_training.model.case_moments import BEST, Code, Moment, Move
from iop_training.model.item import Harm
from iop_training.simulation.session import Session
from iop_training.simulation.tally import Taken, taken

OPENING = (4, 2)
"""In how many first turns the coach speaks of every line, in the first practice case, the second
...; none after those."""
WELL = 2
"""Lines of at least this quality do well."""
STEADY = 3
"""After so many lines in a row that do well, the coach is brief."""
_SENTENCE = re.compile(r"^.+?[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-Z]|\s*$)", re.S)


class Coach(Model):
    """What the coach says about a turn, about the line and the next step: ``text`` is why,
    ``better`` a line to try ("" for none)."""

    turn: Annotated[int, Field(ge=1)]
    title: str
    text: str
    better: str = ""
    codes: tuple[Code, ...]
    harm: Harm = "none"
    harm_reason: str = ""
    sources: tuple[str, ...] = ()


def coach(case: Case, session: Session, earlier: int = 0) -> Coach | None:
    """What the coach says about the last line of a session; None to stay silent, and before the
    first. See the rule above."""
    turns = taken(case, session)
    if not turns or not _speaks(turns, earlier):
        return None
    said = _said(turns[-1])
    if said.harm == "none" and _is_brief(turns[:-1], earlier):
        return said.model_copy(update={"text": _first(said.text), "better": ""})
    return said


def coach_on_request(case: Case, session: Session) -> Coach | None:
    """All that the coach has to say about the last line of a session, for whoever asks; None
    before the first."""
    turns = taken(case, session)
    return _said(turns[-1]) if turns else None


def _speaks(turns: Sequence[Taken], earlier: int) -> bool:
    *before, last = turns
    if not _does_well(last):
        return True
    new = earlier < len(OPENING)
    opening = OPENING[earlier] if new else 0
    return last.number <= opening or not all(map(_does_well, before[-2 if new else -1 :]))


def _is_brief(before: Sequence[Taken], earlier: int) -> bool:
    steady = len(before) >= STEADY and all(map(_does_well, before[-STEADY:]))
    return steady or earlier >= len(OPENING)


def _does_well(turn: Taken) -> bool:
    return turn.move.quality >= WELL and turn.move.harm == "none"


def _said(turn: Taken) -> Coach:
    move = turn.move
    return Coach(
        turn=turn.number,
        title=_title(turn.moment, move),
        text=move.why,
        better=move.better if move.better and move.quality < BEST else "",
        codes=move.codes,
        harm=move.harm,
        harm_reason=move.harm_reason or "",
        sources=move.source,
    )


def _title(moment: Moment, move: Move) -> str:
    """About the line, never about who said it; with the next step where there is one."""
    if move.harm == "serious":
        return "Not yet: this line can do serious harm. Take it back and try another."
    if move.harm == "minor":
        return "Not yet: this line can hurt. Take it back and try another."
    if move.quality == BEST:
        return "This keeps people safe." if moment.emergency else "This opened something."
    return {
        0: "Not yet: this line closes a door. Take it back and try another.",
        1: "Not yet: something stays open here. Go back and try another line, or go on.",
        2: "This does well. It can do more.",
    }[move.quality]


def _first(text: str) -> str:
    """The first sentence of a text."""
    found = _SENTENCE.match(text)
    return found.group() if found else text
