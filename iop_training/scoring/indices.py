"""Practice indices from chosen lines, after the behavior counts of MITI 4.2.1.

They say how the lines of one run were spread, not how somebody counsels: choosing among lines is
not saying them, and MITI is coded from recordings by trained people. So no global ratings, no
verdict, and beside each figure its interval and whether there are enough lines at all.

A line counts once as a reflection (complex when it is both) and once as a question (open when it
is both), as an utterance does in MITI. Questions about suicide and safety have codes of their own
and are no questions here: nobody should ask them less. In emergency moments asking and directing
is right, and nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist

from iop_training.model.case_moments import (
    MI_CONSISTENT,
    MI_INCONSISTENT,
    QUESTIONS,
    REFLECTIONS,
    Code,
)
from iop_training.scoring.debrief_parts import CodedTurn, Index, Indices

SOURCE = "miti4"
"""Key of the reference that has the published values."""
RATIO_FAIR, RATIO_GOOD = 1.0, 2.0
"""Reflections for each question: basic competence (fair) and proficiency (good)."""
COMPLEX_FAIR, COMPLEX_GOOD = 0.4, 0.5
"""Share of the reflections that are complex, likewise."""
ENOUGH = 10
"""Under so many reflections there are too few to judge."""
_Z = NormalDist().inv_cdf(0.975)

Bounds = tuple[float | None, float | None]


def indices(turns: Iterable[CodedTurn]) -> Indices:
    """The counts and both indices of a run."""
    turns = list(turns)
    coded = [frozenset(turn.line.codes) for turn in turns if not turn.emergency]
    complex_ = sum("reflection_complex" in codes for codes in coded)
    open_ = sum("question_open" in codes for codes in coded)
    reflections = sum(bool(codes & REFLECTIONS) for codes in coded)
    questions = sum(bool(codes & QUESTIONS) for codes in coded)
    return Indices(
        simple=reflections - complex_,
        complex=complex_,
        open=open_,
        closed=questions - open_,
        consistent=_counted(coded, MI_CONSISTENT),
        inconsistent=_counted(coded, MI_INCONSISTENT),
        emergency=len(turns) - len(coded),
        indices=(_ratio(reflections, questions), _share(complex_, reflections)),
    )


def wilson(part: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score method; 0 to 1 where ``of`` is 0.

    It stays in [0, 1] and says something sensible of few lines and of none or all of them."""
    if of == 0:
        return 0.0, 1.0
    share, spread = part / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / of / 4) / (1 + spread)
    return (
        0.0 if part == 0 else max(0.0, middle - half),
        1.0 if part == of else min(1.0, middle + half),
    )


def _ratio(reflections: int, questions: int) -> Index:
    """Reflections to questions. Its interval is Wilson's for the share p of reflections among
    both, carried over by p / (1 - p), which rises with p. Without a question there is no ratio,
    and no upper end of it."""
    both = reflections + questions
    low, high = _odds(wilson(reflections, both)) if both else (None, None)
    return Index(
        name="reflections_to_questions",
        value=reflections / questions if questions else None,
        low=low,
        high=high,
        n=both,
        enough=reflections >= ENOUGH,
        fair=RATIO_FAIR,
        good=RATIO_GOOD,
    )


def _odds(shares: tuple[float, float]) -> Bounds:
    low, high = (share / (1 - share) if share < 1 else None for share in shares)
    return low, high


def _share(complex_: int, reflections: int) -> Index:
    """Complex reflections among all; its interval is Wilson's."""
    low, high = wilson(complex_, reflections) if reflections else (None, None)
    return Index(
        name="complex_reflections",
        value=complex_ / reflections if reflections else None,
        low=low,
        high=high,
        n=reflections,
        enough=reflections >= ENOUGH,
        fair=COMPLEX_FAIR,
        good=COMPLEX_GOOD,
    )


def _counted(coded: Iterable[frozenset[Code]], of: frozenset[str]) -> int:
    """How often codes of a set occur; a line can have two of them."""
    return sum(len(codes & of) for codes in coded)
