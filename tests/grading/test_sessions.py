"""Sessions with a client, whole path: from journals to gradebook, Formgrader and feedback."""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from content.sessions import (
    CASE,
    GOOD,
    HARMFUL,
    ITEM,
    answer,
    session,
    the_case,
)
from nbgrader.api import Gradebook
from people import session_zip
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.gates import trainee_gates
from iop_training.grading.grade import Result, grade
from iop_training.model.case import Case
from iop_training.model.case_parts import case_secrets
from iop_training.rendering.debrief_block import read_blocks
from iop_training.scoring.debrief import run_digest

INVENTED = {"suicide_asked": "done", "means": "not_done", "before_leaving": "supervisor"}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
WORDS = {
    "worked": 1,
    "back": 2,
    "line": f"I was quick. {HOSTILE}",
    "goal": f"Ask sooner {HOSTILE}",
    "goal_code": "ask_suicide",
    "tried": [{"at": "done", "move": "ask"}],
    "done": True,
}


def runs(*saved: list[str], **more: Any) -> dict[str, Any]:
    """An answer that claims these runs, and that they ended."""
    return {"way": "session", "runs": [{"saved": s, "ended": True} for s in saved], **more}


def hostile_answers() -> dict[str, Any]:
    """Answers by whoever writes journals by hand, by student."""
    return {
        "h-moves": runs(["case/1", CASE, "s", "nonsense", "<b>more</b>"]),
        "h-case": runs(["case/1", "c01", "s", *GOOD]),
        "h-format": runs(["case/2", CASE, "s", *GOOD]),
        "h-ended": runs(["case/1", CASE, "s", *GOOD[:2]]),
        "h-past": runs(["case/1", CASE, "s", *GOOD, "ask"]),
        "h-many": runs(*[["case/1", CASE, "s"]] * 10_000),
        "h-note": {**runs(["case/1", CASE, "s", *GOOD]), "note": {"means": "x" * 90_000}},
        "h-unknown": runs(["case/1", CASE, "s", *GOOD], note={"nope": "done", "means": "both"}),
        "h-type": {"runs": "all of them", "points": 20},
        "h-list": [1, 2, 3],
        "h-seed": runs(["case/1", CASE, "\u202e", *GOOD]),
    }


@dataclass(frozen=True)
class Graded:
    """A course in which everybody was graded and has feedback."""

    root: Path
    case: Case
    results: dict[str, Result]

    def points(self, student: str) -> tuple[float | None, bool]:
        """What the gradebook has for the session, and whether a person is to look."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "iop") as book:
            found = book.find_grade(ITEM, "m13", "m13", student)
            return found.auto_score, found.needs_manual_grade

    def formgrader(self, student: str) -> str:
        """What Formgrader draws of a submission."""
        path = self.root / "autograded" / student / "m13" / "m13.ipynb"
        notebook = nbformat.read(path, as_version=4)
        outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
        return "".join(o.data["text/html"] for o in outputs)

    def feedback(self, student: str) -> str:
        """The page that goes back."""
        path = self.root / "feedback" / student / "m13" / "m13.html"
        return path.read_text(encoding="utf-8")


def plain(markup: str) -> str:
    """What a page says, without tags and data."""
    shown = re.sub(r"<(style|script)\b.*?</\1>", " ", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


@pytest.fixture(scope="module")
def graded(sessions: Path, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Everybody, once: sound work, work that stopped, and journals written by hand."""
    made = tmp_path_factory.mktemp("graded")
    course = Path(shutil.copytree(sessions, made / "course"))
    case = the_case(course)
    good, bad = session(case, GOOD), session(case, HARMFUL)
    begun = session(case, ["weight"])
    answers: dict[str, Any] = {
        "ann": answer(good),
        "ben": answer(begun, bad, good, note=INVENTED, debrief=WORDS),
        "cy": answer(begun),
        "dee": {"way": "in_person"},
        "eve": {"way": "another"},
        "fay": {},
        "gus": {"way": "session"},
        **hostile_answers(),
    }
    zips = [session_zip(course, made, who, value) for who, value in answers.items()]
    assert not collect(course, "m13", zips).refused
    results = {r.student: r for r in grade(course, "m13")}
    assert not any(generate_feedback(course, "m13").values())
    return Graded(course, case, results)


def test_are_points_exactly_as_computed(graded: Graded) -> None:
    assert {r.status for r in graded.results.values()} == {"graded"}
    assert graded.points("ann") == (26.0, False)
    # Qualities 1, 0, 1 of 3 turns; 1 at the decision; nothing for the ending; one line of three.
    assert graded.points("ben") == (8 * 2 / 9 + 6 / 3 + 0 + 6 / 3, False)
    assert graded.points("fay") == (0.0, False)
    assert graded.results["ann"].points == 28.0


def test_does_formgrader_have_every_attempt_and_the_parts(graded: Graded) -> None:
    page = graded.formgrader("ben")
    said = plain(page)
    for words in (
        "Attempt 2 of 3 counts: the first that reached an ending.",
        "Attempt 1: paused after 1 turn",
        "Attempt 2 (counts): ended after 4 turns, 3.78 of 20",
        "Attempt 3: ended after 4 turns, 20 of 20",
        "How the conversation went 1.78 8",
        "What was said at the decision points 2 6",
        "Where it ended 0 6",
        "The note 2 6",
        "Together 5.78 26",
        "The session's pass mark is 18 of 20 points: not yet reached.",
        "Suicide risk. Asks Theo directly about suicide",
        "Not found in the session.",
        "Closed question. The question tells him which answer is welcome.",
        "Debrief done",
        "To take back turn 2",
        "Goal for next time Ask sooner",
    ):
        assert words in said, words
    for line in (*GOOD, *HARMFUL):
        texts = {move.text for moment in graded.case.moments for move in moment.moves}
        assert any(text in said for text in texts), line
    assert page.count("<details") - page.count('<details class="iop-details" open') > 3


