"""Words and private boxes of a lesson: faults by file and line, and what a page gets of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from content.course import write_course
from content.test_checks import edit, faults_of

from iop_training.content.bundle import SUFFIX, load_bundle
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle

GLOSSARY = """\
glossary:
  iop:
    term: intensive outpatient program
    also: [IOP]
    definition: |
      Planned treatment of nine hours a week or more.
    source: [guide]
  step-down:
    term: step down
    definition: |
      To move to a lighter level of care.
    source: [guide]
"""
REFLECTIONS = """\
reflections:
  - id: m01-r01
    prompt: |
      What do you bring to this work?
items:
"""


def course(
    root: Path, text: str = "An [IOP](#glossary:iop) and a [step](#glossary:step-down)."
) -> Path:
    """The small course with two words and a private box, both used in its lesson."""
    write_course(root)
    (root / "data" / "glossary.yaml").write_text(GLOSSARY)
    edit(root / "data" / "items" / "m01.yaml", "items:\n", REFLECTIONS)
    lesson = root / "notebooks" / "m01.ipynb"
    notebook = json.loads(lesson.read_text())
    notebook["cells"][1]["source"] = text
    notebook["cells"][-1]["source"] = "review()"
    notebook["cells"].insert(
        2, {**notebook["cells"][-1], "id": "m01-r01", "source": 'reflect("m01-r01")'}
    )
    lesson.write_text(json.dumps(notebook))
    return root


def page(root: Path, tmp: Path):
    path = tmp / f"m01{SUFFIX}"
    path.write_text(bundle_text(public_bundle(Catalog.load(root), root / "notebooks/m01.ipynb")))
    return load_bundle(path)


def test_has_a_sound_course_with_words_and_boxes_no_fault(tmp_path: Path) -> None:
    assert faults_of(course(tmp_path)) == []


def test_a_page_gets_the_words_it_marks_and_its_boxes(tmp_path: Path) -> None:
    bundle = page(course(tmp_path / "course", "An [IOP](#glossary:iop)."), tmp_path)
    assert list(bundle.glossary) == ["iop"]
    word = bundle.glossary["iop"]
    assert (word.term, word.also) == ("intensive outpatient program", ["IOP"])
    assert word.sources == ["Somebody (2020). A guide."]
    assert bundle.reflections == {"m01-r01": "What do you bring to this work?"}


def test_a_page_without_any_has_the_file_it_had(tmp_path: Path) -> None:
    root = course(tmp_path)
    made = public_bundle(Catalog.load(root), root / "source/m01/m01.ipynb")
    assert not {"glossary", "reflections"} & set(made)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  iop:\n", "  iop:\n    trem: x\n", "did you mean 'term'"),
        ("  step-down:\n", "  Step Down:\n", "small letters"),
        ("source: [guide]", "source: [giude]", "did you mean 'guide'"),
        ("    definition: |\n      Planned", "    definition: Planned", "definition: |"),
        ("  iop:\n", "  iops:\n", "did you mean 'iops'"),
        ("Planned treatment", "An addict's treatment", "can stigmatize"),
    ],
)
def test_a_fault_in_the_glossary_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    root = course(tmp_path)
    line = edit(root / "data" / "glossary.yaml", old, new)
    faults = faults_of(root)
    assert says in " ".join(map(str, faults))
    places = {f.line for f in faults if says in str(f) and f.file.endswith("glossary.yaml")}
    # An unknown word is named where the lesson marks it.
    assert places <= set(range(line - 1, line + 3)) and (places or "iops" in says)


def test_an_unknown_word_is_named_with_file_and_cell(tmp_path: Path) -> None:
    faults = faults_of(course(tmp_path, "An [IOP](#glossary:ipo)."))
    (fault,) = [f for f in faults if f.level == "error"]
    assert str(fault).startswith("notebooks/m01.ipynb: cell 2 (intro): word 'ipo' is not in")
    assert "did you mean 'iop'" in str(fault)


def test_an_unused_word_is_a_warning(tmp_path: Path) -> None:
    (fault,) = faults_of(course(tmp_path, "An [IOP](#glossary:iop)."))
    assert fault.level == "warning" and "step-down is marked in no lesson" in fault.message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: m01-r01", "id: m02-r01", "must start with 'm01-'"),
        ("id: m01-r01", "id: m01-x01", "m01-x01"),
        ("id: m01-r01", "id: m01-r02", "did you mean 'm01-r02'"),
        (
            "  - id: m01-r01\n",
            "  - id: m01-r01\n    prompt: |\n      A\n  - id: m01-r01\n",
            "used already",
        ),
        ("      What do you bring", "      Which addict do you bring", "can stigmatize"),
    ],
)
def test_a_fault_in_a_box_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    root = course(tmp_path)
    edit(root / "data" / "items" / "m01.yaml", old, new)
    assert says in " ".join(map(str, faults_of(root)))


def test_words_and_boxes_belong_into_lessons(tmp_path: Path) -> None:
    root = course(tmp_path)
    assignment = root / "source" / "m01" / "m01.ipynb"
    edit(assignment, "# An assignment", "# An [IOP](#glossary:iop)")
    edit(assignment, "hand_in()", "reflect('m01-r01')")
    text = " ".join(str(f) for f in faults_of(root) if f.level == "error")
    assert "words are explained in lessons only" in text
    assert "private boxes are for lessons" in text
