"""single_choice: exactly one option is right. A response is an option id or None."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from iop_training.errors import ResponseError
from iop_training.model.item import PartId
from iop_training.model.options import ChoiceItem


class SingleChoice(ChoiceItem):
    """``key`` is the id of the one best answer."""

    kind: Literal["single_choice"]
    key: PartId

    at_once: ClassVar[bool] = True

    def right_ids(self) -> frozenset[str]:
        return frozenset({self.key})

    def validate_response(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise ResponseError(f"{self.id} takes one option id, not {type(value).__name__}.")
        return self.option(value).id

    def is_blank(self, value: Any) -> bool:
        return value is None


ITEM = SingleChoice
