"""categorise: every entry goes into one category. A response is {entry id: category id}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.model.base import Path
from iop_training.model.item import Item
from iop_training.model.placing import Place, Placed, PlacingItem


class Categorise(PlacingItem):
    """Categories stand in the author's order, entries in another one for each trainee."""

    kind: Literal["categorise"]
    categories: Annotated[list[Place], Field(min_length=2, max_length=4)]
    entries: Annotated[list[Placed], Field(min_length=3, max_length=10)]

    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "categories.id",
        "categories.text",
        "entries.id",
        "entries.text",
    )

    def placed(self) -> Sequence[Placed]:
        return self.entries

    def places(self) -> Sequence[Place]:
        return self.categories

    def _lists(self) -> tuple[str, str]:
        return "entries", "categories"

    def shuffled(self) -> list[str]:
        return [e.id for e in self.entries]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        texts = {e.id: e.text for e in self.entries}
        return {
            "categories": [{"id": c.id, "text": c.text} for c in self.categories],
            "entries": [{"id": i, "text": texts[i]} for i in order],
        }

    def check(self) -> list[tuple[str | Path, str]]:
        faults = super().check()
        if len({e.key for e in self.entries}) == 1:
            faults.append(("entries", "every entry has the same key; at least one needs another"))
        return faults


ITEM = Categorise
