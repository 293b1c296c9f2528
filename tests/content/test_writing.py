"""Give-aways are found where they are, and a sound bank is left in peace."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from content.banks import PLAIN, Question, longest_is_right, sound, write_bank
from content.course import write_course
from hypothesis import given
from hypothesis import strategies as st

from iop_training.content import chance, words
from iop_training.content.checks import check_course
from iop_training.content.writing import banks, check_writing, key_extremes


def messages(root: Path, questions: list[Question]) -> list[str]:
    return [str(f) for f in check_writing(write_bank(root, questions))]


def test_is_a_sound_bank_left_in_peace(tmp_path: Path) -> None:
    assert messages(tmp_path, sound()) == []


def test_are_the_checks_part_of_the_course_checks(tmp_path: Path) -> None:
    write_course(tmp_path)
    path = tmp_path / "data/items/m01.yaml"
    path.write_text(path.read_text().replace("practice option c\n", "practice never c\n"))
    (found,) = check_course(tmp_path)[1]
    assert found.level == "warning" and "'never' in option c" in found.message


@pytest.mark.parametrize(
    ("question", "line_of", "says"),
    [
        (Question([*PLAIN[:3], "All of the above"], "d"), "All of the above", "'All of the above'"),
        (Question([*PLAIN[:3], "None of these."], "a"), "None of these", "another order"),
        (Question([*PLAIN[:3], "Never go for the nurse"], "a"), "Never go", "wrong options only"),
        (Question([*PLAIN[:3], "Only the nurse matters"], "d"), "Only the", "in the key only"),
        (
            Question([*PLAIN[:3], "Ask the counselors"], "d", "A counselor is late. What now?"),
            "Ask the",
            "(option d) takes up 'counselors'",
        ),
        (
            Question(["Apple", "Pears", "Plums"], "a", "For lunch she would like an"),
            "For lunch",
            "ends in 'an', which fits a only",
        ),
        (
            Question(["Wait", "Look", "Send for the nurse"], "c"),
            "Send for",
            "the key has 18 characters, wrong options 4",
        ),
    ],
)
def test_is_a_give_away_named_by_line(
    tmp_path: Path, question: Question, line_of: str, says: str
) -> None:
    catalog = write_bank(tmp_path, [*sound(), question])
    found = [f for f in check_writing(catalog) if says in f.message]
    assert len(found) == 1 and found[0].level == "warning" and "m01-q16" in found[0].message
    lines = (tmp_path / found[0].file).read_text().splitlines()
    assert line_of in "\n".join(lines[found[0].line - 1 : found[0].line + 1])


@pytest.mark.parametrize(
    "question",
    [
        Question([*PLAIN[:2], "Never send for the nurse", "Always send for the nurse"], "d"),
        Question(
            [*PLAIN[:2], "See the counselor now", "Ask the counselor now"], "d", "Counselors?"
        ),
        Question(["Apple", "Orange", "Onion"], "a", "She would like an"),
        Question(["Call", "Stay", "Wait"], "ac"),
        Question(["See none of these people", "Ask all of these people", *PLAIN[:2]], "a"),
    ],
)
def test_is_what_stands_on_both_sides_no_give_away(tmp_path: Path, question: Question) -> None:
    found = messages(tmp_path, [question])
    assert found == []


def test_are_keys_in_one_place_found(tmp_path: Path) -> None:
    found = messages(tmp_path, [Question(PLAIN, "b") for _ in range(9)])
    assert any("option 2 is right in 9 of 9; 2.2 is what luck gives" in m for m in found)


def test_are_banks_judged_by_module_and_use(tmp_path: Path) -> None:
    halves = [Question(PLAIN, "ab"[n % 2], use=("graded", "formative")[n % 2]) for n in range(18)]
    catalog = write_bank(tmp_path, halves)
    assert [(b.module, b.use, len(b.items)) for b in banks(catalog)] == [
        ("m01", "formative", 9),
        ("m01", "graded", 9),
    ]
    found = [f.message for f in check_writing(catalog)]
    assert any(m.startswith("graded items: option 1 is right in 9 of 9") for m in found)
    assert any(m.startswith("formative items: option 2 is right in 9 of 9") for m in found)


def test_is_a_longest_key_found(tmp_path: Path) -> None:
    (found,) = messages(tmp_path, longest_is_right())
    assert "the longest option is right in 16 of 16" in found
    assert "luck gives 4.0, at most 7" in found


def test_is_a_shortest_key_found(tmp_path: Path) -> None:
    shorter = [
        Question([t if i == n % 4 else t + " now" for i, t in enumerate(PLAIN)], "abcd"[n % 4])
        for n in range(16)
    ]
    (found,) = messages(tmp_path, shorter)
    assert "the shortest option is right in 16 of 16" in found


def test_are_ties_for_the_longest_left_out(tmp_path: Path) -> None:
    (bank,) = banks(write_bank(tmp_path, sound()))
    assert key_extremes(bank.items).of == 0


@pytest.mark.parametrize(("right", "warned"), [(2, False), (3, True)])
def test_may_the_supervisor_be_right_in_a_third(tmp_path: Path, right: int, warned: bool) -> None:
    options = ("Tell the supervisor", *PLAIN[1:])
    questions = [Question(options, "a" if n < right else "bcd"[n % 3]) for n in range(6)]
    found = messages(tmp_path, questions)
    assert any("going to the supervisor is right in 3 of the 6" in m for m in found) == warned


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("IOP", "an"),
        ("PHP", "a"),
        ("hour", "an"),
        ("unit", "a"),
        ("“apple”", "an"),
        ("8-hour", "an"),
    ],
)
def test_is_the_article_the_one_people_say(text: str, article: str) -> None:
    assert words.article(text) == article


def test_is_the_month_no_hedge() -> None:
    assert words.HEDGE.findall("A seizure in May may come again") == ["may"]


def test_are_short_words_easier_than_long_ones() -> None:
    easy = words.reading_grade(["The cat sat on the mat.", "It was a good day."])
    hard = words.reading_grade(
        ["Comprehensive multidimensional assessment necessitates reevaluation"]
    )
    assert easy < 3 and hard > 16


@given(st.lists(st.text()))
def test_has_every_text_a_grade(texts: list[str]) -> None:
    grade = words.reading_grade(texts)
    assert grade >= 0 and math.isfinite(grade)


@given(st.text())
def test_do_all_measures_take_any_text(text: str) -> None:
    assert all(len(word) >= 3 for word in words.clue_words(text))
    assert words.article(text) in ("a", "an")


@given(st.integers(0, 40), st.floats(0, 1))
def test_is_the_sum_of_equal_events_binomial(count: int, likely: float) -> None:
    total = chance.total([chance.happens(likely)] * count)
    for hits, share in total.items():
        exact = math.comb(count, hits) * likely**hits * (1 - likely) ** (count - hits)
        assert math.isclose(share, exact, rel_tol=1e-6, abs_tol=1e-9)


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=30))
def test_is_luck_mostly_within_its_interval(chances: list[float]) -> None:
    total = chance.total(chance.happens(c) for c in chances)
    low, high = chance.interval(total)
    assert 0 <= low <= chance.mean(total) + 1 and high <= len(chances)
    assert sum(share for value, share in total.items() if low <= value <= high) >= 0.95 - 1e-9
