"""multiple_choice: several options are right. A response is a list of option ids."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.item import PartId
from iop_training.model.options import ChoiceItem


class MultipleChoice(ChoiceItem):
    """``key`` lists the ids of the right options: at least one, never all of them."""

    kind: Literal["multiple_choice"]
    key: Annotated[list[PartId], Field(min_length=1)]

    def right_ids(self) -> frozenset[str]:
        return frozenset(self.key)

    def validate_response(self, value: Any) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ResponseError(f"{self.id} takes a list of option ids.")
        return sorted({self.option(v).id for v in value})

    def is_blank(self, value: Any) -> bool:
        return not value

    def check(self) -> list[tuple[str, str]]:
        faults = super().check()
        if len(self.right_ids()) >= len(self.options):
            faults.append(("key", "every option is right; at least one must not be"))
        return faults


ITEM = MultipleChoice
