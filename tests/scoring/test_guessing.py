"""What guessing earns and harms: exact for the choice kinds, simulated for others."""

from __future__ import annotations

from math import sqrt
from random import Random

import pytest
from factories import multiple, option, single

from iop_training.model import Item
from iop_training.scoring import every_guess, guess, guessing, score
from iop_training.scoring.guessing import DRAWS, guess_share, harm_done, is_right


def six(**more: object) -> Item:
    """Two of six are right, one does serious harm."""
    harm = {"harm": "serious", "harm_reason": "It hurts"}
    return multiple(options=[*map(option, "abcde"), option("f", **harm)], key=["a", "b"], **more)


def test_does_one_of_three_earn_a_third() -> None:
    assert guess_share(single()) == pytest.approx(1 / 3)


def test_is_the_share_of_points_the_same_for_any_points() -> None:
    assert guess_share(six(points=1)) == pytest.approx(guess_share(six(points=5)))


def test_are_two_of_six_hard_to_guess_and_half_of_the_guesses_harmful() -> None:
    # Right less wrong is binomial(6, 1/2) - 4: 1 with 6/64, 2 with 1/64.
    found = guessing.guessing(six())
    assert found.share == pytest.approx(8 / 64 / 2)
    assert found.right == pytest.approx(1 / 64)
    assert found.serious == pytest.approx(1 / 2)
    assert found.serious_when_missed == pytest.approx(32 / 63)


@pytest.mark.parametrize("item", [single(), multiple(), six()], ids=lambda item: item.id)
def test_is_the_simulation_near_the_exact_share(
    item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = guess_share(item)
    monkeypatch.setattr(guessing, "every_guess", lambda _: None)
    monkeypatch.setattr(guessing, "_known", {})
    first = guess_share(item)
    assert first == pytest.approx(exact, abs=5 * sqrt(0.25 / DRAWS))
    guessing._known.clear()
    assert guess_share(item) == first


@pytest.mark.parametrize("item", [single(), multiple()], ids=lambda item: item.kind)
def test_is_every_guess_among_those_listed(item: Item) -> None:
    listed, chance = every_guess(item), Random(1)
    assert listed is not None
    assert all(guess(item, chance) in listed for _ in range(300))


def test_is_an_answer_with_all_points_not_right_when_it_does_harm() -> None:
    harm = {"harm": "minor", "harm_reason": "It hurts a little"}
    item = single(options=[option("a"), option("b", **harm), option("c")])
    assert score(item, "b").full
    assert harm_done(score(item, "b")) == "minor" and not is_right(score(item, "b"))
    assert harm_done(score(item, "a")) == "none" and harm_done(score(item, None)) == "none"
