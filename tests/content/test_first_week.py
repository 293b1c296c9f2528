"""A module may ask practice questions of other modules in its lesson; its assignment asks its
own."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from content.course import write_course
from content.first_week import LESSON, NOTE, add_first_week

from iop_training.content.bundle import load_bundle
from iop_training.content.catalog import Catalog
from iop_training.content.checks import check_course
from iop_training.content.notebooks import read_notebook
from iop_training.content.public import bundle_text, public_bundle
from iop_training.content.snapshot import keyed_snapshot
from iop_training.errors import ContentError


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return add_first_week(write_course(tmp_path / "course"))


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in check_course(root, dt.date(2026, 11, 22))[1]]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_is_a_first_week_sound_that_asks_for_another_modules_practice(course: Path) -> None:
    assert faults(course) == []
    catalog = Catalog.load(course)
    assert catalog.modules["w01"].note == NOTE
    assert next(i.id for i in catalog.module_items("w01")) == "w01-f01"


def test_has_its_page_text_key_and_sources_from_the_bank_they_are_in(
    course: Path, tmp_path: Path
) -> None:
    edit(course / "data/items/m01.yaml", "Which is first?", "Which one, now?")
    path = tmp_path / "w01.items.json"
    bundle = public_bundle(Catalog.load(course), course / "notebooks" / "w01.ipynb")
    path.write_text(bundle_text(bundle))
    page = load_bundle(path)
    assert tuple(page.items) == LESSON
    borrowed = page.items["m01-f01"]
    assert borrowed.stem == "Which one, now?"
    assert borrowed.key == "a" and borrowed.options[0].rationale  # type: ignore[attr-defined]
    assert set(borrowed.source) <= set(page.references)
    assert page.reflections == {"w01-r01": "And you?"}


@pytest.mark.parametrize("item", ["m01-q01", "m01-f01"])
def test_is_another_modules_question_refused_in_an_assignment(course: Path, item: str) -> None:
    edit(course / "source/w01/w01.ipynb", 'ask(\\"w01-q01\\")', f'ask(\\"{item}\\")')
    assert [f for f in faults(course) if f" {item}" in f] == [
        f"source/w01/w01.ipynb: cell 3 (w01-q01) asks for {item}, a question of m01; an assignment "
        "takes those of its own module, here from data/items/w01.yaml"
    ]


def test_is_a_question_that_another_bank_cant_give_told_once_and_there(course: Path) -> None:
    edit(
        course / "data/items/m01.yaml",
        "kind: single_choice\n    use: formative",
        "kind: single\n    use: formative",
    )
    assert {f.split(":")[0] for f in faults(course)} == {"data/items/m01.yaml"}


def test_is_the_bank_named_that_lacks_a_question(course: Path) -> None:
    edit(course / "notebooks/w01.ipynb", "m01-f01", "m01-f77")
    assert any("notebooks/w01.ipynb: asks for 'm01-f77'" in f for f in faults(course))
    catalog = Catalog.load(course)
    notebook = read_notebook(course / "notebooks" / "w01.ipynb", course)
    with pytest.raises(ContentError, match=r"m01-f77, which data/items/m01\.yaml has not"):
        keyed_snapshot(catalog, notebook)


def test_is_practice_that_only_another_module_asks_not_called_unused(course: Path) -> None:
    path = course / "notebooks" / "m01.ipynb"
    data = json.loads(path.read_text())
    data["cells"] = [cell for cell in data["cells"] if cell["id"] != "m01-f01"]
    path.write_text(json.dumps(data))
    assert faults(course) == []
