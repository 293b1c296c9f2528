"""data/local/program.yaml: what is read from it, what is said about it, what it must not change."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from content.course import code, notebook_text, write_course
from hypothesis import given
from hypothesis import strategies as st

from iop_training.content.catalog import Catalog
from iop_training.content.checks import check_course
from iop_training.content.notebooks import read_notebook
from iop_training.content.program import EXAMPLE, SOURCE, carried_text, load_carried
from iop_training.content.snapshot import keyed_snapshot
from iop_training.model import FACT_NAMES, ProgramFacts
from iop_training.model.program import POCKET


def with_facts(root: Path, text: str) -> Path:
    course = write_course(root)
    path = course / SOURCE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return course


def said(course: Path) -> list[str]:
    return [str(fault) for fault in check_course(course)[1]]


def test_facts_are_read_and_the_rest_is_a_question(tmp_path: Path) -> None:
    course = with_facts(
        tmp_path,
        "naloxone: >\n  Front desk,\n  red box\nafter_hours:\ncrisis_lines:\n  - who:\n    phone:\n"
        "  - who: Team\n    phone: 307-555-0199\nstate: no\n",
    )
    facts = {fact.name: fact for fact in Catalog.load(course).program.facts()}
    assert facts["naloxone"].lines == ("Front desk, red box",)
    assert facts["crisis_lines"].lines == ("Team", "307-555-0199")
    assert facts["state"].lines == ("no",)
    assert facts["after_hours"].lines == () and facts["after_hours"].ask.endswith("?")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("asam_editon: 4th\n", 1, "did you mean 'asam_edition'"),
        ("state:\nstate:\n", 2, "a second time"),
        ("state: WY\nafter_hours:\n  phon: 1\n", 3, "did you mean 'phone'"),
        ("naloxone: a: b\n", 1, "isn't readable here"),
        ("state: WY\nafter_hours: 307-555-0100\n", 2, "after_hours: write who:, phone:"),
    ],
)
def test_a_slip_is_told_by_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    course = with_facts(tmp_path, text)
    faults = said(course)
    assert len(faults) == 1
    assert faults[0].startswith(f"data/local/program.yaml:{line}: ") and says in faults[0]
    assert Catalog.read(course).program == ProgramFacts()


def test_check_names_empty_facts_and_what_a_number_sign_cuts_off(tmp_path: Path) -> None:
    every = {name: f"Some {name}" for name in FACT_NAMES}
    every |= {
        n: {"phone": "1"}
        for n in FACT_NAMES
        if n.endswith(("_line", "call", "department", "requests"))
    }
    every |= {"crisis_lines": [], "after_hours": {"phone": "307 #4"}}
    course = with_facts(tmp_path, yaml.safe_dump(every))
    assert said(course) == [
        "data/local/program.yaml: note: 1 fact is empty, so cards tell trainees to ask their "
        "supervisor: crisis_lines"
    ]
    text = (course / SOURCE).read_text().replace("'307 #4'", "307 #4")
    (course / SOURCE).write_text(text)
    line = text[: text.index("307 #4")].count("\n") + 1
    assert (
        f"data/local/program.yaml:{line}: warning: what stands behind # is not shown"
        in (said(course)[1])
    )


def test_the_example_is_sound_and_names_every_fact(root: Path, tmp_path: Path) -> None:
    text = (root / EXAMPLE).read_text(encoding="utf-8")
    course = with_facts(tmp_path, text)
    catalog = Catalog.load(course)
    assert set(yaml.safe_load(text)) == set(FACT_NAMES)
    assert catalog.program.empty() == FACT_NAMES
    (course / EXAMPLE).write_text(text)
    (course / SOURCE).unlink()
    assert [line.split(":")[1] for line in said(course)] == [" note"]


def test_every_fact_has_its_question_and_a_place_on_the_pocket_card() -> None:
    facts = ProgramFacts().facts()
    assert all(fact.label and fact.ask.endswith("?") for fact in facts)
    placed = [name for _, names in POCKET for name in names]
    assert sorted([*placed, "program_name", "state"]) == sorted(FACT_NAMES)


def test_names_in_notebooks_and_items_are_checked(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    cells = [
        code("start", 'from iop_training import my_program, start\n\nstart("m01")'),
        code("one", 'my_program("naloxone", "asam_editon")'),
        code("m01-f01", 'ask("m01-f01")'),
        code("two", 'ask("m01-f01", "m01-f02")'),
    ]
    (course / "notebooks/m01.ipynb").write_text(notebook_text(cells))
    items = course / "data/items/m01.yaml"
    items.write_text(
        items.read_text().replace("    key: a\n", "    key: a\n    local: [naloxon]\n")
    )
    faults = said(course)
    assert "did you mean 'naloxone'" in faults[0] and faults[0].startswith("data/items/m01.yaml:")
    assert any("'asam_editon'; did you mean 'asam_edition'" in fault for fault in faults)
    assert any("cell 4 (two) is not a single course call" in fault for fault in faults)


def test_facts_change_no_release(tmp_path: Path) -> None:
    course = write_course(tmp_path)
    notebook = read_notebook(course / "source/m01/m01.ipynb", course)
    before = keyed_snapshot(Catalog.load(course), notebook).to_json()
    (course / SOURCE).parent.mkdir(parents=True)
    (course / SOURCE).write_text("asam_edition: 4th\n")
    assert keyed_snapshot(Catalog.load(course), notebook).to_json() == before


def test_what_is_carried_comes_back_and_the_newest_counts(tmp_path: Path) -> None:
    import os

    facts = ProgramFacts.model_validate(
        {"state": "WY", "crisis_lines": [{"phone": "1"}], "after_hours": {"who": "Dana"}}
    )
    for n, folder in enumerate(("old", "new")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "program.json"
        path.write_text(carried_text(facts if n else ProgramFacts()))
        os.utime(path, (n, n))
    folders = [tmp_path / "none", tmp_path / "old", tmp_path / "new"]
    assert load_carried(folders) == facts
    (tmp_path / "new/program.json").write_text("{")
    assert load_carried(folders) == ProgramFacts()


@given(
    st.binary(max_size=200)
    | st.text(max_size=60).map(lambda t: f'{{"format": 1, "facts": {t!r}}}'.encode())
)
def test_any_bytes_are_only_no_facts(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("w")
    (folder / "program.json").write_bytes(raw)
    assert load_carried([folder]) == ProgramFacts()
