"""Where results stand against the pass marks of data/standards.yaml, as these are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.model import Score, Standard
from iop_training.scoring.standards import Earned, Standing, standing


def standard_of(root: Path, assignment: str) -> Standard | None:
    """The pass mark of an assignment, None when it has none that can be read (see
    :func:`standard_faults`)."""
    return Catalog.read_standards(root).standards.get(assignment)


def standing_by(
    standard: Standard | None, items: Sequence[Earned], waiting: int
) -> Standing | None:
    """How the items of one submission stand, ``waiting`` of those that count yet to be graded by
    a person; None without a standard or where nothing counts."""
    return standing(standard, items, waiting) if standard and any(w for _, w in items) else None


def standing_so_far(standard: Standard | None, scores: Iterable[Score]) -> Standing | None:
    """How a submission stands before a person has graded any of it."""
    scores = list(scores)
    earned = [(score.points or 0.0, score.max_points) for score in scores]
    waiting = sum(
        (score.points is None or bool(score.look)) and score.max_points > 0 for score in scores
    )
    return standing_by(standard, earned, waiting)


def standard_faults(root: Path) -> list[Fault]:
    """Why pass marks can't be read; scores and feedback don't wait for that."""
    return Catalog.read_standards(root).faults
