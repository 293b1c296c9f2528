"""What trainees say about a lesson, as their supervisor reads it: in the head of a submission, and
counted over all of them."""

from __future__ import annotations

from pathlib import Path

import nbformat
from people import RIGHT, submitted
from rendering.test_rendering import HOSTILE, Tags
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.grading.grade import grade
from iop_training.grading.opinions import course_opinions
from iop_training.rendering.opinions import opinions_html
from iop_training.responses.lesson import LESSON, Objection, Opinion, Said, said_text


def _say(course: Path, tmp: Path, student: str, *objections: str, **opinions: str) -> None:
    """Somebody hands in with these answers to the questions about the lesson."""
    folder = submitted(course, student, RIGHT, tmp)
    said = Said(
        tuple(Objection("m01-f01", "", text) for text in objections),
        tuple(Opinion(name, "", value) for name, value in opinions.items()),
    )
    if said:
        (folder / LESSON).write_text(said_text(said), encoding="utf-8")


def test_are_answers_counted_and_texts_shown_harmless(course: Path, tmp_path: Path) -> None:
    _say(course, tmp_path, "ann", clear="yes", pace="hard", change=HOSTILE)
    _say(course, tmp_path, "bob", "Off.", clear="yes", respectful="partly")
    _say(course, tmp_path, "cleo")
    (found,) = course_opinions(course)
    assert (found.module, found.handed_in, found.answered) == ("m01", 3, 2)
    assert found.counts["clear"][:2] == [("Clear", 2), ("Mostly", 0)]
    assert ("A bit hard", 1) in found.counts["pace"]
    assert found.texts == [("ann", HOSTILE)]
    assert found.objections == [("bob", "m01-f01", "Off.")]
    page = opinions_html(found)
    tags = Tags(page)
    assert not {"script", "img"} & set(tags.tags) and tags.open == []
    assert not [a for a in tags.attributes if a.startswith("on")]
    assert "<b>2</b> Clear" in page and "<b>1</b> Not always" in page and "bob, m01-f01" in page


def test_does_the_command_tell_the_same_and_write_a_page(course: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        told = CliRunner().invoke(app, ["opinions", *arguments, "--course", str(course)])
        assert told.exit_code == 0, told.output
        return told.output

    assert "Nothing was handed in yet" in run()
    _say(course, tmp_path, "ann", "It is [bold]off[/bold]", pace="right", change="[red]Shorter")
    told = run("m01", "--html", str(tmp_path / "page.html"))
    assert "m01: 1 of 1 said something" in told and "1 Just right" in told
    assert "ann: [red]Shorter" in told and "ann, off with m01-f01: It is [bold]off[/bold]" in told
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<b>1</b> Just right" in page and "[red]Shorter" in page


def test_does_an_unknown_module_say_what_to_do(course: Path) -> None:
    told = CliRunner().invoke(app, ["opinions", "m77", "--course", str(course)])
    assert told.exit_code == 2 and "m77 is not released" in told.output


def test_do_answers_stand_in_the_head_and_change_nothing(course: Path, tmp_path: Path) -> None:
    _say(course, tmp_path, "ann", pace="too_easy", change="Shorter")
    (result,) = grade(course, "m01")
    assert (result.points, result.flags) == (5.0, ())
    path = course / "autograded" / "ann" / "m01" / "m01.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    first = next(cell for cell in cells if cell.cell_type == "code")
    head = first.outputs[0].data["text/html"]
    assert "Pace and difficulty</dt><dd>Too easy" in head and "<dd>Shorter</dd>" in head
