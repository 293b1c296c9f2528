"""PerAnswer: what follows from an answer to an item is worked out once for all who give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from iop_training.model.item import Item

MOST = 2_000
"""Answers whose result is kept. An assignment of ours has a few hundred that repeat."""
LONG = 2_000
"""Characters of an answer that is too long to be given twice."""
SELDOM = ("session", "written")
"""The evidence of items to which hardly two people give the same answer."""
Result = TypeVar("Result")


class PerAnswer(Generic[Result]):
    """What ``work`` makes of answers to ``items``, from nothing but the two: a result that was
    asked for before is the same object again. When it is full it forgets all and begins again, so
    that no answers can make it grow."""

    def __init__(
        self, items: Mapping[str, Item], work: Callable[[Item, Any], Result], most: int = MOST
    ) -> None:
        self.items = items
        self._work = work
        self._most = most
        self._known: dict[tuple[str, str], Result] = {}

    @property
    def count(self) -> int:
        """How many are kept now."""
        return len(self._known)

    def of(self, item_id: str, value: Any) -> Result:
        """The result for one answer; ``value`` is JSON data."""
        item = self.items[item_id]
        if item.evidence in SELDOM:
            return self._work(item, value)
        try:
            # As text, because 1 and True are the same key and not the same answer.
            key = item_id, repr(value)
        except RecursionError:  # brackets upon brackets, which json could just take
            return self._work(item, value)
        if key in self._known:
            return self._known[key]
        result = self._work(item, value)
        if len(key[1]) <= LONG:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[key] = result
        return result
