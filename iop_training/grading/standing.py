"""Where results stand against the pass marks of data/standards.yaml, as these are now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.model import Standard
from iop_training.scoring.standards import Earned, Standing, standing


def standing_of(
    root: Path, assignment: str, items: Sequence[Earned], waiting: int
) -> Standing | None:
    """:func:`standing_by` the standard of an assignment; None where there is none that can be
    read (see :func:`standard_faults`)."""
    return standing_by(Catalog.read_standards(root).standards.get(assignment), items, waiting)


def standing_by(
    standard: Standard | None, items: Sequence[Earned], waiting: int
) -> Standing | None:
    """How the items of one submission stand, ``waiting`` of those that count yet to be graded by
    a person; None without a standard or where nothing counts."""
    return standing(standard, items, waiting) if standard and any(w for _, w in items) else None


def standard_faults(root: Path) -> list[Fault]:
    """Why pass marks can't be read; scores and feedback don't wait for that."""
    return Catalog.read_standards(root).faults
