"""Every file in data/, as it is now: sound, sourced, in step with its releases, and secret."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from iop_training.content.catalog import Catalog
from iop_training.content.checks import check_course
from iop_training.content.faults import Fault
from iop_training.content.schema import schema_text, schemas
from iop_training.grading.release import assignments, release_in_sync
from iop_training.lab.leaks import find_leaks
from iop_training.model import KINDS

ASSIGNMENTS = assignments(Path(__file__).parent.parent.parent)


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    return Catalog.load(root)


@pytest.fixture(scope="module")
def faults(root: Path) -> list[Fault]:
    return check_course(root)[1]


def test_has_the_course_no_faults(faults: list[Fault]) -> None:
    assert [str(f) for f in faults if f.level == "error"] == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_is_each_release_what_a_release_would_make_now(
    root: Path, assignment: str, faults: list[Fault]
) -> None:
    assert release_in_sync(root, assignment, faults) == []


def test_has_every_assignment_a_release_and_no_other(root: Path) -> None:
    assert sorted(path.name for path in (root / "release").iterdir()) == ASSIGNMENTS


def test_are_the_schemas_those_of_the_models(root: Path) -> None:
    folder = root / "data" / "schema"
    assert {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()} == {
        name: schema_text(schema) for name, schema in schemas().items()
    }


def test_does_the_item_schema_know_every_kind_and_field() -> None:
    schema: dict[str, Any] = schemas()["items.schema.json"]
    definitions = schema["$defs"]
    for kind, model in KINDS.items():
        definition = definitions[model.__name__]
        assert definition["properties"]["kind"]["const"] == kind
        assert set(definition["properties"]) == set(model.model_fields)
        assert definition["additionalProperties"] is False


def test_is_the_key_of_single_choice_items_neither_mostly_longest_nor_in_one_place(
    catalog: Catalog,
) -> None:
    items: list[Any] = [i for i in catalog.items.values() if i.kind == "single_choice"]
    longest = sum(
        max(i.options, key=lambda o: len(o.text)).id == i.key
        and len({len(o.text) for o in i.options}) > 1
        for i in items
    )
    places = Counter([o.id for o in i.options].index(i.key) for i in items)
    assert longest <= 0.4 * len(items)
    assert max(places.values()) <= 0.4 * len(items)


def secrets(catalog: Catalog) -> list[str]:
    """Everything of graded items that no learner may get."""
    texts = [s for i in catalog.items.values() if i.use == "graded" for s in i.secrets()]
    return texts + [t for r in catalog.rubrics.values() for _, _, t in r.anchors.rows()]


def test_is_no_key_in_a_release(root: Path, catalog: Catalog) -> None:
    assert len(secrets(catalog)) > 60
    assert find_leaks(root / "release", secrets(catalog)) == []
    for path in (root / "release").glob("*/*.items.json"):
        for item in json.loads(path.read_text(encoding="utf-8"))["items"]:
            assert not {"key", "rubric", "review", "competency"} & set(item)


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_is_no_key_in_a_distribution(
    root: Path, catalog: Catalog, tmp_path: Path, kind: str
) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", tmp_path, root],
        check=True,
        capture_output=True,
    )
    (built,) = tmp_path.iterdir()
    assert built.stat().st_size > 50_000
    assert find_leaks(built, secrets(catalog)) == []


def test_names_the_list_of_facts_only_sources_that_are_there(root: Path, catalog: Catalog) -> None:
    text = (root / "docs/facts.md").read_text(encoding="utf-8")
    named = {key for line in text.splitlines() for key in re.findall(r"`([a-z]+[a-z0-9_]+)`", line)}
    assert named - {"code", "note"} - set(catalog.references) == set()
