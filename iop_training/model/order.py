"""The order in which each trainee sees what is shuffled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def display_order(seed: str, item_id: str, ids: Iterable[str]) -> list[str]:
    """Ids in the order this trainee sees: constant for a seed, different between seeds.

    ``seed`` is the random text in the first line of the trainee's journal. The order depends
    on ids alone, so that a reworded option stays where it was.
    """

    within = f"{seed}/{item_id}/"

    def rank(part: str) -> bytes:
        return hashlib.sha256(f"{within}{part}".encode()).digest()

    return sorted(ids, key=rank)
