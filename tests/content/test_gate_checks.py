"""data/standards.yaml: every fault by line, and an assignment without a standard."""

from __future__ import annotations

from pathlib import Path

import pytest
from content.course import write_course
from content.test_checks import edit, faults_of

from iop_training.content.catalog import Catalog

FILE = "data/standards.yaml"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  m01:", "  m02:", "m02 is no assignment of this course"),
        ("mark: 60", "mark: 0", "mark is '0'"),
        ("mark: 60", "mark: 101", "mark is '101'"),
        ("mark: 60", "mark: most", "mark is 'most'"),
        ("mark: 60", "marc: 60", "did you mean 'mark'"),
        ("method: convention", "method: custom", "allowed: 'convention', 'angoff'"),
        ("method: convention", "method: angoff", "needs a source that tells who set the mark"),
        ("source: none", "source: [giude]", "did you mean 'guide'"),
        ("source: none", "source: nobody", "source is 'nobody'"),
        ("    why: |\n      Three", "    why: Three", "why: |"),
        ("    source: none\n", "", "source is missing"),
        ("standards:", "standard:", "must have standards:"),
    ],
)
def test_is_each_fault_told_by_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    edit(write_course(tmp_path) / FILE, old, new)
    told = [f for f in faults_of(tmp_path) if says in f.message]
    assert [(f.file, f.level) for f in told] == [(FILE, "error")]
    assert told[0].line >= 1


@pytest.mark.parametrize("method", ["convention", "angoff", "borderline_group"])
def test_is_a_mark_with_a_known_source_sound(tmp_path: Path, method: str) -> None:
    write_course(tmp_path)
    edit(tmp_path / FILE, "method: convention", f"method: {method}")
    edit(tmp_path / FILE, "source: none", "source: [guide]")
    assert faults_of(tmp_path) == []
    standard = Catalog.read_standards(tmp_path).standards["m01"]
    assert (standard.mark, standard.source) == (60, ["guide"])


def test_does_an_assignment_without_a_standard_get_a_warning(tmp_path: Path) -> None:
    write_course(tmp_path)
    path = tmp_path / "source" / "m02" / "m02.ipynb"
    path.parent.mkdir()
    path.write_text((tmp_path / "source" / "m01" / "m01.ipynb").read_text())
    assert f"{FILE}: warning: m02 has no standard" in "\n".join(map(str, faults_of(tmp_path)))


def test_does_a_missing_file_say_so(tmp_path: Path) -> None:
    (write_course(tmp_path) / FILE).unlink()
    (told,) = faults_of(tmp_path)
    assert told.file == FILE and "can't be read" in told.message


def test_is_serious_harm_outside_every_domain_noted(tmp_path: Path) -> None:
    items = write_course(tmp_path) / "data" / "items" / "m01.yaml"
    harm = "        harm: serious\n        harm_reason: |\n          It hurts\n"
    edit(items, "Reason for graded option c, kept secret when graded\n", f"X\n{harm}")
    (told,) = faults_of(tmp_path)
    assert told.level == "note" and "m01-q01 can be answered with serious harm" in told.message
    edit(items, "    key: b\n", "    key: b\n    domain: scope\n")
    assert faults_of(tmp_path) == []


def test_is_a_right_option_that_does_harm_a_fault(tmp_path: Path) -> None:
    items = write_course(tmp_path) / "data" / "items" / "m01.yaml"
    harm = "        harm: minor\n        harm_reason: |\n          It hurts\n"
    edit(items, "Reason for graded option b, kept secret when graded\n", f"X\n{harm}")
    assert any("option b is right and does harm" in f.message for f in faults_of(tmp_path))
