"""A document to mark: marks earn net of wrong ones, and a defect that is left can hurt."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from factories import defects, paper_line
from hypothesis import given
from hypothesis import strategies as st

from iop_training.errors import ResponseError
from iop_training.model.kinds.defects import Defects
from iop_training.scoring import every_guess, guess, score, solution
from iop_training.scoring.guessing import guess_share, harm_done

ITEM = defects()
assert isinstance(ITEM, Defects)
LINES = ["name", "to_whom", "what", "purpose"]
MISSING = ["expiry", "photo"]
MARKS = st.fixed_dictionaries(
    {"lines": st.sets(st.sampled_from(LINES)), "missing": st.sets(st.sampled_from(MISSING))}
).map(lambda drawn: {name: sorted(ids) for name, ids in drawn.items()})


def points(answer: dict[str, list[str]]) -> float:
    earned = score(ITEM, answer).points
    assert earned is not None
    return earned


@st.composite
def papers(draw: st.DrawFn) -> Defects:
    """Sound items of any size, with every share of defects that may be."""
    lines = draw(st.integers(4, 14))
    wrong = draw(st.integers(1, lines // 2))
    absent = draw(st.integers(0, 3))
    not_needed = draw(st.integers(absent, 3))
    ids = draw(st.permutations([f"l{n}" for n in range(lines)]))
    item = defects(
        lines=[paper_line(i, defect=n < wrong) for n, i in enumerate(ids)],
        missing=[paper_line(f"m{n}", absent=n < absent) for n in range(absent + not_needed)],
    )
    assert isinstance(item, Defects)
    return item


@given(papers())
def test_does_marking_everything_or_nothing_earn_nothing(item: Defects) -> None:
    everything = {
        "lines": [line.id for line in item.lines],
        "missing": [wanted.id for wanted in item.missing],
    }
    assert item.check() == [] and score(item, everything).points == 0
    assert score(item, {}).points == 0 and score(item, {}).blank
    assert score(item, solution(item)).full


@given(MARKS)
def test_are_points_within_bounds_and_whole_only_for_the_key(answer: dict[str, list[str]]) -> None:
    result = score(ITEM, answer)
    assert 0 <= points(answer) <= ITEM.points
    assert result.full == (answer == solution(ITEM)) == all(p.agrees for p in result.parts)


@given(MARKS, st.sampled_from(["name", "purpose"]))
def test_does_a_wrong_mark_never_pay(answer: dict[str, list[str]], sound: str) -> None:
    without = {**answer, "lines": [i for i in answer["lines"] if i != sound]}
    assert points({**without, "lines": [*without["lines"], sound]}) <= points(without)


@given(MARKS, st.sampled_from(["to_whom", "what"]))
def test_does_a_right_mark_never_cost(answer: dict[str, list[str]], defect: str) -> None:
    without = {**answer, "lines": [i for i in answer["lines"] if i != defect]}
    assert points({**without, "lines": [*without["lines"], defect]}) >= points(without)


@pytest.mark.parametrize(
    ("lines", "missing", "earned"),
    [
        (["to_whom", "what"], ["expiry"], 3),
        (["to_whom", "what"], [], 2),
        (["to_whom", "what"], ["photo"], 1),
        (["to_whom", "name"], [], 0),
        ([], ["expiry"], 1),
    ],
)
def test_is_partial_credit_what_the_documents_say(
    lines: list[str], missing: list[str], earned: float
) -> None:
    assert points({"lines": lines, "missing": missing}) == earned


@given(MARKS)
def test_is_harm_done_by_leaving_the_defect_and_not_by_marking_it(
    answer: dict[str, list[str]],
) -> None:
    result = score(ITEM, answer)
    left = not result.blank and "to_whom" not in answer["lines"]
    assert harm_done(result) == ("serious" if left else "none")


def test_does_every_guess_come_up_once() -> None:
    every = every_guess(ITEM)
    assert every is not None and len({str(one) for one in every}) == len(every) == 2**6
    drawn = guess(ITEM, Random(3))
    assert drawn in every and ITEM.validate_response(drawn) == drawn
    assert guess_share(ITEM) < 0.2


def test_is_a_long_document_guessed_by_drawing() -> None:
    long = defects(lines=[paper_line(f"l{n}", defect=n < 4) for n in range(14)])
    assert every_guess(long) is None and guess_share(long) < 0.1


def test_does_a_mark_say_what_would_do_instead() -> None:
    parts = {p.id: p for p in score(ITEM, {"lines": ["name"]}).parts}
    assert parts["to_whom"].better == "To the doctor who is named here"
    assert parts["to_whom"].harmful and not parts["name"].harmful
    assert [p.id for p in score(ITEM, {}).parts if p.harmful] == []


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (["name"], "takes lines and missing"),
        ({"line": ["name"]}, "takes lines and missing"),
        ({"lines": "name"}, "each a list of ids"),
        ({"lines": [["name"]]}, "each a list of ids"),
        ({"lines": ["expiry"]}, "no 'expiry' to mark; it has name, to_whom"),
        ({"missing": ["name"]}, "no 'name' to mark; it has expiry, photo"),
    ],
)
def test_are_impossible_marks_refused_in_a_sentence(value: Any, says: str) -> None:
    with pytest.raises(ResponseError, match=says) as caught:
        score(ITEM, value)
    assert str(caught.value).endswith(".")


@given(MARKS, st.randoms())
def test_is_an_answer_stored_the_same_however_it_comes(
    answer: dict[str, list[str]], mix: Any
) -> None:
    twice = {name: [*ids, *ids] for name, ids in answer.items()}
    for ids in twice.values():
        mix.shuffle(ids)
    assert ITEM.validate_response(twice) == answer
