"""KeptScores: the same answer to the same item is scored once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.model import Item, Score
from iop_training.model.per_answer import MOST, PerAnswer
from iop_training.scoring import score


class KeptScores:
    """Scores of answers to ``items``, for those who score a cohort: a score that was asked for
    before is the same object again. At most ``most`` are kept, of some 10 KB each."""

    def __init__(self, items: Mapping[str, Item], most: int = MOST) -> None:
        self._scores = PerAnswer(items, score, most)

    @property
    def count(self) -> int:
        """How many are kept now."""
        return self._scores.count

    def score(self, item_id: str, value: Any) -> Score:
        """As :func:`iop_training.scoring.score`; ``value`` is JSON data."""
        return self._scores.of(item_id, value)

    def scores(self, values: Mapping[str, Any]) -> dict[str, Score]:
        """Item id to score for every item; one that ``values`` lacks is blank."""
        return {i: self.score(i, values.get(i)) for i in self._scores.items}
