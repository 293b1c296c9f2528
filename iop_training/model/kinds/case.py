"""case: a session with a simulated client. A response is a CaseAnswer as JSON data.

What an item of this kind says about itself comes from its case file, so that nothing is said twice:
an author writes ``case: a01`` and, where the course is read, the case stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import SerializeAsAny, ValidationError, WithJsonSchema, model_validator

from iop_training.errors import ResponseError
from iop_training.model.base import Path
from iop_training.model.case import Case, PlayCase
from iop_training.model.case_answer import APART, CaseAnswer
from iop_training.model.case_parts import case_secrets, play_part
from iop_training.model.item import Evidence, Item, Review

_NAMED = WithJsonSchema({"type": "string", "pattern": r"^[ac]\d\d$"})


class CaseItem(Item):
    """``case`` is whole for grading and in practice; a learner's kernel has the play part of an
    assessed one."""

    kind: Literal["case"]
    case: Annotated[SerializeAsAny[PlayCase], _NAMED]

    evidence: ClassVar[Evidence] = "session"
    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "case")

    @model_validator(mode="before")
    @classmethod
    def _says_what_its_case_says(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "case" not in data:
            return data
        case = data["case"]
        if isinstance(case, str):
            raise ValueError(f"case {case!r} is not in data/cases, or has faults of its own")
        case = case if isinstance(case, PlayCase) else Case.model_validate(case)
        return {**_from_case(case), **data, "case": case}

    def prose(self) -> Iterator[tuple[Path, str]]:
        """Nothing: its texts are those of the case, and are looked at there."""
        yield from ()

    def secrets(self) -> list[str]:
        return case_secrets(self.case) if isinstance(self.case, Case) else []

    def public(self) -> dict[str, Any]:
        data = super().public()
        if self.use == "graded" and isinstance(self.case, Case):
            data["case"] = play_part(self.case)
        return data

    @classmethod
    def from_public(cls, data: dict[str, Any]) -> Item:
        if data["use"] == "formative":
            return cls.model_validate(data)
        return cls.model_construct(**{**data, "case": PlayCase.model_validate(data["case"])})

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {}

    def validate_response(self, value: Any) -> dict[str, Any]:
        try:
            answer = CaseAnswer.model_validate(value or {})
        except ValidationError as error:
            raise ResponseError(
                f"{self.id} takes the work on a case, which this is not."
            ) from error
        return answer.model_dump(mode="json", exclude_defaults=True)

    def is_blank(self, value: Any) -> bool:
        return not value

    def lacks(self, value: Any) -> list[str]:
        answer = CaseAnswer.model_validate(value)
        if answer.way in APART:
            return []
        if answer.counting is None:
            return ["the session, up to an ending"]
        claims = self.case.note.claims if self.case.note else ()
        return (
            ["the note about the session"] if any(c.id not in answer.note for c in claims) else []
        )

    def check(self) -> Sequence[tuple[str | Path, str]]:
        mode = {"graded": "assessed", "formative": "practice"}[self.use]
        faults = []
        if self.case.mode != mode:
            what = f"is {self.case.mode}; a {self.use} item takes one that is {mode}"
            faults.append(("case", what))
        if self.points != _from_case(self.case).get("points", self.points):
            faults.append(
                ("points", f"points are {self.points:g}; leave them out: the case says it")
            )
        if self.review != Review() or self.review_by:
            faults.append(("review", "a case is reviewed in its own file; leave review out here"))
        return faults

    def content_hash(self) -> str:
        """As for any item; the review of the case is about it and no part of it."""
        if not isinstance(self.case, Case):
            return super().content_hash()
        judged = self.case.model_copy(update={"review": Review(), "review_by": None})
        return super(CaseItem, self.model_copy(update={"case": judged})).content_hash()


def _from_case(case: PlayCase) -> dict[str, Any]:
    """Fields of the item that say what the case says."""
    named = {c for objective in case.objectives for c in objective.competency}
    told: dict[str, Any] = {"stem": case.title, "competency": sorted(named)}
    if isinstance(case, Case):
        note = case.note.points if case.note else 0
        told |= {"source": case.sources(), "points": case.scoring.total + note}
    return told


ITEM = CaseItem
