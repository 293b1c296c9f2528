"""Conditions: a small closed language, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_training.model.condition import compile_condition, names_in, numbers_in, parse_condition

NAMES = ["trust", "dana.trust", "told", "left"]
INDEX = {name: n for n, name in enumerate(NAMES)}

numbers = st.sampled_from(NAMES[:2]) | st.integers(0, 4).map(str)
comparisons = st.tuples(
    st.sampled_from(NAMES[:2]), st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), numbers
).map(" ".join)
conditions = st.recursive(
    comparisons | st.sampled_from(NAMES[2:]),
    lambda inner: (
        inner.map(lambda a: f"not ({a})")
        | st.tuples(inner, inner).map(lambda two: f"({two[0]}) and ({two[1]})")
        | st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})")
    ),
    max_leaves=8,
)
states = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 1), st.integers(0, 1))


class Dana:
    """Somebody with trust, for Python to look up."""

    def __init__(self, trust: int) -> None:
        self.trust = trust


@given(conditions, states)
def test_does_a_condition_mean_what_it_means_in_python(
    text: str, state: tuple[int, int, int, int]
) -> None:
    names = {"trust": state[0], "dana": Dana(state[1]), "told": state[2], "left": state[3]}
    assert compile_condition(text, INDEX)(state) == bool(eval(text, {}, names))


def test_is_a_chain_of_comparisons_read_as_one() -> None:
    test = compile_condition("1 <= trust <= 2 < dana.trust", INDEX)
    assert [test((trust, 3, 0, 0)) for trust in range(4)] == [False, True, True, False]
    assert not test((1, 2, 0, 0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "trust >=",
        "3",
        "True",
        "trust + 1 >= 2",
        "trust >= 1.5",
        "trust >= -1",
        "trust is 3",
        "trust in told",
        "len(told) > 1",
        "told if trust else left",
        "a.b.c >= 1",
        "trust['x'] > 1",
        "(told := 1)",
        "lambda: 1",
        "__import__('os')",
        "'trust' == 'told'",
        "trust >= (told and left)",
        "(" * 400 + "told" + ")" * 400,
        "told\x00",
    ],
)
def test_is_everything_else_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"can't be read|something else"):
        parse_condition(text)


@given(st.text(max_size=60))
def test_does_any_text_give_a_condition_or_a_sentence(text: str) -> None:
    try:
        names_in(text)
        numbers_in(text)
    except ValueError as error:
        assert str(error)


def test_are_numbers_told_from_flags() -> None:
    text = "trust >= 3 and not told or dana.trust < trust"
    assert names_in(text) == ({"trust", "dana.trust"}, {"told"})
    assert numbers_in(text) == [("trust", 3)]
