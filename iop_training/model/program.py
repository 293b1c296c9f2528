"""ProgramFacts: what differs from program to program, and the question to ask where it is empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, field_validator

from iop_training.model.base import Model


def _none_if_blank(value: Any) -> Any:
    """A name with nothing behind it is an empty fact, in whatever form."""
    return None if isinstance(value, str) and not value.strip() else value


def _one_line(value: Any) -> Any:
    value = _none_if_blank(value)
    return " ".join(value.split()) if isinstance(value, str) else value


Line = Annotated[
    Annotated[str, StringConstraints(max_length=300)] | None, BeforeValidator(_one_line)
]


class Contact(Model):
    """Somebody to call or a place to send somebody to. Every part may be missing."""

    who: Line = None
    phone: Line = None
    address: Line = None

    def lines(self) -> tuple[str, ...]:
        """Who, the number on a line of its own so that it is found and not broken, the address."""
        return tuple(line for line in (self.who, self.phone, self.address) if line)


def _contact(value: Any) -> Any:
    value = _none_if_blank(value)
    if isinstance(value, str):
        raise ValueError("write who:, phone: and address: below it, indented, each on its own line")
    return value


Place = Annotated[Contact | None, BeforeValidator(_contact)]


@dataclass(frozen=True)
class Fact:
    """A fact to show: ``lines`` of text, none where the program has not said; ``ask`` is the
    question for the supervisor then."""

    name: str
    label: str
    ask: str
    lines: tuple[str, ...]


class ProgramFacts(Model):
    """``data/local/program.yaml``: facts of one program. No field has to be there.

    A field's title is its label on cards, its description the question for the supervisor.
    Nothing about clients, and of staff no more than a name or role with a number, belongs here.
    """

    program_name: Line = Field(None, title="Program", description="What is our program called?")
    state: Line = Field(
        None, title="State", description="Which state's rules apply to us, and to telehealth?"
    )
    supervisor_on_call: Place = Field(
        None,
        title="Supervisor on call",
        description="Who is on call for me, and at which number?",
    )
    after_hours: Place = Field(
        None,
        title="After hours",
        description="Which number do clients call in the evening and on weekends, and which do I?",
    )
    crisis_lines: Annotated[list[Contact], BeforeValidator(lambda v: _none_if_blank(v) or [])] = (
        Field(
            [],
            title="Crisis lines here",
            description="Which crisis line do we use besides 988?",
        )
    )
    emergency_department: Place = Field(
        None,
        title="Nearest emergency department",
        description="Which emergency department is nearest, and how do we get a client there?",
    )
    naloxone: Line = Field(
        None, title="Naloxone", description="Where is naloxone kept, and may I give it?"
    )
    ride_home: Line = Field(
        None,
        title="Getting home while intoxicated",
        description="How does a client who is intoxicated get home safely from here?",
    )
    not_yet_alone: Line = Field(
        None,
        title="Not yet alone",
        description="What may I not do yet, or only with somebody beside me?",
    )
    information_requests: Place = Field(
        None,
        title="When somebody asks about a client",
        description="Who answers when somebody asks about a client, or a paper comes from a court?",
    )
    child_abuse_line: Place = Field(
        None,
        title="To report harm to a child",
        description="Which number takes reports about children, and who helps me with the first?",
    )
    adult_abuse_line: Place = Field(
        None,
        title="To report harm to an adult at risk",
        description="Which number takes reports about adults at risk, and when must I report?",
    )
    asam_edition: Line = Field(
        None,
        title="ASAM Criteria",
        description="Which edition of the ASAM Criteria do we and our payers use?",
    )
    note_deadline: Line = Field(
        None, title="Progress note", description="By when must a progress note be finished?"
    )
    plan_deadline: Line = Field(
        None, title="Treatment plan", description="By when must a treatment plan be signed?"
    )
    review_interval: Line = Field(
        None, title="Plan review", description="How often do we review a treatment plan?"
    )

    @field_validator("crisis_lines")
    @classmethod
    def _without_empty_ones(cls, contacts: list[Contact]) -> list[Contact]:
        return [contact for contact in contacts if contact.lines()]

    def facts(self, names: Iterable[str] = ()) -> list[Fact]:
        """The named facts in that order, all of them when none is named; an unknown name is
        left out (``check`` has told the author)."""
        wanted = list(names) or FACT_NAMES
        return [self._fact(name) for name in wanted if name in FACT_NAMES]

    def empty(self) -> list[str]:
        """Names of the facts that the program has not said."""
        return [fact.name for fact in self.facts() if not fact.lines]

    def _fact(self, name: str) -> Fact:
        info, value = type(self).model_fields[name], getattr(self, name)
        return Fact(name, info.title or name, info.description or "", tuple(_lines(value)))


def _lines(value: Any) -> list[str]:
    if isinstance(value, Contact):
        return list(value.lines())
    if isinstance(value, list):
        return [line for contact in value for line in contact.lines()]
    return [value] if value else []


FACT_NAMES: list[str] = list(ProgramFacts.model_fields)

NATIONAL: tuple[tuple[str, str], ...] = (
    ("911", "Life in danger now: overdose, not breathing, a seizure, violence, a suicide attempt"),
    ("988", "Suicide & Crisis Lifeline: call or text, day and night"),
)
"""Numbers that hold in the whole United States, whatever the program says."""

POCKET: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "When somebody is in danger",
        (
            "supervisor_on_call",
            "after_hours",
            "crisis_lines",
            "emergency_department",
            "naloxone",
            "ride_home",
        ),
    ),
    ("When you have to report", ("child_abuse_line", "adult_abuse_line")),
    (
        "Day to day",
        (
            "not_yet_alone",
            "information_requests",
            "asam_edition",
            "note_deadline",
            "plan_deadline",
            "review_interval",
        ),
    ),
)
"""The pocket card's parts: heading and names of facts."""
