"""written: a short text that a supervisor reads against a rubric. A response is a str."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import ProseText
from iop_training.model.item import Item

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

    manual: ClassVar[bool] = True
    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "max_words")

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {"max_words": self.max_words}

    def validate_response(self, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise ResponseError(f"{self.id} takes a text, not {type(value).__name__}.")
        if len(value) > MAX_CHARACTERS:
            raise ResponseError(
                f"Your text has {len(value):,} characters; {MAX_CHARACTERS:,} can be kept. "
                "Shorten it and it is saved."
            )
        # Half a character (a lone surrogate) can't be written to any file.
        return value.encode("utf-8", "replace").decode().replace("\r\n", "\n")

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
