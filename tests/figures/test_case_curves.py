"""Curves of a session: what is drawn, and the words that say the same."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from iop_training.figures.case_curves import curves_svg
from iop_training.scoring.debrief_parts import Curve
from iop_training.scoring.debrief_words import curve_words

SVG = "{http://www.w3.org/2000/svg}"


def curve(*values: int, name: str = "alliance", person: str = "") -> Curve:
    return Curve(name=name, meaning="0: no. 6: yes.", person=person, low=0, high=6, values=values)


def test_has_each_variable_a_panel_with_its_scale_and_each_mark_a_line() -> None:
    svg = curves_svg([curve(1, 2, 6), curve(3, 3, 0, name="at_ease", person="<Gail>")], [2])
    root = ElementTree.fromstring(svg)
    texts = [node.text for node in root.iter(f"{SVG}text")]
    assert "Alliance" in texts and "At ease (<Gail>)" in texts
    lines = list(root.iter(f"{SVG}polyline"))
    assert len(lines) == 2 and len(lines[0].attrib["points"].split()) == 3
    assert svg.count("stroke-dasharray") == 2 and "2" in texts
    first, *_, last = (float(p.split(",")[1]) for p in lines[0].attrib["points"].split())
    assert first > last, "higher values are drawn higher"


def test_reaches_the_picture_nothing_outside_of_itself() -> None:
    svg = curves_svg([curve(1, 2)], [1])
    assert {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(svg).iter()} == {
        "svg",
        "path",
        "polyline",
        "circle",
        "text",
    }
    assert "style" not in svg and "url" not in svg
    assert svg == curves_svg([curve(1, 2)], [1])


def test_is_nothing_drawn_of_nothing() -> None:
    assert curves_svg([], []) == "" and curves_svg([curve(2)], []) == ""


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((1, 2, 3), "Alliance began at 1 and ended at 3."),
        ((2, 2, 2), "Alliance stayed at 2."),
        (
            (2, 0, 5, 3),
            "Alliance began at 2 and ended at 3 (lowest 0 after turn 1, highest 5 after turn 2).",
        ),
    ],
)
def test_do_words_say_the_same(values: tuple[int, ...], words: str) -> None:
    assert curve_words(curve(*values)) == words
