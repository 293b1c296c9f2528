"""Agreement beyond chance with the expert's codes, never below 0:

    points x max(0, kappa)

Kappa (:mod:`iop_training.scoring.agreement`) is over the lines that have a code by the expert. A
line without a code by the trainee counts as not agreeing; one with a second code that fits as
agreeing. One code for all lines therefore earns nothing.
"""

from __future__ import annotations

from itertools import product
from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.coding import Coding, Utterance
from iop_training.scoring.agreement import Agreement, agreement

NO_CODE = "No code yet"
LISTED = 4_000
"""How many guesses are listed at most."""


def score(item: Coding, value: dict[str, str]) -> Score:
    agreed = with_expert(item, value)
    return Score(
        item=item.id,
        points=round(item.points * max(0.0, agreed.kappa), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
        detail=agreed,
    )


def with_expert(item: Coding, value: dict[str, str]) -> Agreement:
    """How far the codes of an answer, by name, agree with the expert's."""
    pairs = []
    for line_id, line in item.coded().items():
        yours = value.get(line_id)
        theirs = yours if yours in line.right else line.code
        pairs.append(
            (item.code_text(yours) if yours else NO_CODE, item.code_text(theirs or "")),
        )
    return agreement(pairs)


def parts(item: Coding, value: dict[str, str]) -> tuple[Part, ...]:
    """One for each line that gets a code."""
    return tuple(_part(item, line, value.get(i, "")) for i, line in item.coded().items())


def _part(item: Coding, line: Utterance, code: str) -> Part:
    return Part(
        id=line.id or "",
        text=f"{line.by}: {line.text}",
        chosen=bool(code),
        right=not code or code in line.right,
        answer=item.code_text(code) if code else "",
        better="" if code in line.right else " or ".join(map(item.code_text, line.right)),
        rationale=line.rationale or "",
    )


def solution(item: Coding) -> dict[str, str]:
    return {line_id: line.right[0] for line_id, line in sorted(item.coded().items())}


def guess(item: Coding, chance: Random) -> dict[str, str]:
    return {line_id: chance.choice(item.codes).id for line_id in item.coded()}


def every_guess(item: Coding) -> list[dict[str, str]] | None:
    lines, codes = list(item.coded()), [code.id for code in item.codes]
    if len(codes) ** len(lines) > LISTED:
        return None
    return [dict(zip(lines, drawn, strict=True)) for drawn in product(codes, repeat=len(lines))]
