"""Charts: the picture, the sentence and the table say the same."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from iop_training.figures import chart_html
from iop_training.figures.drawings import DRAWINGS, size
from iop_training.model import Table
from iop_training.model.table import SHAPES

COLUMNS = {
    "hours": ["level", "low", "high"],
    "two_parts": ["day", "clinical_hours", "other_hours"],
    "lines": ["week", "with_return_to_use", "all_others"],
    "bars": ["week", "clients", "low", "high"],
}
ROWS = {
    "hours": [["1", "0", "8"], ["2.1", "9", "19"], ["2.5", "20", ""]],
    "two_parts": [["Monday", "3", "1.5"], ["Friday", "0", "1"]],
    "lines": [["1", "6.2", "6.1"], ["2", "5.8", "4"], ["4", "", "3.5"]],
    "bars": [["Week 1", "12", "8", "17"], ["Week 2", "20", "15", "26"]],
}
EMPTY = {"hours": "and more", "lines": "not known"}


def table(kind: str, **changes: list[Any]) -> Table:
    whole = {
        "id": "week",
        "kind": kind,
        "title": "A title <here>",
        "sentence": "What the picture shows.",
        "source": ["course"],
        "columns": COLUMNS[kind],
        "rows": ROWS[kind],
    }
    return Table.model_validate(whole | changes)


def drawn(shown: Table, narrow: bool = False) -> Axes:
    """The axes with the chart on them, laid out as in the page."""
    figure = Figure(figsize=size(shown, narrow), layout="constrained")
    axes = figure.add_subplot()
    DRAWINGS[shown.kind](axes, shown)
    figure.draw_without_rendering()
    return axes


def written(html: str) -> list[str]:
    """The words in the picture, as text that can be searched."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", html)


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_does_a_chart_come_with_its_sentence_and_its_table(kind: str) -> None:
    html = str(chart_html(table(kind)))
    assert html.count("<svg") == 2, "one for a page, one for a phone"
    assert 'role="img"' in html and 'aria-label="What the picture shows."' in html
    assert "A title &lt;here&gt;" in html
    for row in ROWS[kind]:
        for cell in row:
            assert f">{cell or EMPTY[kind]}</t" in html


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_is_a_chart_the_same_each_time_and_in_the_color_of_the_page(kind: str) -> None:
    html = str(chart_html(table(kind)))
    assert html == str(chart_html(table(kind)))
    assert "currentColor" in html and not re.search("#0102|#0103", html)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("rows", [ROWS["hours"], [["1", "0", "9"], ["2", "9", "20"]]])
def test_is_each_label_within_its_bar(rows: list[list[str]], narrow: bool) -> None:
    axes = drawn(table("hours", rows=rows), narrow)
    labels = [label.get_window_extent() for label in axes.texts]
    bars = [bar.get_window_extent() for bar in axes.patches]
    assert len(labels) == len(bars) == len(rows)
    for label, bar in zip(labels, bars, strict=True):
        assert bar.x0 <= label.x0 and label.x1 <= bar.x1, label


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_do_all_words_stand_within_a_narrow_chart(kind: str) -> None:
    rows = [["A name that is long", *row[1:]] for row in ROWS[kind]]
    axes = drawn(table(kind, **({} if kind == "lines" else {"rows": rows})), narrow=True)
    whole = axes.figure.get_window_extent()
    assert whole.width / axes.figure.dpi < 4, "else a phone shrinks the words"
    boxes = [Text.get_window_extent(words) for words in (*axes.texts, *axes.get_yticklabels())]
    if legend := axes.get_legend():
        boxes.append(legend.get_window_extent())
    assert all(whole.x0 <= box.x0 and box.x1 <= whole.x1 for box in boxes)


def test_do_two_parts_show_both_numbers_and_what_they_are() -> None:
    words = written(str(chart_html(table("two_parts"))))
    assert {"Monday", "Friday", "Clinical hours", "Other hours", "3", "1.5", "1"} <= set(words)
    assert words.index("Monday") < words.index("Friday")