def test_is_harm_told_apart_from_points(graded: Graded) -> None:
    flags = graded.results["ben"].flags
    assert flags[0].startswith("Check now") and "suicide" in flags[0]
    assert any("turn 2" in f and "seriously harm a client. It asks for a no" in f for f in flags)
    assert any("The note says “Asked directly about thoughts of suicide: Yes" in f for f in flags)
    head = plain(graded.formgrader("ben")).partition("Standard")[0]
    assert "seriously harm a client" in head and "The note says" in head
    page = plain(graded.feedback("ben"))
    assert "Apart from points: this could have hurt somebody." in page
    assert "Whoever reads it will not ask again." in page


def test_are_observations_those_of_the_attempt_that_counts(graded: Graded) -> None:
    ann, ben = (trainee_gates(graded.root, [who])[0].gates for who in ("ann", "ben"))
    assert [(g.domain, g.right, g.talk_first) for g in (*ann, *ben)] == [
        ("suicide", 1, False),
        ("suicide", 0, True),
    ]
    (seen,) = ben[0].observations
    assert (seen.item, seen.within, seen.assignment) == (f"{CASE}.asks_directly", ITEM, "m13")
    assert seen.at.endswith("Z")
    command = ["gates", "--student", "ben", "--course", str(graded.root)]
    shown = " ".join(CliRunner().invoke(app, command).output.split())
    assert "said “You don't mean that you'd do something silly, do you?”" in shown
    page = graded.feedback("ben")
    assert '<a href="#q1">Question 1</a>' in page and "You said:" in plain(page)


def test_does_feedback_have_debrief_and_block_and_no_more(graded: Graded) -> None:
    page = graded.feedback("ben")
    said = plain(page)
    for words in ("The story", "How Theo sees it", "Turning points", "One goal for next time"):
        assert words in said, words
    (block,) = read_blocks(page)
    assert block.item == ITEM and block.note is not None
    saved = session(graded.case, HARMFUL).to_list()
    assert block.debrief.run == run_digest(saved)
    assert block.references["tip35"].startswith("Somebody") and "<svg" in block.curves_svg
    shown = {text for _, text in block.debrief.prose()} | set(_texts(block.model_dump()))
    untold = [text for text in case_secrets(graded.case) if text not in shown]
    assert untold, "the other attempt met moments that this one did not"
    assert not [text for text in untold if text in said or json.dumps(text)[1:-1] in page]
    assert "Attempt 2 counts" in said and "20 of 20" not in said


@pytest.mark.parametrize("student", ["cy", "gus", "h-ended"])
def test_is_a_paused_session_without_score_and_without_reason(graded: Graded, student: str) -> None:
    assert graded.points(student) == (None, True)
    (flag,) = graded.results[student].flags
    assert "paused before its end. Nothing is scored, and no reason is kept." in flag
    assert "It has no points; they are yours to give" in flag
    page = plain(graded.feedback(student))
    assert "This session stands where you left it. Nothing is lost" in page
    assert "2 of 28 points so far: 1 answer waits" in page
    assert not read_blocks(graded.feedback(student))
    assert "You came anyway" not in page, "a closing replays no lines"


@pytest.mark.parametrize("student", ["dee", "eve"])
def test_does_another_way_wait_for_the_supervisor(graded: Graded, student: str) -> None:
    assert graded.points(student) == (None, True)
    assert "was chosen" in graded.results[student].flags[0]
    assert "You chose another way to show this." in plain(graded.feedback(student))


@pytest.mark.parametrize("student", ["h-moves", "h-case", "h-format", "h-past", "h-seed"])
def test_is_a_run_that_can_not_be_flagged_and_not_scored(graded: Graded, student: str) -> None:
    assert graded.points(student) == (None, True)
    assert any("could not be played again" in f for f in graded.results[student].flags)
    assert "could not be played again" in plain(graded.formgrader(student))
    assert "could not be played again, so it has no points" in plain(graded.feedback(student))


@pytest.mark.parametrize("student", ["h-many", "h-note", "h-type", "h-list"])
def test_is_what_can_be_no_answer_left_out_and_told(graded: Graded, student: str) -> None:
    assert graded.points(student) == (0.0, False)
    told = r"takes the work on a case, which this is not|is \d{3},\d{3} bytes long"
    assert re.search(told, plain(graded.formgrader(student)))


def test_is_an_unknown_line_of_the_note_blank(graded: Graded) -> None:
    # All of the session, and nothing for a note without one sound line.
    assert graded.points("h-unknown") == (20.0, False)
    assert plain(graded.formgrader("h-unknown")).count("The note leaves it open") == 3


def test_is_hostile_text_text(graded: Graded) -> None:
    for page in map(graded.formgrader, graded.results):
        assert "<script" not in page and "<img" not in page and "<b>more" not in page
    for page in map(graded.feedback, graded.results):
        scripts = re.findall(r"<script[^>]*>", page)
        assert all(s.startswith('<script type="application/json" data-iop-') for s in scripts)
        assert "<img" not in page
    assert html.escape(HOSTILE, quote=True) in graded.formgrader("ben")


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [t for inner in value.values() for t in _texts(inner)]
    if isinstance(value, list | tuple):
        return [t for inner in value for t in _texts(inner)]
    return [value] if isinstance(value, str) else []
