"""Options of choice items, and the order each trainee sees them in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from iop_training.errors import ResponseError
from iop_training.model.base import Model, ProseText
from iop_training.model.item import Evidence, Harm, Item, PartId


class Harmful(Model):
    """What could hurt a client if somebody did it."""

    harm: Harm = "none"
    harm_reason: ProseText | None = None

    @model_validator(mode="after")
    def _harm_has_a_reason(self) -> Self:
        if (self.harm != "none") != (self.harm_reason is not None):
            raise ValueError("harm and harm_reason go together: give both or neither")
        return self


class Option(Harmful):
    """One option with the reason it is right or not yet right, and the harm it could do."""

    id: PartId
    text: ProseText
    rationale: ProseText


class ChoiceItem(Item):
    """Base of the kinds in which options are chosen."""

    options: Annotated[list[Option], Field(min_length=3, max_length=6)]

    evidence: ClassVar[Evidence] = "chosen"
    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "options.id", "options.text")

    def option(self, option_id: str) -> Option:
        """The option of that id; ResponseError when the item has none."""
        for option in self.options:
            if option.id == option_id:
                return option
        known = ", ".join(o.id for o in self.options)
        raise ResponseError(f"{self.id} has no option {option_id[:40]!r}; it has {known}.")

    @abstractmethod
    def right_ids(self) -> frozenset[str]:
        """Ids of the options that are right."""

    def shuffled(self) -> list[str]:
        return [o.id for o in self.options]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {"options": [{"id": i, "text": self.option(i).text} for i in order]}

    def check(self) -> list[tuple[str, str]]:
        faults = []
        ids = [o.id for o in self.options]
        for repeated in sorted({i for i in ids if ids.count(i) > 1}):
            faults.append(("options", f"option id {repeated!r} is used twice; give each its own"))
        texts = [" ".join(o.text.lower().split()) for o in self.options]
        if len(set(texts)) < len(texts):
            faults.append(("options", "two options say the same; change or remove one"))
        for option in self.options:
            if option.id in self.right_ids() and option.harm != "none":
                told = f"option {option.id} is right and does harm; change the key or the harm"
                faults.append(("options", told))
        for missing in sorted(self.right_ids() - set(ids)):
            allowed = ", ".join(ids)
            faults.append(("key", f"key {missing!r} is no option id; options are {allowed}"))
        return faults
