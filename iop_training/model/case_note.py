"""The progress note of a case: what it claims, and what in the session makes a claim true."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from iop_training.model.base import Key, Model, ProseText
from iop_training.model.condition import Condition

DONE, NOT_DONE = "done", "not_done"
YES_OR_NO: Mapping[str, str] = {
    DONE: "Yes, in this session",
    NOT_DONE: "No, not in this session",
}


class PlayClaimOption(Model):
    """One thing that the note can say."""

    id: Key
    text: ProseText


class ClaimOption(PlayClaimOption):
    """``when`` holds in the last state of a session in which it is true. The last option has none:
    it says that nothing of the kind happened."""

    when: Condition | None = None


class PlayClaim(Model):
    """A line of the form, such as "Asked directly about thoughts of suicide". Without ``options``
    it is answered with yes or no."""

    id: Key
    text: ProseText
    options: tuple[PlayClaimOption, ...] = ()

    def choices(self) -> dict[str, str]:
        """Id to text of what can be chosen, in the order of the form."""
        return {option.id: option.text for option in self.options} or dict(YES_OR_NO)


class Claim(PlayClaim):
    """``when`` says when a claim without options is true. ``harm_reason`` says whom it hurts when
    the note claims what did not happen."""

    when: Condition | None = None
    options: tuple[ClaimOption, ...] = ()
    harm_reason: ProseText

    @model_validator(mode="after")
    def _can_be_told(self) -> Self:
        if bool(self.options) == bool(self.when):
            raise ValueError("needs when: (answered with yes or no) or options:, and not both")
        if self.options:
            *named, last = self.options
            if not named or last.when or not all(option.when for option in named):
                raise ValueError(
                    "every option needs when:, but for the last one, which says that nothing of "
                    "the kind happened"
                )
        return self


class PlayNote(Model):
    """The note as it is asked for."""

    claims: Annotated[tuple[PlayClaim, ...], Field(min_length=3, max_length=14)]


class Note(PlayNote):
    """``points`` for claims that agree with the session, in an assessed case; >= 0."""

    claims: Annotated[tuple[Claim, ...], Field(min_length=3, max_length=14)]
    points: Annotated[int, Field(ge=0, le=40)] = 0
