"""What a debrief is made of: data that a page draws and that can travel as JSON.

Sources are keys of ``data/references.yaml``. Turns count from 1. Points are those of the case.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iop_training.model.base import Model
from iop_training.model.case_moments import Code
from iop_training.model.item import Harm


class Heard(Model):
    """What somebody in the case said; ``shows`` is what one saw them do ("" for nothing). Where
    ``name`` is "", ``text`` is how the story ends."""

    name: str
    text: str
    shows: str = ""


class Change(Model):
    """What a line did to something the case keeps track of, in the words of its meaning: a
    variable (``person`` names whose it is where there are several) or, when ``happened``, a flag
    that was set."""

    name: str
    meaning: str
    person: str = ""
    before: int
    after: int
    happened: bool = False


class JudgedLine(Model):
    """A line that was on offer, with what is said about it, and what it is answered: the reply,
    else what is said next, else how the story ends."""

    id: str
    text: str
    to: tuple[str, ...] = ()
    codes: tuple[Code, ...]
    quality: Annotated[int, Field(ge=0, le=3)]
    why: str
    better: str = ""
    harm: Harm = "none"
    harm_reason: str = ""
    sources: tuple[str, ...] = ()
    answer: tuple[Heard, ...] = ()


class CodedTurn(Model):
    """A turn of the run, coded. ``said`` is what was heard before the line. The answer to ``line``
    is the reply alone, so that nothing is read twice: what was said next is ``said`` of the next
    turn. ``best_after`` is the most points that could still be reached after it."""

    turn: int
    moment: str
    title: str
    said: tuple[Heard, ...]
    line: JudgedLine
    changes: tuple[Change, ...] = ()
    emergency: bool = False
    decision: bool = False
    best_after: float


class TurningPoint(Model):
    """A turn that mattered: by ``harm``, by points that could no longer be reached afterwards
    (``outcome``), or, where nothing was lost, one that carried the session (``strength``).
    ``lines`` are all that were on offer there, for trying again, in the order that was shown;
    ``better`` is the text of the best of them ("" for a strength). ``lost`` >= 0, in points."""

    turn: int
    moment: str
    reason: Literal["harm", "outcome", "strength"]
    lost: float = 0.0
    better: str = ""
    lines: tuple[JudgedLine, ...]


class Practice(Model):
    """A variant of a moment, to practise: ``says`` by ``name``, then lines with their answers."""

    id: str
    moment: str
    harder: bool = False
    name: str
    says: str
    lines: tuple[JudgedLine, ...]


class Index(Model):
    """A practice index from chosen lines: ``value`` with the interval ``low`` to ``high`` (95 %),
    made of ``n`` lines; None each where nothing can be said. ``fair`` and ``good`` are the
    values that MITI 4.2.1 publishes for whole recorded sessions. ``enough`` is False under 10
    reflections: too few to judge."""

    name: Literal["reflections_to_questions", "complex_reflections"]
    value: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool
    fair: float
    good: float


class Indices(Model):
    """Counts of lines by what they are; those of emergency moments are left out of all but
    ``emergency``, which counts these turns."""

    simple: int
    complex: int
    open: int
    closed: int
    consistent: int
    inconsistent: int
    emergency: int
    indices: tuple[Index, ...]


class Curve(Model):
    """One variable over the run: a value before the first turn, then one after each."""

    name: str
    meaning: str
    person: str = ""
    low: int
    high: int
    values: tuple[int, ...]


class GoalIdea(Model):
    """A goal that this run suggests: ``code`` of lines (see ``Code``), "" for none; ``text`` says
    what to do next time, ``count`` how many lines of this run were of it."""

    code: str
    text: str
    count: int


class Debrief(Model):
    """The debrief of one run that reached an ending. ``best`` is the most points the case gives,
    ``points`` what this run earned; ``lost_at`` the first turn after which ``best`` was out of
    reach, None when it never was. ``run`` is a digest of the session it is about. Turning points
    come with the most important first, practice in the order of the loop."""

    format: Literal[1] = 1
    case: str
    title: str
    run: str
    ending: str
    kind: Literal["good", "mixed", "poor", "emergency"]
    story: str
    view: str
    view_by: str
    turning_points: Annotated[tuple[TurningPoint, ...], Field(max_length=3)]
    practice: tuple[Practice, ...]
    indices: Indices
    goals: tuple[GoalIdea, ...]
    turns: tuple[CodedTurn, ...]
    curves: tuple[Curve, ...]
    points: float
    max_points: float
    best: float
    lost_at: int | None
