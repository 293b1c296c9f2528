"""A transcript to code: agreement beyond chance earns points, and its figures are right."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from random import Random
from typing import Any

import pytest
from factories import coding, turn
from hypothesis import assume, given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model.kinds.coding import Coding
from iop_training.rendering.agreement import agreement_data, agreement_lines
from iop_training.scoring import every_guess, guess, score, solution
from iop_training.scoring.agreement import Agreement, agreement, standard_error
from iop_training.scoring.guessing import guess_share

ITEM = coding()
assert isinstance(ITEM, Coding)
CODES = ["open", "closed", "back"]
PLAIN = coding(
    transcript=[turn("open", "l1"), turn("open", "l2")]
    + [turn("closed", f"l{n}") for n in range(3, 7)]
    + [turn("back", f"l{n}") for n in range(7, 9)]
)
assert isinstance(PLAIN, Coding)
ANSWERS = st.dictionaries(st.sampled_from(list(ITEM.coded())), st.sampled_from(CODES))
PLAIN_ANSWERS = st.dictionaries(st.sampled_from(list(PLAIN.coded())), st.sampled_from(CODES))
PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=40)


def points(item: Coding, answer: dict[str, str]) -> float:
    earned = score(item, answer).points
    assert earned is not None
    return earned


def table(rows: list[list[int]]) -> list[tuple[str, str]]:
    """Pairs of codes from a table of counts."""
    return [
        (str(i), str(j))
        for i, row in enumerate(rows)
        for j, count in enumerate(row)
        for _ in range(count)
    ]


def test_are_kappa_and_interval_those_that_sas_prints() -> None:
    """A printout that the tests of statsmodels keep: kappa 0.4842, asymptotic standard error
    0.1380, 95% limits 0.2137 and 0.7547."""
    found = agreement(table([[0, 4, 1], [0, 8, 0], [0, 1, 5]]))
    assert (found.lines, found.agreed) == (19, 13)
    assert found.kappa == pytest.approx(0.4842, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.2137, 0.7547), abs=5e-5)


@given(PAIRS)
def test_is_the_standard_error_that_of_the_delta_method(pairs: list[tuple[str, str]]) -> None:
    """The formula, and the slopes of kappa in each cell, come to the same."""
    cells = {pair: count / len(pairs) for pair, count in Counter(pairs).items()}
    assume(1 - _expected(cells) > 0.05)
    slopes = {}
    for pair in cells:
        step = 1e-6
        up, down = ({**cells, pair: cells[pair] + s} for s in (step, -step))
        slopes[pair] = (_kappa(up) - _kappa(down)) / (2 * step)
    mean = sum(share * slopes[pair] for pair, share in cells.items())
    variance = sum(share * (slopes[pair] - mean) ** 2 for pair, share in cells.items())
    assert standard_error(pairs) == pytest.approx(sqrt(variance / len(pairs)), abs=2e-5)


def _expected(cells: dict[tuple[str, str], float]) -> float:
    ones, others = Counter[str](), Counter[str]()
    for (one, other), share in cells.items():
        ones[one] += share  # type: ignore[assignment]
        others[other] += share  # type: ignore[assignment]
    return sum(share * others[code] for code, share in ones.items())


def _kappa(cells: dict[tuple[str, str], float]) -> float:
    whole = sum(cells.values())
    shares = {pair: share / whole for pair, share in cells.items()}
    observed = sum(share for (one, other), share in shares.items() if one == other)
    return (observed - _expected(shares)) / (1 - _expected(shares))


@given(PAIRS)
def test_are_the_figures_within_their_bounds(pairs: list[tuple[str, str]]) -> None:
    found = agreement(pairs)
    assert -1 <= found.kappa <= 1 and 0 <= found.share <= 1
    if found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.kappa <= found.high <= 1
    if found.agreed == len(pairs):
        assert found.kappa == 1 and found.low is None
    assert sum(p.lines for p in found.pairings) == len(pairs)
    assert sum(p.lines for p in found.pairings if p.agrees) == found.agreed
    assert agreement([(other, one) for one, other in pairs]).kappa == pytest.approx(found.kappa)


@given(st.sampled_from(CODES))
def test_does_one_code_for_all_earn_nothing(code: str) -> None:
    for item in (ITEM, PLAIN):
        assert points(item, dict.fromkeys(item.coded(), code)) == 0


def test_do_the_solution_and_a_second_code_that_fits_earn_full_points() -> None:
    assert score(ITEM, solution(ITEM)).full
    other = {**solution(ITEM), "l4": "open"}
    result = score(ITEM, other)
    assert result.full and all(part.right and not part.better for part in result.parts)


@given(ANSWERS)
def test_are_points_within_bounds_and_told_by_the_parts(answer: dict[str, str]) -> None:
    result = score(ITEM, answer)
    assert 0 <= points(ITEM, answer) <= ITEM.points
    assert result.blank == (not answer)
    assert result.full == all(p.chosen and p.right for p in result.parts)
    if answer:
        assert isinstance(result.detail, Agreement)
        assert points(ITEM, answer) == pytest.approx(4 * max(0, result.detail.kappa), abs=1e-4)
        assert result.detail.agreed == sum(p.chosen and p.right for p in result.parts)


@given(PLAIN_ANSWERS)
def test_does_a_line_left_out_count_as_not_agreeing(answer: dict[str, str]) -> None:
    for line, key in solution(PLAIN).items():
        without = {i: code for i, code in answer.items() if i != line}
        wrong = {**without, line: next(code for code in CODES if code != key)}
        assert points(PLAIN, wrong) <= points(PLAIN, without) + 1e-4
        assert points(PLAIN, without) <= points(PLAIN, {**without, line: key}) + 1e-4


def test_does_every_guess_come_up_once() -> None:
    every = every_guess(ITEM)
    assert every is not None and len({str(one) for one in every}) == len(every) == 3**5
    assert guess(ITEM, Random(1)) in every and guess_share(ITEM) < 0.25
    long = coding(transcript=[turn(CODES[n % 3], f"l{n}") for n in range(24)])
    assert every_guess(long) is None and guess_share(long) < 0.1


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (["open"], "a code for each line, not list"),
        ({"l9": "open"}, "no line 'l9'; it has l1, l2"),
        ({"l1": "shut"}, "no code 'shut'; it has open, closed, back"),
        ({"l1": ["open"]}, "no code"),
        ({"": "open"}, "no line ''"),
    ],
)
def test_are_impossible_codes_refused_in_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says) as caught:
        score(ITEM, value)
    assert str(caught.value).endswith(".")


def test_is_an_unfinished_transcript_not_answered_yet() -> None:
    assert ITEM.lacks({"l1": "open", "l5": "back"}) == ["codes for 3 of 5 lines"]
    assert not ITEM.is_answered({"l1": "open"}) and ITEM.is_answered(solution(ITEM))
    assert ITEM.validate_response({"l5": "back", "l1": "open", "l2": ""}) == {
        "l1": "open",
        "l5": "back",
    }


def test_do_the_words_say_how_much_is_known() -> None:
    told = agreement_lines(agreement(table([[3, 1], [1, 3]])))
    assert told[0] == "You agree with the expert on 6 of 8 lines (75%)."
    assert "0.50 (−0.10 to 1.00)" in told[1] and "too few lines to judge" in told[2]
    assert len(agreement_lines(agreement(table([[8, 2], [2, 8]])))) == 2
    assert "1.00 (no interval)" in agreement_lines(agreement(table([[2, 0], [0, 2]])))[1]


def test_are_attempts_drawn_within_their_scale() -> None:
    worst = agreement(table([[0, 4], [4, 0]]))
    assert worst.kappa == -1
    drawn = agreement_data(worst, [worst])["attempts"][0]
    assert (drawn["kappa"], drawn["low"], drawn["high"]) == (0, 0, 0)
