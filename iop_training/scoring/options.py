"""What the choice kinds share: one Part an option, in the author's order."""

from __future__ import annotations

from collections.abc import Collection

from iop_training.model import Part
from iop_training.model.options import ChoiceItem


def option_parts(item: ChoiceItem, chosen: Collection[str]) -> tuple[Part, ...]:
    """One part for every option of the item."""
    right = item.right_ids()
    return tuple(
        Part(
            id=o.id,
            text=o.text,
            chosen=o.id in chosen,
            right=o.id in right,
            rationale=o.rationale,
            harm=o.harm,
            harm_reason=o.harm_reason,
        )
        for o in item.options
    )
