"""Charts: the picture, the sentence and the table say the same."""

from __future__ import annotations

import re

import pytest
from matplotlib.figure import Figure

from iop_training.figures.charts import DRAWINGS, chart_html
from iop_training.model import Table

COLUMNS = {"hours": ["level", "low", "high"], "two_parts": ["day", "clinical_hours", "other_hours"]}
ROWS = {
    "hours": [["1", "0", "8"], ["2.1", "9", "19"], ["2.5", "20", ""]],
    "two_parts": [["Monday", "3", "1.5"], ["Friday", "0", "1"]],
}


def table(kind: str) -> Table:
    return Table(
        id="week",
        kind=kind,
        title="A title <here>",
        sentence="What the picture shows.",
        source=["course"],
        columns=COLUMNS[kind],
        rows=ROWS[kind],
    )


def written(html: str) -> list[str]:
    """The words in the picture, as text that can be searched."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", html)


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_does_a_chart_come_with_its_sentence_and_its_table(kind: str) -> None:
    html = str(chart_html(table(kind)))
    assert html.count("<svg") == 1
    assert 'role="img"' in html and 'aria-label="What the picture shows."' in html
    assert "A title &lt;here&gt;" in html
    for row in ROWS[kind]:
        for cell in row:
            assert f">{cell or 'and more'}</t" in html


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_is_a_chart_the_same_each_time_and_in_the_color_of_the_page(kind: str) -> None:
    html = str(chart_html(table(kind)))
    assert html == str(chart_html(table(kind)))
    assert "currentColor" in html and "#010203" not in html


@pytest.mark.parametrize("rows", [ROWS["hours"], [["1", "0", "9"], ["2", "9", "20"]]])
def test_is_each_label_within_its_bar(rows: list[list[str]]) -> None:
    figure = Figure(figsize=(7, 3.35), layout="constrained")
    axes = figure.add_subplot()
    DRAWINGS["hours"](axes, table("hours").model_copy(update={"rows": rows}))
    figure.draw_without_rendering()
    labels = [label.get_window_extent() for label in axes.texts]
    bars = [bar.get_window_extent() for bar in axes.patches]
    assert len(labels) == len(bars) == len(rows)
    for label, bar in zip(labels, bars, strict=True):
        assert bar.x0 <= label.x0 and label.x1 <= bar.x1, label


def test_do_two_parts_show_both_numbers_and_what_they_are() -> None:
    words = written(str(chart_html(table("two_parts"))))
    assert {"Monday", "Friday", "Clinical hours", "Other hours", "3", "1.5", "1"} <= set(words)
    assert words.index("Monday") < words.index("Friday")


def test_is_a_part_of_zero_left_without_a_number() -> None:
    rows = {"two_parts": [["Friday", "0", "7.25"]]}
    html = str(chart_html(table("two_parts").model_copy(update={"rows": rows["two_parts"]})))
    bars = [w for w in written(html) if w == "0"]
    assert len(bars) == 1, "on the axis only"
    assert "7.25" in written(html)
