"""Moments of a case: what is said, what the trainee can say, and what each line does.

As in :mod:`iop_training.model.case_people`, ``Play...`` classes are what a learner may have.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from iop_training.model.base import Key, Model, ProseText
from iop_training.model.condition import NAME_PATTERN, Condition
from iop_training.model.item import GateDomain
from iop_training.model.options import Harmful

Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
Target = Annotated[str, StringConstraints(pattern=r"^(end:)?[a-z][a-z0-9_]{0,39}$")]
"""Where a line leads: the id of a moment, or ``end:`` and the id of an ending."""
Effect = Annotated[str, StringConstraints(pattern=r"^([+-]|=-?)\d{1,2}$")]
"""What a line does to a variable: ``+1`` and ``-2`` add, ``=0`` sets."""

Code = Literal[
    "reflection_simple",
    "reflection_complex",
    "question_open",
    "question_closed",
    "affirm",
    "seek_collaboration",
    "autonomy",
    "inform",
    "inform_with_permission",
    "advise_with_permission",
    "persuade",
    "confront",
    "ask_suicide",
    "ask_safety",
    "direct_safety",
    "structure",
    "boundary",
    "silence",
    "link",
    "protect",
    "action",
]
"""What a line is. To ``confront`` these are the behavior codes of MITI 4.2.1, with questions
split into open and closed ones; the others are of this course: asking about and directing for
safety, structuring, stating a limit (of scope or confidentiality), silence, linking and
protecting members of a group, and doing something instead of saying it."""
REFLECTIONS: frozenset[str] = frozenset({"reflection_simple", "reflection_complex"})
QUESTIONS: frozenset[str] = frozenset({"question_open", "question_closed"})
MI_CONSISTENT: frozenset[str] = frozenset({"affirm", "seek_collaboration", "autonomy"})
MI_INCONSISTENT: frozenset[str] = frozenset({"persuade", "confront"})
BEST = 3
"""The quality of the best line, and of the best ending."""


class Line(Model):
    """What one person says, and what one sees them do (``shows``)."""

    by: Key
    text: ProseText
    shows: ProseText | None = None


class Utterance(Model):
    """What is said when ``when`` holds: ``text`` by one person, or ``lines`` by several.

    ``by`` may be left out where the moment says it, or where there is one person only."""

    when: Condition | None = None
    by: Key | None = None
    text: ProseText | None = None
    shows: ProseText | None = None
    lines: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _text_or_lines(self) -> Self:
        if (self.text is None) == (not self.lines):
            raise ValueError("needs text: (one speaker) or lines: (several), and not both")
        if self.lines and (self.by or self.shows):
            raise ValueError("with lines:, each line has its own by: and shows:")
        return self


class Change(Model):
    """What happens to the state: effects first, then flags."""

    effects: dict[Name, Effect] = {}
    set: tuple[Key, ...] = ()
    clear: tuple[Key, ...] = ()


class ChangeWhen(Change):
    """A change for when a condition holds (in the state before the line)."""

    when: Condition


class Way(Model):
    """Where a line leads when ``when`` holds (in the state after the line)."""

    when: Condition
    to: Target


class PlayMove(Change):
    """A line of the trainee's. It is on offer while ``when`` holds. ``to`` names whom it is said
    to in a group: one person, two, or ``group``. ``minutes`` is the case time it takes. ``reply``
    is what it is answered at once: the first that fits the state after it."""

    id: Key
    text: ProseText
    to: tuple[Key, ...] = ()
    when: Condition | None = None
    also: tuple[ChangeWhen, ...] = ()
    minutes: Annotated[int, Field(ge=0, le=60)] = 1
    reply: tuple[Utterance, ...] = ()
    branch: tuple[Way, ...] = ()
    next: Target | None = None


class Mark(Model):
    """This line counts for an observation, rightly or not."""

    id: Key
    right: bool


class Judged(Harmful):
    """What is said about a line afterwards. ``quality``: 3 fits best here, 2 does well, 1 is a
    common slip, 0 harms or loses the client. ``better`` can be left out of the best line only."""

    codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=3)]
    quality: Annotated[int, Field(ge=0, le=BEST)]
    why: ProseText
    better: ProseText | None = None
    source: Annotated[tuple[Key, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _says_what_is_better(self) -> Self:
        if self.quality < BEST and self.better is None:
            raise ValueError(f"has quality {self.quality}, so it needs better: (a better line)")
        return self


class Move(PlayMove, Judged):
    """A line with what is said about it, and the observations it counts for."""

    observes: tuple[Mark, ...] = ()


class PlayMoment(Model):
    """A moment: what is said (the first of ``says`` that fits the state) and what the trainee can
    say. It comes when the story reaches it and ``when`` holds, else the next below it does.

    One that ``cuts_in`` is outside of that order: it comes as soon as ``when`` holds, whatever
    would have come, and leads back there. With ``vary`` the seed chooses among the ``says`` that
    fit."""

    id: Key
    by: Key | None = None
    when: Condition | None = None
    cuts_in: bool = False
    vary: bool = False
    says: Annotated[tuple[Utterance, ...], Field(min_length=1)]
    moves: Annotated[tuple[PlayMove, ...], Field(min_length=1, max_length=6)]
    branch: tuple[Way, ...] = ()
    next: Target | None = None

    @model_validator(mode="after")
    def _cuts_in_when(self) -> Self:
        if self.cuts_in and self.when is None:
            raise ValueError("cuts_in needs when:, or it would come at once and for ever")
        return self


class Moment(PlayMoment):
    """``title`` names it for authors, the map and the debrief. Its lines count for ``decision``,
    when it names one, and else for the process. In an ``emergency`` no index of MI is taken."""

    title: ProseText
    moves: Annotated[tuple[Move, ...], Field(min_length=1, max_length=6)]
    decision: Key | None = None
    emergency: bool = False


class PlayEnding(Model):
    """How it can end. Where a line leads to no ending by name, the first whose ``when`` holds
    is taken once there are no more moments; ``at_once`` ends as soon as ``when`` holds."""

    id: Key
    when: Condition | None = None
    at_once: bool = False
    text: ProseText

    @model_validator(mode="after")
    def _at_once_when(self) -> Self:
        if self.at_once and self.when is None:
            raise ValueError("at_once needs when:")
        return self


class Ending(PlayEnding):
    """``view`` is how the client sees it, in their words, or, with ``view_by``, somebody else in
    the case; ``score`` 0 to 3."""

    kind: Literal["good", "mixed", "poor", "emergency"]
    view: ProseText
    view_by: Key | None = None
    score: Annotated[int, Field(ge=0, le=BEST)]


class CaseObservation(Model):
    """An observation of a safety gate: ``text`` says what is looked for. It is right when the last
    line that marks it is; not right when it could have been marked and wasn't; and not made when
    no such line was ever on offer."""

    id: Key
    domain: GateDomain
    text: ProseText


class Decision(Model):
    """A decision point; ``text`` says what is decided. On any path it is met at most once."""

    id: Key
    text: ProseText


class DrillMove(Judged):
    """A line of a drill, with the client's answer to it."""

    id: Key
    text: ProseText
    reply: ProseText


class Drill(Model):
    """A variant of a moment to practise in the debrief: three for a turning point, then one that
    is ``harder``. It changes no state; a line of quality 2 or 3 changes the client's answer."""

    id: Key
    moment: Key
    harder: bool = False
    by: Key | None = None
    says: ProseText
    moves: Annotated[tuple[DrillMove, ...], Field(min_length=2, max_length=6)]
