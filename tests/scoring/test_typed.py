"""Numbers and short texts: what is read, what it earns, what a person is asked to look at."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from factories import numeric, short_text
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model.kinds.numeric import in_digits, read_number
from iop_training.model.kinds.short_text import wording
from iop_training.scoring import guess, score, solution

NUMBERS = st.decimals(-1_000_000, 1_000_000, places=3).map(Fraction)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", 10),
        (" 10.0 ", 10),
        ("10 hours", 10),
        ("10h?", 10),
        ("9.", 9),
        ("9,5", 9.5),
        (".5", 0.5),
        ("1,000", 1000),
        ("1,234,567.5", 1234567.5),
        ("1\u00a0000", 1000),
        ("0,125", 0.125),
        ("−3", -3),
        ("- 3", -3),
        ("+3", 3),
        ("½", 0.5),
        ("9½", 9.5),
        ("9 ¾ hours", 9.75),
        ("5 %", 5),
    ],
)
def test_is_a_number_read_as_people_type_it(text: str, number: float) -> None:
    assert read_number(text) == Fraction(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ten",
        "about 10",
        "9-19",
        "1/2",
        "9 to 19",
        "1,00,0",
        "1.000,5",
        "1e3",
        "--3",
        "nan",
        "٣",
    ],
)
def test_is_nothing_read_where_one_can_not_be_sure(text: str) -> None:
    assert read_number(text) is None


@given(NUMBERS)
def test_does_every_number_come_back_as_it_was_typed(number: Fraction) -> None:
    typed = in_digits(number)
    assert read_number(typed) == read_number(f"  {typed} hours") == number
    if abs(number) < 1 or len(typed.partition(".")[2]) in (1, 2):
        assert read_number(typed.replace(".", ",")) == number
    assert read_number(f"{float(number):,.3f}") == number


@given(st.text(max_size=200))
def test_does_any_text_earn_all_or_nothing(text: str) -> None:
    for item in (numeric(), short_text()):
        result = score(item, text)
        assert result.points in (0, item.points)
        assert result.blank == (not text.strip())


@given(st.integers(-50, 50), st.integers(0, 20))
def test_is_the_tolerance_inclusive_and_exact(tenths: int, tolerance: int) -> None:
    item = numeric(key=0.3, tolerance=tolerance / 10, plausible={"low": 0, "high": 1, "step": 0.1})
    full = score(item, in_digits(Fraction(tenths, 10))).full
    assert full == (abs(tenths - 3) <= tolerance)


def test_is_a_known_wrong_number_told_why() -> None:
    known, other = (score(numeric(), text).parts[0] for text in ("11,5 hours", "12"))
    assert known.rationale == "Because lunch is no clinical hour"
    assert other.rationale == numeric().rationale  # type: ignore[attr-defined]
    assert known.better == "10 clinical hours a week"


def test_does_a_text_without_a_number_say_what_to_type() -> None:
    (part,) = score(numeric(), "ten").parts
    assert (part.answer, part.agrees) == ("ten", False)
    assert part.rationale.startswith("This is not a number yet: type digits such as 9 or 9.5.")


def test_is_the_harm_of_a_known_wrong_answer_told() -> None:
    harm = {"harm": "serious", "harm_reason": "Somebody could die"}
    number = numeric(misses=[{"value": 40, "rationale": "Because it is a dose", **harm}])
    text = short_text(misses=[{"text": ["wait"], "rationale": "Because it takes time", **harm}])
    assert score(number, "40").parts[0].harmful and not score(number, "41").parts[0].harmful
    assert score(text, "Wait!").parts[0].harmful and not score(text, "rest").parts[0].harmful


@given(st.integers())
def test_does_a_guess_come_from_the_plausible_numbers(seed: int) -> None:
    item = numeric(plausible={"low": 8.5, "high": 10.5, "step": 0.5})
    assert guess(item, Random(seed)) in {"8.5", "9", "9.5", "10", "10.5"}


def test_does_nobody_guess_a_word() -> None:
    assert score(short_text(), guess(short_text(), Random(1))).points == 0


@pytest.mark.parametrize(
    "text", ["Naloxone", " the  NALOXONE. ", "“Nalóxone”", "narcan®", "ＮＡＲＣＡＮ"]
)
def test_does_the_form_of_a_word_not_matter(text: str) -> None:
    assert score(short_text(), text).full


@given(st.text(max_size=60))
def test_is_a_wording_the_same_when_compared_again(text: str) -> None:
    assert wording(wording(text)) == wording(text)


@pytest.mark.parametrize("text", ["nalaxone", "naloxon", "nalxoone", "noloxon", "Narcon"])
def test_is_a_near_miss_in_spelling_for_a_person_to_look_at(text: str) -> None:
    result = score(short_text(), text)
    assert result.points == 0
    assert result.look.lower().startswith(f"“{text}” is close to “na".lower())


@pytest.mark.parametrize(
    "text", ["naltrexone", "flumazenil", "flumazenill", "no", "water", "?", ""]
)
def test_is_another_word_not_near(text: str) -> None:
    assert score(short_text(), text).look == ""


def test_is_another_number_not_a_slip_in_spelling() -> None:
    item = short_text(accepted=["Level 2.1"], misses=[])
    assert score(item, "level 2.5").look == ""
    assert score(item, "levle 2.1").look


def test_is_what_is_as_close_to_a_known_wrong_answer_not_near() -> None:
    misses: list[Any] = [{"text": ["hypotension"], "rationale": "Because that is low"}]
    item = short_text(accepted=["hypertension"], misses=misses)
    assert score(item, "hypotensoin").look == ""
    assert score(item, "hypertensoin").look


def test_does_the_solution_earn_full_points() -> None:
    for item in (numeric(key=0.1 + 0.2), numeric(key=1e16), numeric(key=-2.5), short_text()):
        assert score(item, solution(item)).full
