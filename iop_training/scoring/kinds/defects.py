"""Net of right and wrong marks, never below 0:

    points x max(0, right marks - wrong marks) / (defects + what is absent)

At most half of what can be marked is to be marked (the model checks that), so marking everything
earns nothing. A defect that could hurt a client does so by being left as it is, in an answer that
marks something.
"""

from __future__ import annotations

from itertools import combinations
from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.defects import Defects, Line, Wanted

LISTED = 10
"""Things to mark up to which every guess is listed: 1,024 of them."""

Marks = dict[str, list[str]]


def score(item: Defects, value: Marks) -> Score:
    wanted, marked = item.to_mark(), {*value["lines"], *value["missing"]}
    net = len(marked & wanted) - len(marked - wanted)
    return Score(
        item=item.id,
        points=round(item.points * max(0, net) / len(wanted), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Defects, value: Marks) -> tuple[Part, ...]:
    """One for each line, then one for each thing that may be missing."""
    answered = not item.is_blank(value)
    return (
        *(_line(line, line.id in value["lines"], answered) for line in item.lines),
        *(_wanted(wanted, wanted.id in value["missing"]) for wanted in item.missing),
    )


def _line(line: Line, marked: bool, answered: bool) -> Part:
    return Part(
        id=line.id,
        text=line.text,
        chosen=marked,
        right=line.defect,
        better=line.better or "",
        rationale=line.rationale,
        harm=line.harm if answered else "none",
        harm_reason=line.harm_reason,
        harm_if_left=True,
    )


def _wanted(wanted: Wanted, marked: bool) -> Part:
    return Part(
        id=wanted.id,
        text=wanted.text,
        chosen=marked,
        right=wanted.absent,
        rationale=wanted.rationale,
    )


def solution(item: Defects) -> Marks:
    return _marks(item, item.to_mark())


def guess(item: Defects, chance: Random) -> Marks:
    """Each mark by the toss of a coin."""
    return _marks(item, {i for i in _ids(item) if chance.random() < 0.5})


def every_guess(item: Defects) -> list[Marks] | None:
    ids = _ids(item)
    if len(ids) > LISTED:
        return None
    sizes = range(len(ids) + 1)
    return [_marks(item, {*some}) for size in sizes for some in combinations(ids, size)]


def _ids(item: Defects) -> list[str]:
    return [*(line.id for line in item.lines), *(wanted.id for wanted in item.missing)]


def _marks(item: Defects, ids: set[str] | frozenset[str]) -> Marks:
    return {
        "lines": sorted(line.id for line in item.lines if line.id in ids),
        "missing": sorted(wanted.id for wanted in item.missing if wanted.id in ids),
    }
