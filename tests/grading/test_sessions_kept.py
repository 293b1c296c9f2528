"""Sessions with a client: what goes out, keys that change, harm that stays, a cohort."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from content.sessions import CASE, GOOD, HARMFUL, ITEM, answer, item_of, session, the_case
from nbgrader.api import Gradebook
from people import session_zip
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.content.catalog import Catalog
from iop_training.errors import GradingError
from iop_training.grading.collect import collect
from iop_training.grading.feedback import generate_feedback
from iop_training.grading.gates import trainee_gates
from iop_training.grading.grade import grade
from iop_training.grading.keys import released_bundle
from iop_training.grading.regrade import regrade
from iop_training.lab.kit import secret_texts
from iop_training.lab.leaks import find_leaks
from iop_training.model.case_parts import case_secrets
from iop_training.responses import Journal
from iop_training.responses.handin import freeze, make_zip, zip_name

JUDGING = {
    *("why", "better", "codes", "quality", "harm", "harm_reason", "observes", "observations"),
    *("drills", "decision", "decisions", "scoring", "profile", "meaning", "view", "emergency"),
}
"""Names of fields that no learner gets of an assessed case."""


def test_does_nothing_of_the_judging_part_go_out(sessions: Path) -> None:
    case = the_case(sessions)
    secrets = case_secrets(case)
    assert len(secrets) > 20
    assert find_leaks(sessions / "release", secrets) == []
    text = (sessions / "release/m13/m13.items.json").read_text(encoding="utf-8")
    assert not {*_keys(json.loads(text))} & JUDGING
    (item,) = (i for i in json.loads(text)["items"] if i["kind"] == "case")
    assert all({*claim} <= {"id", "text", "options"} for claim in item["case"]["note"]["claims"])


@pytest.mark.parametrize("name", ["a01", "a02"])
def test_is_nothing_of_the_real_cases_public(root: Path, name: str) -> None:
    catalog = Catalog.load(root)
    case = catalog.cases[name]
    text = json.dumps(item_of(case).public(), ensure_ascii=False)
    secrets = [s for s in case_secrets(case) if len(s) > 20]
    assert len(secrets) > 50 and not [s for s in secrets if json.dumps(s)[1:-1] in text]
    assert not {*_keys(item_of(case).public())} & JUDGING
    assert set(case_secrets(case)) & set(secret_texts(catalog))


def test_does_regrade_tell_who_moves_and_refuse_other_lines(sessions: Path, tmp_path: Path) -> None:
    course = Path(shutil.copytree(sessions, tmp_path / "course"))
    case = the_case(course)
    zips = [session_zip(course, tmp_path, "ann", answer(session(case, GOOD)))]
    collect(course, "m13", zips)
    grade(course, "m13")
    path = course / "data/cases" / f"{CASE}.yaml"
    text = path.read_text(encoding="utf-8")
    first, rest = text.split("quality: 3           #", 1)
    worse = "quality: 2\n        better: |\n          You came anyway.  #"
    path.write_text(f"{first}{worse}{rest}", encoding="utf-8")
    report = regrade(course, "m13")
    (move,) = report.moves
    assert (move.student, move.item, move.old) == ("ann", ITEM, 26.0)
    assert move.new == pytest.approx(26 - 8 / 9) and move.why == "the session is judged otherwise"
    assert report.reworded == ()
    assert {r.status for r in regrade(course, "m13", apply=True).results} == {"graded"}
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        assert book.find_grade(ITEM, "m13", "m13", "ann").auto_score == pytest.approx(26 - 8 / 9)
    path.write_text(text.replace("set: [supervisor_called]", "set: []"), encoding="utf-8")
    with pytest.raises(GradingError, match=f"{ITEM} changed in kind, points or options"):
        regrade(course, "m13")


def test_does_serious_harm_stay_when_another_answer_is_handed_in(
    sessions: Path, tmp_path: Path
) -> None:
    course = Path(shutil.copytree(sessions, tmp_path / "course"))
    case = the_case(course)
    released = course / "release/m13/m13.ipynb"
    work = tmp_path / "work"
    work.mkdir()
    name = released_bundle(released).release
    journal = Journal.open(work, "m13", "m13", "ann", name)
    for n, lines in enumerate((HARMFUL, GOOD)):
        journal.answer(ITEM, answer(session(case, lines)))
        frozen = tmp_path / f"frozen-{n}"
        frozen.mkdir()
        receipt = freeze(journal, released, frozen, 1, 2, "zip")
        journal.handed_in(receipt.journal, 1, 2, "zip", receipt.at)
    zipped = make_zip(frozen, tmp_path / zip_name(receipt))
    assert not collect(course, "m13", [zipped]).refused
    grade(course, "m13")
    (gate,) = trainee_gates(course)[0].gates
    assert gate.talk_first and gate.serious[0].earlier
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
        assert book.find_grade(ITEM, "m13", "m13", "ann").auto_score == 26.0
    generate_feedback(course, "m13")
    page = (course / "feedback/ann/m13/m13.html").read_text(encoding="utf-8")
    assert "You said in an earlier hand-in:" in page


def test_do_the_tables_of_chance_leave_sessions_to_their_proof(sessions: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--items", "--course", str(sessions)])
    shown = " ".join(result.output.split())
    assert result.exit_code == 0, result.output
    assert "m13-q02 single_choice" in shown and "m13-q01 case" not in shown
    assert "Mean points of dull strategies" in shown and "0 errors" in shown


def test_does_a_cohort_of_simulated_trainees_go_the_whole_way(
    sessions: Path, tmp_path: Path
) -> None:
    command = ["demo", str(tmp_path / "demo"), "--course", str(sessions), "--assignment", "m13"]
    result = CliRunner().invoke(app, [*command, "--trainees", "4"])
    assert result.exit_code == 0, result.output
    assert "4 of 4 graded" in " ".join(result.output.split())


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(k for inner in value.values() for k in _keys(inner))]
    return [k for inner in value for k in _keys(inner)] if isinstance(value, list) else []
