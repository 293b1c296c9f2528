"""Standing: the standard error is the published one, and near the mark is borderline."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from iop_training.model import Standard
from iop_training.scoring.standards import standard_error, standing

EIGHTY = Standard(mark=80, method="convention", why="A custom.", source=[])

item = st.integers(1, 12).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most)))


@given(st.integers(2, 60), st.data())
def test_is_the_error_lords_where_answers_are_all_or_nothing(n: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, n))
    share = right / n
    found = standard_error([(1.0, 1.0)] * right + [(0.0, 1.0)] * (n - right))
    assert found == pytest.approx(math.sqrt(share * (1 - share) / (n - 1)))


@given(st.lists(st.floats(0, 3), min_size=2, max_size=40))
def test_is_the_error_brennans_for_equal_weights(points: list[float]) -> None:
    shares = [p / 3 for p in points]
    mean, n = sum(shares) / len(shares), len(shares)
    exact = math.sqrt(sum((s - mean) ** 2 for s in shares) / (n * (n - 1)))
    assert standard_error([(p, 3.0) for p in points]) == pytest.approx(exact, abs=1e-9)


@given(st.lists(item, min_size=2, max_size=40), st.integers(2, 9))
def test_does_the_unit_of_points_not_matter(items: list[tuple[int, int]], factor: int) -> None:
    scaled = [(points * factor, most * factor) for points, most in items]
    assert standard_error(scaled) == pytest.approx(standard_error(items))


@pytest.mark.parametrize(
    ("right", "of", "verdict"),
    [
        (20, 20, "meets the standard"),
        (18, 20, "meets the standard"),  # 10 above, error 6.9
        (17, 20, "borderline: more evidence"),  # 5 above, error 8.2
        (16, 20, "borderline: more evidence"),
        (15, 20, "borderline: more evidence"),
        (13, 20, "not yet"),  # 15 below, error 10.9
        (0, 20, "not yet"),
        (1, 1, "borderline: more evidence"),  # nothing tells how sure one question is
    ],
)
def test_is_within_one_standard_error_borderline(right: int, of: int, verdict: str) -> None:
    items = [(1.0, 1.0)] * right + [(0.0, 1.0)] * (of - right)
    assert standing(EIGHTY, items).verdict == verdict


def test_is_there_no_verdict_while_answers_wait() -> None:
    assert standing(EIGHTY, [(2.0, 2.0), (0.0, 12.0)], waiting=1).verdict == "no verdict yet"


@given(st.lists(item, min_size=2, max_size=30), st.floats(1, 100))
def test_do_all_verdicts_follow_from_share_mark_and_error(
    items: list[tuple[int, int]], mark: float
) -> None:
    found = standing(Standard(mark=mark, method="convention", why="A.", source=[]), items)
    distance = found.share - mark / 100
    assume(abs(abs(distance) - found.error) > 1e-6)
    near = abs(distance) < found.error
    assert (found.verdict == "borderline: more evidence") == near
    assert near or (found.verdict == "meets the standard") == (distance > 0)
