"""What the placing kinds share: one Part for each thing that is placed."""

from __future__ import annotations

from collections.abc import Mapping

from iop_training.model import Part
from iop_training.model.placing import PlacingItem


def placing_parts(item: PlacingItem, value: Mapping[str, str]) -> tuple[Part, ...]:
    """What was put where, whether rightly, and what that does."""
    return tuple(_part(item, n, value) for n in range(len(item.placed())))


def _part(item: PlacingItem, n: int, value: Mapping[str, str]) -> Part:
    placed = item.placed()[n]
    chosen = value.get(placed.id)
    harm = next((h for h in placed.harms if h.answer == chosen), None)
    return Part(
        id=placed.id,
        text=placed.text,
        chosen=chosen is not None,
        right=chosen in (placed.key, None),
        answer=item.place(chosen).text if chosen else "",
        better="" if chosen == placed.key else item.place(placed.key).text,
        rationale=placed.rationale,
        harm=harm.harm if harm else "none",
        harm_reason=harm.harm_reason if harm else None,
    )


def right_and_wrong(item: PlacingItem, value: Mapping[str, str]) -> tuple[int, int]:
    """How many stand in their right place, and how many in another."""
    right = sum(value.get(placed.id) == placed.key for placed in item.placed())
    return right, len(value) - right
