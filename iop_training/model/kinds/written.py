"""written: a short text that a supervisor reads against a rubric. A response is a str."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.model.base import ProseText
from iop_training.model.item import Evidence, Item
from iop_training.model.typed import typed_text

MAX_CHARACTERS = 20_000
"""What is stored of one answer; some thirty times the longest task's word limit."""


class Written(Item):
    """Graded: ``rubric`` names a file of ``data/rubrics``. Formative: ``model_answer`` is one
    good answer, shown for comparison. ``max_words`` is advice to the trainee: an answer that
    is longer is kept whole and said to be long."""

    kind: Literal["written"]
    max_words: Annotated[int, Field(ge=10, le=600)] = 150
    rubric: str | None = None
    model_answer: ProseText | None = None

    evidence: ClassVar[Evidence] = "written"
    manual: ClassVar[bool] = True
    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "max_words")

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {"max_words": self.max_words}

    def validate_response(self, value: Any) -> str:
        return typed_text(self.id, value, MAX_CHARACTERS)

    def is_blank(self, value: Any) -> bool:
        return not value.strip()

    def check(self) -> list[tuple[str, str]]:
        if self.use == "graded" and not self.rubric:
            return [("rubric", "a graded written item needs rubric: <file in data/rubrics>")]
        if self.use == "formative" and not self.model_answer:
            return [("model_answer", "a formative written item needs model_answer: |")]
        if self.rubric and self.model_answer:
            return [("model_answer", "give a rubric (graded) or a model answer, not both")]
        return []


ITEM = Written
