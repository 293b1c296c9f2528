"""KeptScores: the same answer to the same item is scored once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.model import Item, Score
from iop_training.scoring import score

MOST = 2_000
"""Scores that are kept, of some 10 KB each. An assignment of ours has a few hundred that repeat."""
LONG = 2_000
"""Characters of an answer that is too long to be given twice."""
SELDOM = ("session", "written")
"""The evidence of items to which hardly two people give the same answer."""


class KeptScores:
    """Scores of answers to ``items``, for those who score a cohort: a score that was asked for
    before is the same object again. When it is full it forgets all and begins again, so that no
    answers can make it grow."""

    def __init__(self, items: Mapping[str, Item], most: int = MOST) -> None:
        self._items = items
        self._most = most
        self._scores: dict[tuple[str, str], Score] = {}

    @property
    def count(self) -> int:
        """How many are kept now."""
        return len(self._scores)

    def score(self, item_id: str, value: Any) -> Score:
        """As :func:`iop_training.scoring.score`; ``value`` is JSON data."""
        item = self._items[item_id]
        if item.evidence in SELDOM:
            return score(item, value)
        # As text, because 1 and True are the same key and not the same answer.
        key = item_id, repr(value)
        known = self._scores.get(key)
        if known is None:
            known = score(item, value)
            if len(key[1]) <= LONG:
                if len(self._scores) >= self._most:
                    self._scores.clear()
                self._scores[key] = known
        return known

    def scores(self, values: Mapping[str, Any]) -> dict[str, Score]:
        """Item id to score for every item; one that ``values`` lacks is blank."""
        return {i: self.score(i, values.get(i)) for i in self._items}
