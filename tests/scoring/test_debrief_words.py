"""What a debrief says of lines and figures, in words."""

from __future__ import annotations

from typing import get_args

from iop_training.model.case_codes import CODE_WORDS
from iop_training.model.case_moments import Code
from iop_training.scoring.debrief_parts import Index, Indices, TurningPoint
from iop_training.scoring.debrief_words import TOO_FEW, count_words, index_words, lost_words


def index(**more: object) -> Index:
    base = {"name": "reflections_to_questions", "value": 1.25, "low": 0.4, "high": 4.32}
    return Index.model_validate({**base, "n": 18, "enough": True, "fair": 1, "good": 2, **more})


def test_has_every_code_its_own_name_and_meaning() -> None:
    assert list(CODE_WORDS) == list(get_args(Code))
    assert len({words.name for words in CODE_WORDS.values()}) == len(CODE_WORDS)
    assert all(words.meaning.endswith(".") for words in CODE_WORDS.values())


def test_stands_a_figure_beside_its_interval_and_what_it_is_from() -> None:
    words = index_words(index())
    assert (words.value, words.fair, words.good, words.remark) == (
        "1.2 to 1",
        "1 to 1",
        "2 to 1",
        "",
    )
    assert words.basis == "from 18 lines, 95 % interval 0.4 to 4.3"
    share = index_words(index(name="complex_reflections", value=0.4, low=0.2, high=0.6, n=1))
    assert share.value == "40 %" and share.basis == "from 1 line, 95 % interval 20 % to 60 %"


def test_is_it_said_where_there_is_too_little() -> None:
    assert index_words(index(enough=False)).remark == TOO_FEW
    nothing = index_words(index(value=None, low=None, high=None, n=0))
    assert nothing.value == "nothing to compare" and nothing.basis == "from 0 lines"
    assert index_words(index(high=None)).basis.endswith("0.4 to any number")


def test_have_counts_no_threshold_and_emergencies_are_left_out_in_words() -> None:
    counts = Indices(
        simple=1,
        complex=2,
        open=3,
        closed=4,
        consistent=5,
        inconsistent=6,
        emergency=1,
        indices=(),
    )
    said = " ".join(count_words(counts))
    assert "No threshold exists" in said and "One turn of an emergency left out" in said
    assert "emergency" not in " ".join(count_words(counts.model_copy(update={"emergency": 0})))


def test_is_what_was_lost_said_only_where_something_was() -> None:
    point = TurningPoint(turn=1, moment="m", reason="outcome", lost=2.04, lines=())
    assert lost_words(point) == "After it, 2 points were out of reach."
    assert lost_words(point.model_copy(update={"lost": 1.0})).startswith("After it, 1 point was")
    assert lost_words(point.model_copy(update={"lost": 0.0})) == ""