def test_is_a_part_of_zero_left_without_a_number() -> None:
    html = str(chart_html(table("two_parts", rows=[["Friday", "0", "7.25"]])))
    bars = [w for w in written(html) if w == "0"]
    assert len(bars) == 2, "on the axis of either picture only"
    assert "7.25" in written(html)


@pytest.mark.parametrize("narrow", [False, True])
def test_is_each_line_named_beside_its_end_without_touching_another_name(narrow: bool) -> None:
    names = ["week", "one", "two", "a_much_longer_name_of_three", "four"]
    close = [[str(week), "5", "5", "5", "4.9"] for week in range(1, 13)]
    axes = drawn(table("lines", columns=names, rows=close), narrow)
    words = [" ".join(label.get_text().split()) for label in axes.texts]
    assert sorted(words) == ["A much longer name of three", "Four", "One", "Two"]
    boxes = sorted((Text.get_window_extent(label) for label in axes.texts), key=lambda box: box.y0)
    assert all(lower.y1 <= upper.y0 + 1 for lower, upper in pairwise(boxes))
    whole = axes.figure.get_window_extent()
    plot = axes.get_window_extent()
    assert all(plot.x1 <= box.x0 and box.x1 <= whole.x1 for box in boxes)


def test_can_lines_be_told_apart_without_color() -> None:
    names = ["week", "one", "two", "three", "four"]
    axes = drawn(table("lines", columns=names, rows=[["1", "1", "2", "3", "4"]]))
    assert len({line.get_marker() for line in axes.lines}) == 4


def test_does_a_scale_of_lines_begin_at_nothing() -> None:
    axes = drawn(table("lines", rows=[["1", "90", "91"], ["2", "92", "93"]]))
    assert axes.get_ylim()[0] == 0


def test_do_lines_stand_on_the_whole_of_a_scale_that_has_an_end() -> None:
    axes = drawn(table("lines", top=10, rows=[["1", "4", "5"], ["2", "6", "5"]]))
    assert axes.get_ylim()[1] > 10 and 10 in axes.get_yticks()


def test_do_bars_show_their_number_and_interval() -> None:
    assert {"12 (8 to 17)", "20 (15 to 26)", "Week 1", "Clients"} <= set(
        written(str(chart_html(table("bars"))))
    )
    plain = table("bars", columns=["week", "clients"], rows=[["Week 1", "7"]])
    assert "7" in written(str(chart_html(plain)))


def test_does_every_kind_of_chart_have_a_drawing() -> None:
    assert set(DRAWINGS) == set(SHAPES)


@pytest.mark.parametrize(
    ("kind", "changes", "says"),
    [
        ("hours", {"columns": ["level", "low"]}, "are 2; a chart of kind hours has 3"),
        ("hours", {"rows": [["1", "0"]]}, "has 2 cells; there are 3 columns"),
        ("hours", {"rows": [["1", "", "8"]]}, "is ''; low takes a number"),
        ("two_parts", {"rows": [["Monday", "3", "x"]]}, "is 'x'; other_hours takes a number"),
        ("lines", {"rows": [["Mon", "1", "2"]]}, "is 'Mon'; week takes a number"),
        ("lines", {"rows": [["2", "1", "2"], ["2", "1", "2"]]}, "which is not above 2"),
        ("lines", {"top": 6}, "is 6.2, beyond the end of the scale, 6"),
        ("bars", {"top": 6}, "is the end of the scale of lines; this chart is of kind bars"),
        ("lines", {"columns": ["week"] * 6}, "are 6; a chart of kind lines has 2 or 3 or 4 or 5"),
        ("bars", {"rows": [["Week 1", "9", "1", "8"]]}, "outside of its interval 1 to 8"),
        ("bars", {"rows": [["Week 1", "nan", "1", "8"]]}, "is 'nan'; clients takes a number"),
    ],
)
def test_is_a_table_refused_that_its_chart_can_t_draw(
    kind: str, changes: dict[str, Any], says: str
) -> None:
    assert says in "; ".join(message for _, message in table(kind, **changes).check())


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_is_a_sound_table_taken(kind: str) -> None:
    assert table(kind).check() == []
