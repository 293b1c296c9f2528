"""What the placing kinds share: one Part for each thing that is placed."""

from __future__ import annotations

from collections.abc import Mapping

from iop_training.model import Part
from iop_training.model.placing import Placed, PlacingItem


def placing_parts(item: PlacingItem, value: Mapping[str, str]) -> tuple[Part, ...]:
    """What was put where, whether rightly, and what that does."""
    texts = {place.id: place.text for place in item.places()}
    return tuple(_part(placed, value.get(placed.id), texts) for placed in item.placed())


def _part(placed: Placed, chosen: str | None, texts: Mapping[str, str]) -> Part:
    harm = next((h for h in placed.harms if h.answer == chosen), None)
    return Part(
        id=placed.id,
        text=placed.text,
        chosen=chosen is not None,
        right=chosen in (placed.key, None),
        answer=texts[chosen] if chosen else "",
        better="" if chosen == placed.key else texts[placed.key],
        rationale=placed.rationale,
        harm=harm.harm if harm else "none",
        harm_reason=harm.harm_reason if harm else None,
    )


def right_and_wrong(item: PlacingItem, value: Mapping[str, str]) -> tuple[int, int]:
    """How many stand in their right place, and how many in another."""
    right = sum(value.get(placed.id) == placed.key for placed in item.placed())
    return right, len(value) - right
