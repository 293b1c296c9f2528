"""What guessing and going by looks earn, by the real scorer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from content.banks import PLAIN, Question, longest_is_right, sound, write_bank
from factories import multiple, option, single
from hypothesis import given
from hypothesis import strategies as st

from iop_training.content.writing import banks
from iop_training.model.options import ChoiceItem
from iop_training.scoring import every_guess
from iop_training.scoring.blind import STRATEGIES, Blind, attempt, check_blind, play


def choice(item: Any) -> ChoiceItem:
    assert isinstance(item, ChoiceItem)
    return item


def warnings(root: Path, questions: list[Question]) -> tuple[list[str], Blind]:
    catalog = write_bank(root, questions)
    played = [(bank, play(bank)) for bank in banks(catalog)]
    return [str(f) for f in check_blind(catalog, played)], played[0][1]


def test_does_a_guess_at_one_of_three_earn_a_third() -> None:
    assert attempt(choice(single())).guessing == pytest.approx(2 / 3)


def test_is_a_guess_at_several_the_mean_over_all_sets() -> None:
    item = choice(multiple(options=[option(i) for i in "abc"], key=["a", "c"]))
    assert len(every_guess(item) or []) == 8
    # a, c and abc earn 1 of 2, ac earns 2; blank, b, ab and bc earn nothing.
    assert attempt(item).guessing == pytest.approx(5 / 8)


def test_is_a_sound_bank_left_in_peace(tmp_path: Path) -> None:
    found, blind = warnings(tmp_path, sound())
    assert found == []
    assert blind.guessing == pytest.approx(1 / 4)
    assert blind.interval == (pytest.approx(1 / 16), pytest.approx(1 / 2))


def test_is_a_bank_caught_where_the_key_is_the_longest(tmp_path: Path) -> None:
    found, blind = warnings(tmp_path, longest_is_right())
    assert blind.best == ("longest", 1)
    assert any(
        m.startswith("data/items/m01.yaml:9: warning: graded items: the blind strategy 'longest' ")
        and "earns 100% of the points; guessing earns 25%, 6% to 50%" in m
        for m in found
    )
    assert any(m.startswith("data/items: warning: all 16 choice items") for m in found)


def test_is_a_bank_caught_where_the_longest_can_be_struck_out(tmp_path: Path) -> None:
    never = [Question([*PLAIN[:3], PLAIN[3] + " now"], "abc"[n % 3]) for n in range(16)]
    found, _ = warnings(tmp_path, never)
    assert any("'longest' earns 0%" in m and "can be struck out" in m for m in found)


@pytest.mark.parametrize(
    ("strategy", "tell"),
    [
        ("shortest", "Go"),
        ("most hedged", "It may be so in here"),
        ("most polite", "Welcome him in to it"),
        ("stem words", "See a counselor here"),
    ],
)
def test_does_each_strategy_see_its_look(strategy: str, tell: str) -> None:
    options = [option(i, text=tell if i == "c" else f"Look for nurse no {i}") for i in "abcd"]
    item = choice(single(options=options, key="c", stem="The counselor waits. What now?"))
    assert STRATEGIES[strategy](item) == ["c"]
    assert attempt(item).earned[strategy] == item.points


def test_does_no_absolutes_avoid_them() -> None:
    texts = ["Never wait", "Wait a bit", "Always wait"]
    item = choice(single(options=[option(i, text=t) for i, t in zip("abc", texts, strict=True)]))
    assert STRATEGIES["no absolutes"](item) == ["b"]


def test_are_blank_and_everything_no_cause_for_alarm(tmp_path: Path) -> None:
    found, blind = warnings(
        tmp_path, [Question(PLAIN, ["ab", "cd", "ac", "bd"][n % 4]) for n in range(24)]
    )
    assert blind.shares["nothing"] == blind.shares["everything"] == 0
    assert not any("nothing" in m or "everything" in m for m in found)


def test_is_choosing_everything_caught_where_it_pays(tmp_path: Path) -> None:
    found, _ = warnings(tmp_path, [Question(PLAIN, ("abc", "bcd")[n % 2]) for n in range(24)])
    assert any("'everything' earns 67%" in m for m in found)


TEXTS = st.lists(st.text("may all ask now", min_size=1, max_size=30), min_size=3, max_size=6)


@given(TEXTS, st.data())
def test_are_shares_and_luck_within_bounds(texts: list[str], data: st.DataObject) -> None:
    ids = "abcdef"[: len(texts)]
    options = [option(i, text=t.strip() + i) for i, t in zip(ids, texts, strict=True)]
    key = data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids) - 1, unique=True))
    items = [single(options=options, key=key[0]), multiple(options=options, key=key)]
    blind = Blind([attempt(choice(item)) for item in items])
    low, high = blind.interval
    assert 0 <= low <= blind.guessing <= high <= 1.0001
    assert set(blind.shares) == set(STRATEGIES)
    assert all(0 <= share <= 1.0001 for share in blind.shares.values())
    for trial in blind.trials:
        assert sum(trial.luck.values()) == pytest.approx(1)
