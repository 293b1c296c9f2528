"""What is kept of somebody's work on a case: the runs through it, the note, the debrief."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iop_training.model.base import Key, Model

Way = Literal["", "session", "together", "another", "in_person"]
"""How somebody takes the case: alone, with someone beside them, by another scenario, or with the
supervisor in person. "" while they have not chosen."""
APART: frozenset[str] = frozenset({"another", "in_person"})
"""Ways on which the competence is shown elsewhere, and a person gives the points."""

Text = Annotated[str, StringConstraints(max_length=2_000)]
Saved = Annotated[str, StringConstraints(max_length=120)]
TurnNumber = Annotated[int, Field(ge=1, le=60)]
MOST_RUNS = 40
"""How many runs are kept."""


class Run(Model):
    """One run: a session as :meth:`~iop_training.simulation.Session.to_list` gives it. ``ended``
    is the page's word that it reached an ending; grading plays it again and believes nothing."""

    saved: Annotated[tuple[Saved, ...], Field(min_length=3, max_length=80)]
    ended: bool = False


class Tried(Model):
    """A line tried again in the debrief: ``at`` is the moment's id or the drill's."""

    at: Key
    move: Key


class DebriefNotes(Model):
    """What the trainee said and did in the debrief. ``worked`` and ``back`` are turns of the run:
    what worked, and the turn to take back. ``goal_code`` is a code of lines (see ``Code``) that
    the goal is about, "" for one in words alone; ``goal_met`` says how an earlier goal went.
    ``step`` is how far they came, 1 to 6 (0: not begun); ``left``: put off for later."""

    worked: TurnNumber | None = None
    back: TurnNumber | None = None
    line: Text = ""
    tried: Annotated[tuple[Tried, ...], Field(max_length=60)] = ()
    goal: Text = ""
    goal_code: Annotated[str, StringConstraints(pattern=r"^([a-z_]{1,40})?$")] = ""
    goal_met: Literal["", "yes", "partly", "not_yet"] = ""
    step: Annotated[int, Field(ge=0, le=6)] = 0
    left: bool = False
    done: bool = False


class CaseAnswer(Model):
    """All of it. ``note`` has what the note says, claim to option; it is about the run that
    counts, and so is the debrief of an assessed case; in practice it is about the last one.
    ``paused``: the trainee stopped for now, and the page doesn't open in the middle of the talk."""

    way: Way = ""
    runs: Annotated[tuple[Run, ...], Field(max_length=MOST_RUNS)] = ()
    paused: bool = False
    note: Annotated[dict[Key, Key], Field(max_length=20)] = {}
    debrief: DebriefNotes = DebriefNotes()

    @property
    def counting(self) -> int | None:
        """Which run counts, from 0: the first that reached an ending; None while none did."""
        return next((n for n, run in enumerate(self.runs) if run.ended), None)
