"""Safety domains and the standard, whole path: release, hand in, grade, feedback, all together."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from content.safety import FRESH, SAFE, write_safety_course
from nbgrader.api import Gradebook
from typer.testing import CliRunner, Result

from iop_training.cli import app
from iop_training.content.snapshot import load_snapshot
from iop_training.errors import GradingError
from iop_training.grading.cohort import hand_in_zip
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.gates import trainee_gates
from iop_training.grading.grade import grade
from iop_training.grading.keys import released_bundle
from iop_training.grading.release import release
from iop_training.responses import Journal
from iop_training.responses.handin import freeze, make_zip, zip_name

HARMFUL = SAFE | {"m01-q02": "f"}
TWICE = SAFE | {"m01-q01": "f", "m01-q02": "f"}
HandIn = Callable[..., None]


@pytest.fixture(scope="module")
def template(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The safety course, both assignments released."""
    folder = write_safety_course(tmp_path_factory.mktemp("safety") / "course")
    shutil.copyfile(root / "nbgrader_config.py", folder / "nbgrader_config.py")
    for assignment in ("m01", "m02"):
        release(folder, assignment)
    return folder


@pytest.fixture
def hand_in(course: Path, tmp_path: Path) -> HandIn:
    """Hands in, collects and grades one person's answers."""

    def whole(student: str, assignment: str, answers: dict[str, Any]) -> None:
        released = course / "release" / assignment / f"{assignment}.ipynb"
        snapshot = load_snapshot(course, assignment, released_bundle(released).release)
        zipped = hand_in_zip(
            tmp_path / f"{student}-{assignment}", released, snapshot, student, answers
        )
        assert collect(course, assignment, [zipped]).refused == []
        assert [r.status for r in grade(course, assignment, [student])] == ["graded"]

    return whole


