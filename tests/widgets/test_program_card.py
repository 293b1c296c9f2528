"""The program's own facts where a trainee meets them, without a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from content.course import write_course

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.program import carried_text
from iop_training.content.public import bundle_text, public_bundle
from iop_training.model import ProgramFacts
from iop_training.model.program import POCKET
from iop_training.rendering import program_html
from iop_training.widgets.page import Page
from iop_training.widgets.program import PocketCard, program_facts
from iop_training.widgets.question import Question, feedback

FACTS = ProgramFacts.model_validate(
    {"asam_edition": "4th <b>", "program_name": "Harbor", "state": "WY"}
)


def manifest(root: Path, exchange: str | None = None) -> None:
    data = {"format": 1, "course": "iop", "exchange": exchange, "notebooks": {}}
    (root / "course.json").write_text(json.dumps(data))


def test_a_card_says_what_is_known_and_asks_for_the_rest() -> None:
    page = program_html(FACTS.facts(["asam_edition", "naloxone", "no_such_fact"]))
    assert "4th &lt;b&gt;" in page and "<b>" in page
    assert "Ask your supervisor: <b>Where is naloxone kept, and may I give it?</b>" in page
    assert page.count("<dt>") == 2


def test_facts_are_found_from_a_page_of_the_workspace_or_in_its_exchange(tmp_path: Path) -> None:
    page = tmp_path / "work" / "assignments" / "m01"
    page.mkdir(parents=True)
    assert program_facts(page) == ProgramFacts()
    manifest(tmp_path / "work", exchange="../exchange")
    (tmp_path / "exchange" / "iop").mkdir(parents=True)
    (tmp_path / "exchange" / "iop" / "program.json").write_text(carried_text(FACTS))
    assert program_facts(page) == FACTS
    (tmp_path / "work" / "course.json").write_text("broken")
    assert program_facts(page) == ProgramFacts()


def test_the_pocket_card_always_has_the_national_numbers() -> None:
    for facts, name in ((ProgramFacts(), ""), (FACTS, "Harbor, WY")):
        card = PocketCard(facts)
        assert [number for number, _ in card.national] == ["911", "988"]
        assert card.program == name
        assert [len(part["facts"]) for part in card.parts] == [len(names) for _, names in POCKET]


@pytest.mark.parametrize("facts", [FACTS, ProgramFacts()])
def test_practice_tells_what_holds_here_below_the_reasons(
    tmp_path: Path, facts: ProgramFacts
) -> None:
    course = write_course(tmp_path / "course")
    items = course / "data/items/m01.yaml"
    text = items.read_text().replace("    key: a\n", "    key: a\n    local: [asam_edition]\n")
    items.write_text(text.replace("    key: b\n", "    key: b\n    local: [asam_edition]\n"))
    folder = tmp_path / "work"
    folder.mkdir()
    manifest(folder)
    (folder / "program.json").write_text(carried_text(facts))
    for notebook in ("notebooks/m01.ipynb", "source/m01/m01.ipynb"):
        bundle = public_bundle(Catalog.load(course), course / notebook)
        (folder / f"m01{SUFFIX}").write_text(bundle_text(bundle))
        page = Page.open(folder, "m01")
        if bundle["assignment"]:
            assert "4th" not in str(Question(page, "m01-q01").item)
            continue
        said = feedback(page, page.items["m01-f01"], "b")["local"]
        assert said == [
            "In your program: ASAM Criteria: 4th <b>"
            if facts.asam_edition
            else "In your program: ask your supervisor: Which edition of the ASAM Criteria do we "
            "and our payers use?"
        ]
