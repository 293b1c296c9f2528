"""Where each competency is taught, practised and graded, on a small course and on this one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from content.course import write_course
from content.test_checks import edit
from typer.testing import CliRunner

from iop_training.cli import app
from iop_training.content.competencies import read_competencies
from iop_training.content.coverage import STANDINGS, Covered, read_coverage
from iop_training.errors import ContentError
from iop_training.figures.coverage import LOOKS, coverage_page
from iop_training.model import EVIDENCE, KINDS

LIST = """\
id,practice_dimension,competency_paraphrase
TAP21-026,PD-I,Screen for safety
TAP21-074,PD-I,Recommend a level of care
TAP21-122,PD-VIII,"Take part, in supervision"
IOP-01,IOP add-on,Count hours
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course, which names one of four competencies, and practises another."""
    root = write_course(tmp_path)
    (root / "data" / "competencies.csv").write_text(LIST)
    edit(root / "data" / "items" / "m01.yaml", "competency: [TAP21-074]\n    source", FIRST)
    return root


FIRST = "competency: [TAP21-074, IOP-01]\n    source"


def run(course: Path, *words: str) -> tuple[int, str]:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(
        app, ["coverage", *words, "--course", str(course)]
    )
    return result.exit_code, result.output


def test_is_each_competency_found_where_it_is_taught_practised_and_graded(course: Path) -> None:
    covered = {c.id: c for c in read_coverage(course)}
    assert list(covered) == ["TAP21-026", "TAP21-074", "TAP21-122", "IOP-01"]
    placement = covered["TAP21-074"]
    assert placement.taught == ("m01",) and placement.practised == ("m01-f01",)
    assert placement.graded == ("m01-q01", "m01-q02", "m01-w01")
    assert placement.evidence == {"chosen": 2, "written": 1}
    assert placement.standing == "often" and placement.lacks == ()
    assert covered["IOP-01"].standing == "practised"
    assert covered["IOP-01"].lacks == ("taught", "graded")
    assert covered["TAP21-026"].standing == "none"
    assert covered["TAP21-122"].words == "Take part, in supervision"


def test_does_only_count_what_a_page_asks_and_everybody_has_to_answer(course: Path) -> None:
    edit(course / "source" / "m01" / "m01.ipynb", 'ask(\\"m01-q01\\")', "hand_in()")
    edit(
        course / "data" / "items" / "m01.yaml", "max_words: 50", "max_words: 50\n    optional: true"
    )
    placement = next(c for c in read_coverage(course) if c.id == "TAP21-074")
    assert placement.graded == ("m01-q02",) and placement.standing == "graded"
    assert placement.practised == ("m01-f01", "m01-w01")


def test_are_only_those_of_a_module_shown(course: Path) -> None:
    assert [c.id for c in read_coverage(course, "m01")] == ["TAP21-074", "IOP-01"]
    with pytest.raises(ContentError, match="did you mean 'm01'"):
        read_coverage(course, "m10")


def test_prints_the_command_a_line_each_and_what_is_missing(course: Path) -> None:
    code, output = run(course)
    assert code == 0
    (line,) = (line for line in output.splitlines() if "TAP21-074" in line)
    assert re.search(r"m01 +1 +3 +2 chosen, 1 written", line)
    assert (
        "Of 4 competencies: 1 graded 3 times or more, 0 graded once or twice, 1 practised only, "
        "0 taught only, 2 not yet." in output
    )
    code, output = run(course, "--missing")
    assert code == 0 and "TAP21-074" not in output
    assert re.search(r"TAP21-026 .*taught, practised, graded", output)
    assert run(course, "--module", "m01")[1].count("TAP21-") == 1
    assert run(course, "--module", "m77")[0] == 2


def test_is_it_drawn_into_a_page_or_a_picture(course: Path, tmp_path: Path) -> None:
    page, picture = tmp_path / "coverage.html", tmp_path / "coverage.svg"
    assert run(course, "--html", str(page))[0] == run(course, "--output", str(picture))[0] == 0
    html = page.read_text(encoding="utf-8")
    assert "Recommend a level of care" in html and "m01-q01, m01-q02, m01-w01" in html
    words = [node.text for node in ElementTree.parse(picture).iter() if node.text]
    assert {"026", "074", "122", "01", "PD-VIII", "●●●"} <= set(words)
    code, output = run(course, "--output", str(tmp_path / "nowhere" / "coverage.svg"))
    assert code == 2 and "can't be written" in output


def test_stays_hostile_text_text() -> None:
    hostile = Covered("TAP21-001", "<q>", "<i> $x$", ("m01",), (), (), {}, 0)
    html = coverage_page([hostile], "A <u> title")
    assert not re.search("<q>|<i>|<u>", html)


def test_does_every_kind_say_what_it_is_evidence_of() -> None:
    assert {model.evidence for model in KINDS.values()} == set(EVIDENCE)
    assert KINDS["single_choice"].evidence == "chosen" and KINDS["case"].evidence == "session"
    assert KINDS["matching"].evidence == "arranged" and KINDS["plan"].evidence == "built"
    assert set(LOOKS) == set(STANDINGS)


def test_is_all_of_this_course_in_it(root: Path) -> None:
    covered = read_coverage(root)
    assert [c.id for c in covered] == list(read_competencies(root))
    standing = Counter(c.standing for c in covered)
    assert standing["often"] > 30, "a course that grades"
    assert all(sum(c.evidence.values()) == len(c.graded) for c in covered)
    assert not [c.id for c in covered if any(module.startswith("c") for module in c.taught)]
    assert {"session", "written", "built"} <= {kind for c in covered for kind in c.evidence}
