"""The public item file: nothing secret in it, and no edit goes unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from content.course import write_course

from iop_training.content.bundle import load_bundle
from iop_training.content.catalog import Catalog
from iop_training.content.notebooks import read_notebook
from iop_training.content.public import bundle_text, public_bundle
from iop_training.content.snapshot import Snapshot, keyed_snapshot, load_snapshot, snapshot_path
from iop_training.errors import GradingError, ItemFileError


@pytest.fixture
def course(tmp_path: Path) -> Catalog:
    return Catalog.load(write_course(tmp_path))


def written_bundle(course: Catalog, notebook: str) -> Path:
    path = course.root / "x.items.json"
    path.write_text(bundle_text(public_bundle(course, course.root / notebook)))
    return path


def test_is_nothing_secret_in_an_assignments_item_file(course: Catalog) -> None:
    text = written_bundle(course, "source/m01/m01.ipynb").read_text()
    assert not [
        s for i in course.items.values() if i.use == "graded" for s in i.secrets() if s in text
    ]
    assert not {"key", "rationale", "harm"} & set(text.replace('"', " ").split())
    assert "Anchor text" not in text


def test_does_a_lesson_carry_keys_and_reasons(course: Catalog) -> None:
    bundle = load_bundle(written_bundle(course, "notebooks/m01.ipynb"))
    item = bundle.items["m01-f01"]
    assert item.key == "a" and item.options[0].rationale  # type: ignore[attr-defined]


def test_can_a_graded_item_take_answers_without_its_key(course: Catalog) -> None:
    bundle = load_bundle(written_bundle(course, "source/m01/m01.ipynb"))
    assert bundle.items["m01-q02"].validate_response(["c", "a", "a"]) == ["a", "c"]
    assert not hasattr(bundle.items["m01-q01"], "key")


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("graded option a", "graded option A"),
        lambda text: text[:-40],
        lambda text: "[]",
        lambda text: "",
    ],
)
def test_is_an_edited_item_file_refused_in_plain_words(course: Catalog, harm) -> None:  # type: ignore[no-untyped-def]
    path = written_bundle(course, "source/m01/m01.ipynb")
    path.write_text(harm(path.read_text()))
    with pytest.raises(ItemFileError, match="answers you saved are kept"):
        load_bundle(path)


def test_is_a_missing_item_file_explained(tmp_path: Path) -> None:
    with pytest.raises(ItemFileError, match="moved or copied"):
        load_bundle(tmp_path / "none.items.json")


def snapshot_of(course: Catalog) -> Snapshot:
    return keyed_snapshot(course, read_notebook(course.root / "source/m01/m01.ipynb", course.root))


def test_does_a_snapshot_come_back_as_it_was(course: Catalog) -> None:
    snapshot = snapshot_of(course)
    path = snapshot_path(course.root, "m01", snapshot.release)
    path.parent.mkdir(parents=True)
    path.write_text(snapshot.to_json())
    assert load_snapshot(course.root, "m01", snapshot.release) == snapshot


def test_does_the_release_hash_follow_the_key_and_not_the_review(course: Catalog) -> None:
    before = snapshot_of(course).release
    path = course.root / "data/items/m01.yaml"
    text = path.read_text()
    path.write_text(
        text.replace(
            "    key: b\n", "    key: b\n    review: {status: source-checked, date: 2026-01-01}\n"
        )
    )
    assert snapshot_of(Catalog.load(course.root)).release == before
    path.write_text(text.replace("key: b", "key: c"))
    assert snapshot_of(Catalog.load(course.root)).release != before


def test_is_a_missing_snapshot_explained(course: Catalog) -> None:
    with pytest.raises(GradingError, match="run: iop-training release m01"):
        load_snapshot(course.root, "m01", "f" * 64)


def test_is_the_item_file_the_same_bytes_each_time(course: Catalog) -> None:
    first = written_bundle(course, "source/m01/m01.ipynb").read_bytes()
    again = written_bundle(Catalog.load(course.root), "source/m01/m01.ipynb").read_bytes()
    assert first == again
    json.loads(first)
