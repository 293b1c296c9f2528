"""Practice indices of runs made by hand: counted as MITI counts, with honest intervals."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model.case_moments import Code
from iop_training.scoring.debrief_parts import CodedTurn, Index, JudgedLine
from iop_training.scoring.indices import SOURCE, indices, wilson


def turn(*codes: Code, emergency: bool = False) -> CodedTurn:
    """A turn whose line has these codes."""
    line = JudgedLine(id="a", text="A line", codes=codes, quality=3, why="Because")
    return CodedTurn(
        turn=1, moment="m", title="M", said=(), line=line, emergency=emergency, best_after=0
    )


def of(*turns: CodedTurn) -> tuple[Index, Index]:
    """The two indices of a run."""
    ratio, share = indices(turns).indices
    assert (ratio.name, share.name) == ("reflections_to_questions", "complex_reflections")
    return ratio, share


def test_are_lines_counted_by_what_they_are() -> None:
    found = indices(
        [
            turn("reflection_simple"),
            turn("reflection_complex", "question_open"),
            turn("reflection_simple", "reflection_complex"),
            turn("question_closed"),
            turn("question_open", "question_closed"),
            turn("affirm", "autonomy"),
            turn("seek_collaboration"),
            turn("persuade", "confront"),
            turn("ask_suicide"),
            turn("inform"),
        ]
    )
    assert (found.simple, found.complex) == (1, 2)
    assert (found.open, found.closed) == (2, 1)
    assert (found.consistent, found.inconsistent, found.emergency) == (3, 2, 0)
    ratio, share = found.indices
    assert (ratio.value, ratio.n) == (1.0, 6)
    assert (share.value, share.n) == (pytest.approx(2 / 3), 3)


def test_is_an_emergency_left_out_of_all_and_counted() -> None:
    found = indices(
        [
            turn("reflection_simple"),
            turn("question_closed", emergency=True),
            turn("confront", emergency=True),
        ]
    )
    assert (found.simple, found.closed, found.inconsistent, found.emergency) == (1, 0, 0, 2)


def test_stand_the_published_values_beside_them_and_has_their_source_been_looked_up(
    root: Path,
) -> None:
    ratio, share = of(turn("reflection_simple"), turn("question_open"))
    assert (ratio.fair, ratio.good, share.fair, share.good) == (1, 2, 0.4, 0.5)
    references = yaml.safe_load((root / "data" / "references.yaml").read_text(encoding="utf-8"))
    assert references["references"][SOURCE]["checked"]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # Newcombe 1998, table I, method 3; and the two ends of ten
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_is_the_interval_of_a_share_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


def test_is_the_interval_of_the_ratio_that_of_the_share_of_reflections() -> None:
    ratio, _ = of(*[turn("reflection_simple")] * 15, *[turn("question_open")] * 5)
    low, high = wilson(15, 20)
    assert ratio.value == 3
    assert (ratio.low, ratio.high) == (
        pytest.approx(low / (1 - low)),
        pytest.approx(high / (1 - high)),
    )
    assert ratio.enough


def test_is_nothing_said_where_nothing_can_be() -> None:
    ratio, share = of(turn("inform"))
    for index in (ratio, share):
        assert (index.value, index.low, index.high, index.n) == (None, None, None, 0)
        assert not index.enough
    ratio, share = of(*[turn("reflection_complex")] * 10)
    assert (ratio.value, ratio.high) == (None, None)
    assert ratio.low == pytest.approx(0.7225 / (1 - 0.7225), abs=1e-3)
    assert (share.value, share.high) == (1.0, 1.0)
    assert ratio.enough and share.enough
    ratio, share = of(turn("question_open"))
    assert (ratio.value, ratio.low, share.value) == (0.0, 0.0, None)


def test_are_nine_reflections_too_few() -> None:
    assert not any(index.enough for index in of(*[turn("reflection_complex")] * 9))


@given(st.integers(0, 40), st.integers(0, 40))
def test_does_each_interval_hold_its_value(reflections: int, questions: int) -> None:
    turns = [turn("reflection_complex")] * reflections + [turn("question_open")] * questions
    for index in of(*turns):
        if index.value is not None:
            assert index.low is not None and index.low <= index.value
            assert index.high is None or index.value <= index.high
