"""``play``, ``map`` and ``check`` on a small course with one case."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from content.course import REFERENCES, write_course
from content.test_checks import edit
from simulation.cases import EXAMPLE
from typer.testing import CliRunner

from iop_training.cli import app

RUNNER = CliRunner()


@pytest.fixture
def course(tmp_path: Path, root: Path) -> Path:
    """A course whose one case is the example, with its sources."""
    write_course(tmp_path)
    cases = tmp_path / "data" / "cases"
    cases.mkdir()
    (cases / "c90.yaml").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    entry = REFERENCES.split("\n", 1)[1]
    more = "".join(
        entry.replace("guide:", f"{s}:") for s in ("tip35", "suicide_words", "lifeline988")
    )
    (tmp_path / "data" / "references.yaml").write_text(REFERENCES + more, encoding="utf-8")
    ids = "id,x\n" + "".join(f"TAP21-{n},x\n" for n in ("074", "076", "086"))
    (tmp_path / "data" / "competencies.csv").write_text(ids, encoding="utf-8")
    (tmp_path / "nbgrader_config.py").write_bytes((root / "nbgrader_config.py").read_bytes())
    return tmp_path


def run(course: Path, *words: str, typed: str = "") -> tuple[int, str]:
    """Exit code and output of a command, with what was typed."""
    result = RUNNER.invoke(
        app, [*words, "--course", str(course)], input=typed, env={"COLUMNS": "200"}
    )
    return result.exit_code, result.output


def lines_of(output: str, text: str) -> str:
    """The number that stands before a line on offer, where it stands last."""
    return [line.split()[0] for line in output.splitlines() if text in line][-1]


def test_can_a_case_be_played_to_its_end(course: Path) -> None:
    typed, wanted = "", ("You came anyway", "When you say done", "You look at the", "I'd like my")
    for text in wanted:
        typed += lines_of(run(course, "play", "c90", typed=typed)[1], text) + "\n"
    code, output = run(course, "play", "c90", typed=typed)
    assert code == 0
    assert "Theo: Yeah, well. I said I would." in output
    assert "fits best here" in output
    assert ["together", "20.0", "20"] in [line.split() for line in output.splitlines()]
    assert "Ending: held. Passed" in output


def test_can_a_line_be_taken_back_and_the_coach_turned_off(course: Path) -> None:
    code, output = run(course, "play", "c90", typed="1\nu\nc\n1\nx\n99\nq\n")
    assert code == 0
    assert output.count("Theo: Got another one of these.") == 2
    assert output.count("not yet") + output.count("fits best") + output.count("does well") == 1
    assert output.count("Type a number") == 3
    assert "Nothing was kept." in output


@pytest.mark.parametrize(("which", "points"), [("best", "20.0"), ("worst", "0.0")])
def test_is_a_best_and_a_worst_run_printed(course: Path, which: str, points: str) -> None:
    code, output = run(course, "play", "c90", "--transcript", which)
    assert code == 0
    assert output.startswith("Theo: Got another one of these.")
    assert ["together", points, "20"] in [line.split() for line in output.splitlines()]


def test_is_an_unknown_case_told_with_those_there_are(course: Path) -> None:
    code, output = run(course, "play", "c09")
    assert code == 2
    assert "did you mean 'c90'?" in output


def test_does_the_map_have_every_moment_line_and_ending(course: Path) -> None:
    target = course / "c90.svg"
    assert run(course, "map", "c90", "--to", str(target))[0] == 0
    texts = [element.text or "" for element in ElementTree.parse(target).iter() if element.text]
    shown = "\n".join(texts)
    for expected in ("opening: The letter", "end:held: GOOD", "lecture [0]", "→ end:left"):
        assert expected in shown
    first = target.read_bytes()
    run(course, "map", "c90", "--to", str(target))
    assert target.read_bytes() == first


def test_does_check_prove_cases_and_show_dull_strategies(course: Path) -> None:
    _, output = run(course, "check")
    assert "c90" in output and "0.0 to 20.0" in output
    assert "only open questions" in output
    assert "asks_directly observes suicide, which no lesson practises yet" in output
    told = [line for line in output.splitlines() if line.startswith("data/cases")]
    expected = ("note: ", "warning: c90-s01 is asked in no notebook")
    assert [line for line in told if not any(text in line for text in expected)] == []
    assert any("a harder one: done; the debrief's loop needs at least 2" in line for line in told)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("source: [lifeline988]", "source: [lifeline]", "did you mean 'lifeline988'?"),
        ("competency: [TAP21-086]", "competency: [TAP21-999]", "TAP21-999 is not in"),
        ("It blames him at", "It calls him an addict at", "'addict' can stigmatize"),
        ("turn_limit: 8", "turn_limit: 5", "is 5, and a run can have 7 turns"),
        ("pass_mark: 18", "pass_mark: 5", "choosing at random passes"),
        ("when: means_discussed", "when: alliance <= 4", "means: 'alliance <= 4' always holds"),
        ("when: means_discussed", "when: alliance > 4", "means: 'alliance > 4' never holds"),
        ("          when: supervisor_called", "          when: alliance > 4", "is true of no run"),
        ("  summary: |", "  instead: [a01]\n  summary: |", "no other practice case"),
        ("  summary: |", "  instead: [c90]\n  summary: |", "is this case itself"),
    ],
)
def test_does_check_name_what_is_wrong_with_a_case(
    course: Path, old: str, new: str, says: str
) -> None:
    path = course / "data" / "cases" / "c90.yaml"
    edit(path, old, new)
    line = next(text for text in run(course, "check")[1].splitlines() if says in text)
    assert line.startswith("data/cases/c90.yaml:")


def test_does_the_review_of_a_case_hold_for_its_text_and_no_other(course: Path) -> None:
    path = course / "data" / "cases" / "c90.yaml"
    before = path.read_text(encoding="utf-8")
    assert run(course, "review", "c90", "--mark", "source-checked")[0] == 0
    marked = path.read_text(encoding="utf-8")
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), marked.splitlines(), strict=True)
        if old != new
    ]
    assert [old for old, _ in changed] == ["review: {status: draft}"]
    assert "content:" in changed[0][1]
    assert "source-check" in next(
        line for line in run(course, "check")[1].splitlines() if "0.0 to 20.0" in line
    )
    edit(path, "The agenda comes before the person.", "The agenda comes first.")
    output = run(course, "check")[1]
    assert "so it counts as draft" in output
    assert "iop-training review c90 --mark source-checked" in output
    assert "draft" in next(line for line in output.splitlines() if "0.0 to 20.0" in line)
