"""Diaries: every fault by file and line, and what a page gets of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from content.course import code, write_course
from content.diary import DAYS, HEAD, write_diary
from content.test_checks import edit, faults_of

from iop_training.content.bundle import SUFFIX, load_bundle
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course with a diary that its lesson and its assignment show."""
    root = write_course(tmp_path)
    write_diary(root)
    for name, nbgrader in (("notebooks/m01.ipynb", {}), ("source/m01/m01.ipynb", {"locked": True})):
        path = root / name
        notebook = json.loads(path.read_text())
        notebook["cells"].insert(2, code("reni", 'show_diary("reni")', **nbgrader))
        path.write_text(json.dumps(notebook))
    return root


def test_is_a_sound_diary_free_of_faults_and_carried_whole(course: Path, tmp_path: Path) -> None:
    assert faults_of(course) == []
    for name in ("notebooks/m01.ipynb", "source/m01/m01.ipynb"):
        path = tmp_path / f"m01{SUFFIX}"
        path.write_text(bundle_text(public_bundle(Catalog.load(course), course / name)))
        bundle = load_bundle(path)
        reni = bundle.diaries["reni"]
        assert reni == Catalog.load(course).diaries["reni"]
        assert reni.days[8].note == "Baked through the night, again"
        assert reni.days[16].values == {} and reni.days[12].skills == ["check_facts"]
        assert "guide" in bundle.references


def test_has_a_page_without_diaries_none_in_its_file(tmp_path: Path) -> None:
    root = write_course(tmp_path)
    assert "diaries" not in public_bundle(Catalog.load(root), root / "notebooks/m01.ipynb")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("day,weekday,urge,use", "day,weekday,use,urge", "it must be day,weekday,urge,use,shame"),
        ("2,Tue,1,0", "3,Tue,1,0", "day is '3'; one row a day, in order: 2"),
        ("2,Tue,1,0", "2,Wed,1,0", "weekday is Wed; after Mon comes Tue"),
        ("2,Tue,1,0", "2,Tu,1,0", "weekday is 'Tu'; did you mean 'Tue'?"),
        ("2,Tue,1,0", "2,Tue,6,0", "urge is '6'; allowed: a whole number from 0 to 5, or nothing"),
        ("2,Tue,1,0", "2,Tue,1.5,0", "urge is '1.5'; allowed"),
        ("2,Tue,1,0", "2,Tue,1,yes", "use is 'yes'; allowed: 0 or 1, or nothing"),
        ("tipp;opposite", "tip;opposite", "'tip' is not on the card; did you mean 'tipp'?"),
        ("tipp;opposite", "tipp;tipp", "'tipp' stands twice"),
        ("Long shift", "L" * 121, "the note has 121 characters; 120 are allowed"),
        ("Long shift", "Long, shift", "has 9 cells; there are 8 columns"),
        ("Drank alone", '"Drank alone', "a note with a comma stands in"),
        ("28,Sun,0,0,0,8,wise_mind,\n", "", "there are 27 days; 4 sentences under weeks: take 28"),
    ],
)
def test_is_each_fault_of_the_days_told_with_its_line(
    course: Path, old: str, new: str, says: str
) -> None:
    line = edit(course / "data" / "diaries" / "reni.csv", old, new)
    found = [f for f in faults_of(course) if f.file == "data/diaries/reni.csv"]
    assert says in found[0].message
    assert found[0].line == (28 if "27 days" in says else line)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("high: 5}", "hihg: 5}", "did you mean 'high'"),
        ("low: 0, high: 5}", "low: 5, high: 5}", "it must be above low, 5"),
        ("low: 0, high: 5}", "low: 0}", "needs low and high, or yes_no: true"),
        ("yes_no: true}", "yes_no: true, high: 3}", "is yes_no; leave out low and high"),
        ("id: shame", "id: urge", "'urge' is used already"),
        ("id: tipp", "id: note", "'note' is used already"),
        ("module: mindfulness", "module: mind", "allowed: 'mindfulness'"),
        ("source: [guide]", "source: [giude]", "did you mean 'guide'"),
        ("id: reni", "id: reny", "make them equal"),
        ("pastry cook", "an addict", "can stigmatize"),
        ("  - |\n    Urges stay at 1 or 2, and", "  - Urges stay at 1 or 2, and", "write '- |'"),
    ],
)
def test_is_each_fault_of_the_head_told_with_its_line(
    course: Path, old: str, new: str, says: str
) -> None:
    line = edit(course / "data" / "diaries" / "reni.yaml", old, new)
    found = [f for f in faults_of(course) if f.file == "data/diaries/reni.yaml"]
    assert any(says in f.message and abs(f.line - line) <= 1 for f in found), found


def test_is_a_diary_that_is_not_there_named(course: Path) -> None:
    edit(course / "notebooks" / "m01.ipynb", 'reni\\")', 'rini\\")')
    (fault,) = faults_of(course)
    assert fault.file == "notebooks/m01.ipynb" and "did you mean 'reni'" in fault.message


@pytest.mark.parametrize("end", ["yaml", "csv"])
def test_is_half_a_diary_named(course: Path, end: str) -> None:
    (course / "data" / "diaries" / f"reni.{end}").unlink()
    assert f"data/diaries/reni.{end}" in {fault.file for fault in faults_of(course)}


@pytest.mark.parametrize("raw", [b"", b"day,\xff", b"\0", HEAD.encode(), DAYS.encode("utf-16")])
def test_are_any_bytes_a_fault_and_no_crash(course: Path, raw: bytes) -> None:
    (course / "data" / "diaries" / "reni.csv").write_bytes(raw)
    assert "data/diaries/reni.csv" in {fault.file for fault in faults_of(course)}


def test_do_editors_of_tables_add_a_mark_and_other_line_ends(course: Path) -> None:
    changed = "\ufeff" + DAYS.replace("\n", "\r\n")
    (course / "data" / "diaries" / "reni.csv").write_text(changed, encoding="utf-8", newline="")
    assert faults_of(course) == []
