"""Where results stand against the pass marks of data/standards.yaml, as these are now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.scoring.standards import Earned, Standing, standing


def standing_of(
    root: Path, assignment: str, items: Sequence[Earned], waiting: int
) -> Standing | None:
    """How the items of one submission stand, ``waiting`` of those that count yet to be graded by
    a person; None when the assignment has no standard that can be read (see
    :func:`standard_faults`) or nothing that counts."""
    standard = Catalog.read_standards(root).standards.get(assignment)
    return standing(standard, items, waiting) if standard and any(w for _, w in items) else None


def standard_faults(root: Path) -> list[Fault]:
    """Why pass marks can't be read; scores and feedback don't wait for that."""
    return Catalog.read_standards(root).faults