def plain(markup: str) -> str:
    """What a page says, without tags."""
    shown = re.sub(r"<style>.*?</style>", " ", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def head(course: Path, student: str) -> str:
    """The head of a submission as Formgrader shows it."""
    path = course / "autograded" / student / "m01" / "m01.ipynb"
    notebook = nbformat.read(path, as_version=4)
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    return plain(outputs[0].data["text/html"])


def page(course: Path, student: str, assignment: str = "m01") -> str:
    """The feedback page that goes back."""
    assert generate_feedback(course, assignment, [student]) == {student: ""}
    path = course / "feedback" / student / assignment / f"{assignment}.html"
    return path.read_text(encoding="utf-8")


def gates(course: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["gates", "--course", str(course), *words])


def said(result: Result) -> str:
    return " ".join(result.output.split())


def test_does_all_right_meet_domain_and_standard(course: Path, hand_in: HandIn) -> None:
    hand_in("ann", "m01", SAFE)
    shown = plain(page(course, "ann"))
    assert "Withdrawal Met 4 of 4 right here" in shown and "Next step" not in shown
    assert "Meets the standard Your result is clearly above the pass mark." in shown
    assert "Points 8 of 8, which is 100% of the points" in shown
    assert "Pass mark 60% of the points (4.8 of 8), set by convention" in shown
    assert "Standard error 0% of the points: every question" in shown
    assert "Three of five is a customary mark." in shown
    assert "Withdrawal Met 4 of 4 observations right; 3 needed." in head(course, "ann")


def test_does_one_serious_harm_tell_both_to_talk_first(course: Path, hand_in: HandIn) -> None:
    hand_in("ben", "m01", HARMFUL)
    shown = page(course, "ben")
    words = plain(shown)
    assert "Talk it through first" in words and "fail" not in words.lower()
    assert "Before you next sit with a client, talk it through with your supervisor." in words
    assert "2 fresh situations answered well" in words
    assert "You answered: m01-q02 option f" in words
    assert "This could seriously harm a client. Reason for serious harm in m01-q02" in words
    assert '<a href="#q2">Question 2</a>' in shown and 'id="q2"' in shown
    top = head(course, "ben")
    assert (
        "Please look at this Check now, before the trainee next sits with a client: withdrawal."
        in top
    )
    assert "Talk with the trainee before they next sit with a client." in top
    assert "m01-q02: What about m01-q02?" in top.replace("“", "").replace("”", "")
    (result,) = grade(course, "m01", ["ben"])
    assert result.flags[0].startswith("Check now")


def test_is_the_standard_apart_from_the_domain(course: Path, hand_in: HandIn) -> None:
    hand_in("ben", "m01", HARMFUL)
    # 75% of the points with a standard error of 25%: the mark of 60% is within it.
    assert "Borderline: more evidence" in head(course, "ben")
    (result,) = grade(course, "m01", ["ben"])
    assert result.standing and result.standing.error == pytest.approx(0.25)
    assert result.standing.verdict == "borderline: more evidence"
    hand_in("cy", "m01", {})
    (result,) = grade(course, "m01", ["cy"])
    assert result.standing and result.standing.verdict == "not yet"
    assert "plan another try with your supervisor" in plain(page(course, "cy"))


def test_is_too_little_no_fault_of_the_trainee(course: Path, hand_in: HandIn) -> None:
    hand_in("ann", "m02", FRESH | {"m02-q01": "b"})
    shown = plain(page(course, "ann", "m02"))
    assert "Withdrawal Observations so far: 2 of 4 needed" in shown
    assert "no fault of yours" in shown and "Look once more at Question 1 ," in shown


def test_do_two_fresh_situations_of_another_assignment_close_it(
    course: Path, hand_in: HandIn
) -> None:
    hand_in("ben", "m01", HARMFUL)
    first = gates(course)
    assert first.exit_code == 1 and "check now" in said(first)
    assert "ben, withdrawal: One answer could seriously harm a client." in said(first)
    assert "2 right answers without serious harm close it" in said(first)
    hand_in("ben", "m02", FRESH)
    after = gates(course, "--student", "ben")
    assert after.exit_code == 0 and "Withdrawal: met" in said(after)
    assert "5 of 6 observations right; 5 needed." in said(after)
    assert "answered “m01-q02 option f”: not yet serious harm: Reason for serious" in said(after)


def test_does_the_most_urgent_stand_first(course: Path, hand_in: HandIn) -> None:
    for student, answers in (("ann", SAFE), ("ben", HARMFUL), ("cy", TWICE)):
        hand_in(student, "m01", answers)
    found = trainee_gates(course)
    assert [(t.student, t.gates[0].state) for t in found] == [
        ("cy", "not yet"),
        ("ben", "check now"),
        ("ann", "met"),
    ]
    shown = said(gates(course))
    assert "cy, withdrawal: 2 answers could seriously harm a client." in shown
    assert "ann, withdrawal" not in shown


def test_do_points_given_by_hand_count_for_domain_and_standard(
    course: Path, hand_in: HandIn
) -> None:
    hand_in("ann", "m01", SAFE | {"m01-q01": "b", "m01-q02": "b"})
    assert trainee_gates(course)[0].gates[0].state == "not yet"
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        mark = book.find_grade("m01-q01", "m01", "m01", "ann")
        mark.manual_score, mark.needs_manual_grade = 2.0, False
        book.db.commit()
    assert trainee_gates(course)[0].gates[0].state == "met"
    shown = plain(page(course, "ann"))
    assert "Withdrawal Met 3 of 4 right here" in shown and "Points 6 of 8" in shown


def test_is_there_no_verdict_while_a_person_has_to_look(course: Path, hand_in: HandIn) -> None:
    hand_in("ann", "m01", SAFE)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        book.find_grade("m01-q01", "m01", "m01", "ann").needs_manual_grade = True
        book.db.commit()
    shown = plain(page(course, "ann"))
    assert "No verdict yet 1 answer waits for your supervisor." in shown
    assert "Points so far 8 of 8" in shown and "100%" not in shown


def test_does_a_broken_standards_file_stop_nobody(course: Path, hand_in: HandIn) -> None:
    (course / "data" / "standards.yaml").write_text("standards:\n  m01:\n    mark: high\n")
    hand_in("ann", "m01", SAFE)
    assert "Pass mark" not in head(course, "ann") and "Pass mark" not in page(course, "ann")
    told = CliRunner().invoke(app, ["grade", "m01", "--course", str(course)])
    assert told.exit_code == 0 and "No verdicts: data/standards.yaml:3: mark" in said(told)


def test_does_a_report_from_before_say_what_to_run(course: Path, hand_in: HandIn) -> None:
    hand_in("ann", "m01", SAFE)
    report = course / "autograded" / "ann" / "m01" / "iop-report.json"
    report.write_text(report.read_text().replace('"observations"', '"other"'))
    with pytest.raises(GradingError, match="iop-training grade m01 --again"):
        trainee_gates(course)
    assert gates(course).exit_code == 2


def test_do_nothing_graded_and_an_unknown_id_say_so(course: Path, hand_in: HandIn) -> None:
    assert "Nothing is graded yet" in said(gates(course))
    hand_in("ann", "m01", SAFE)
    unknown = gates(course, "--student", "zoe")
    assert unknown.exit_code == 2 and "Nothing of zoe is graded yet." in said(unknown)


def test_does_check_tell_what_the_questions_can_and_how_likely(course: Path) -> None:
    shown = said(CliRunner().invoke(app, ["check", "--quick", "--course", str(course)]))
    assert re.search(r"Withdrawal 6 2 3 <1% – \d\d% \d\d% \d\.\d", shown), shown
    assert "Suicide risk 0 0 0 – – – –" in shown and "All together 6 2 3 – – – –" in shown
    assert "Too few questions to judge by yet: suicide risk, overdose, intoxication" in shown
    assert "0 errors" in shown


def test_does_serious_harm_stay_when_the_assignment_is_handed_in_again(
    course: Path, tmp_path: Path
) -> None:
    released = course / "release" / "m01" / "m01.ipynb"
    release_hash = released_bundle(released).release
    work, frozen = tmp_path / "work", tmp_path / "frozen"
    work.mkdir()
    journal = Journal.open(work, "m01", "m01", "ben", release_hash)
    for answers in (HARMFUL, SAFE):
        for item, value in answers.items():
            journal.answer(item, value)
        shutil.rmtree(frozen, ignore_errors=True)
        frozen.mkdir()
        receipt = freeze(journal, released, frozen, 4, 4, "zip")
        journal.handed_in(receipt.journal, 4, 4, "zip", receipt.at)
    zipped = make_zip(frozen, tmp_path / zip_name(receipt))
    assert collect(course, "m01", [zipped]).refused == []
    (result,) = grade(course, "m01", ["ben"])
    assert result.points == 8.0 and result.flags[0].startswith("Check now")
    assert "You answered in an earlier hand-in: m01-q02 option f" in plain(page(course, "ben"))


def test_does_a_time_that_is_none_harm_nobody(course: Path, hand_in: HandIn) -> None:
    hand_in("ben", "m01", HARMFUL)
    journal = course / "submitted" / "ben" / "m01" / "answers" / "m01.jsonl"
    text = re.sub(r'"at":"[^"]*"', '"at":"0001-01-01T00:00:00+14:00"', journal.read_text())
    journal.write_text(text)
    (result,) = grade(course, "m01", ["ben"], again=True)
    assert result.status == "graded", result.message
    hand_in("ben", "m02", FRESH)
    assert trainee_gates(course)[0].gates[0].state == "check now"
