"""Remarks on their way to the supervisor and back: drawn, counted, reported, never scored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from people import RIGHT, journal_of, submitted, zipped
from rendering.test_rendering import HOSTILE, Tags

from iop_training.grading.autograde.outputs import feedback_of
from iop_training.grading.autograde.report import read_report
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.grade import grade
from iop_training.grading.opinions import course_opinions
from iop_training.responses import Journal
from iop_training.responses.lesson import LESSON, Objection, Opinion, Said, said_text


def _remark(folder: Path, *remarks: tuple[str, str, Any]) -> None:
    """Add remarks to the journal in a submission, as its page would have before handing in."""
    record_release = json.loads(journal_of(folder).read_bytes().splitlines()[0])["release"]
    journal = Journal.open(folder, "m01", "m01", "ann", record_release)
    for item, name, value in remarks:
        journal.remark(item, name, value)
    (folder / "receipt.json").unlink()


def _for_supervisors(output: Any) -> str | None:
    return output.data.get("text/html")


def _drawn(course: Path, form: Callable[[Any], str | None] = _for_supervisors) -> str:
    notebook = nbformat.read(course / "autograded" / "ann" / "m01" / "m01.ipynb", as_version=4)
    nbformat.validate(notebook)
    return "".join(
        form(o) or "" for c in notebook.cells if c.cell_type == "code" for o in c.outputs
    )


def test_remarks_are_drawn_counted_and_earn_nothing(course: Path, tmp_path: Path) -> None:
    folder = submitted(course, "ann", RIGHT, tmp_path)
    _remark(
        folder,
        ("m01-q01", "stance", "alone"),
        ("m01-q02", "objection", "Two of these fit."),
        ("m01-q01", "objection", HOSTILE),
        ("m01-w01", "objection", "taken back"),
        ("m01-w01", "objection", ""),
    )
    said = Said((Objection("m01-f01", "", HOSTILE),), (Opinion("change", "", HOSTILE),))
    (folder / LESSON).write_text(said_text(said))
    (result,) = grade(course, "m01")
    assert result.points == 5.0
    assert result.flags[-2:] == (
        "2 questions have an objection: m01-q01, m01-q02.",
        "1 practice question has an objection: m01-f01.",
    )
    text = _drawn(course)
    for words in (
        *result.flags[-2:],
        "Act on it alone",
        "Two of these fit.",
        "m01-f01: &lt;script&gt;",
    ):
        assert words in text
    page = Tags(text)
    assert not {"script", "img"} & set(page.tags)
    assert not [a for a in page.attributes if a.startswith("on")]
    report = read_report(course / "autograded" / "ann" / "m01")
    assert report["practice_objections"] == {"m01-f01": HOSTILE}
    assert report["opinions"] == {"change": HOSTILE}
    assert "One thing to change</dt><dd>&lt;script&gt;" in text
    said = {i: (facts["stance"], facts["objection"]) for i, facts in report["items"].items()}
    assert said == {
        "m01-q01": ("alone", HOSTILE),
        "m01-q02": ("", "Two of these fit."),
        "m01-w01": ("", ""),
    }
    assert "m01-f01" not in _drawn(course, feedback_of)
    assert "About the lesson" not in _drawn(course, feedback_of)


def test_the_feedback_says_how_stances_and_answers_went_together(
    course: Path, tmp_path: Path
) -> None:
    folder = submitted(course, "ann", {**RIGHT, "m01-q02": ["a"]}, tmp_path)
    _remark(
        folder,
        ("m01-q01", "stance", "alone"),
        ("m01-q02", "stance", "alone"),
        ("m01-w01", "stance", "ask"),
    )
    grade(course, "m01")
    assert generate_feedback(course, "m01") == {"ann": ""}
    page = (course / "feedback" / "ann" / "m01" / "m01.html").read_text(encoding="utf-8")
    chart = page.split('class="iop-stances"')[1].split("</ul>")[0]
    assert "2 </b><span>Act on it alone</span>" in chart and "1 of 2 right" in chart
    assert "1 </b><span>Ask</span></li>" in chart, "a blank or unread answer is neither"


def test_a_page_without_stances_has_no_chart(course: Path, tmp_path: Path) -> None:
    submitted(course, "ann", RIGHT, tmp_path)
    grade(course, "m01")
    generate_feedback(course, "m01")
    page = (course / "feedback" / "ann" / "m01" / "m01.html").read_text(encoding="utf-8")
    assert '<ul class="iop-stances"' not in page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff{",
        b"[]",
        b'{"objections": 7}',
        b'{"objections": [null, 7, {}, {"item": 1, "text": "x"}, {"item": "m01-f01"}]}',
        b'{"objections": [{"item": "m01-f01", "text": "' + b"x" * 3000 + b'"}]}',
        b'{"objections": [{"item": "../../x", "text": "x"}]}',
        b'{"opinions": 7}',
        b'{"opinions": [null, 7, {}, {"question": [], "answer": "yes"}, {"question": "clear"}]}',
        b'{"opinions": [{"question": "pace", "answer": "<b>"}, {"question": "x", "answer": "y"}]}',
        b'{"opinions": [{"question": "change", "answer": "' + b"x" * 501 + b'"}]}',
        b"[" * 100_000,
    ],
)
def test_a_forged_file_of_objections_says_nothing_but_that_it_is_odd(
    course: Path, tmp_path: Path, content: bytes
) -> None:
    folder = submitted(course, "ann", RIGHT, tmp_path)
    (folder / LESSON).write_bytes(content)
    (result,) = grade(course, "m01")
    (flag,) = result.flags
    assert result.points == 5.0 and "left out" in flag
    assert "About the lesson" not in _drawn(course)
    (opinions,) = course_opinions(course, ["m01"])
    assert (opinions.handed_in, opinions.answered) == (1, 0)


def test_a_half_character_in_an_objection_stops_nothing(course: Path, tmp_path: Path) -> None:
    folder = submitted(course, "ann", RIGHT, tmp_path)
    (folder / LESSON).write_text(
        '{"objections": [{"item": "m01-f01", "text": "half \\ud83d and \\u0000 nothing"}]}'
    )
    (result,) = grade(course, "m01")
    assert result.status == "graded" and "half ? and  nothing" in _drawn(course)


def test_objections_come_by_zip(course: Path, tmp_path: Path, monkeypatch: Any) -> None:
    import people

    freeze = people.freeze

    def with_objection(*arguments: Any) -> Any:
        return freeze(*arguments, Said((Objection("m01-f01", "2026-11-22T10:00:00Z", "Off."),)))

    monkeypatch.setattr(people, "freeze", with_objection)
    report = collect(course, "m01", [zipped(course, tmp_path, "ann", RIGHT)])
    assert report.refused == []
    (result,) = grade(course, "m01")
    assert result.flags == ("1 practice question has an objection: m01-f01.",)
