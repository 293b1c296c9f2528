"""A small course on disk with practice cases: the worked example of docs/authoring.md as c90, the
same under another name as c91, each with its notebook."""

from __future__ import annotations

import json
from pathlib import Path

from content.course import REFERENCES, code, markdown, notebook_text, write_course

from iop_training.content.bundle import SUFFIX
from iop_training.content.catalog import Catalog
from iop_training.content.public import bundle_text, public_bundle
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, Run
from iop_training.model.kinds.case import CaseItem
from iop_training.simulation.session import Session
from iop_training.widgets.page import Page

EXAMPLE = Path(__file__).parent.parent / "simulation" / "c90.yaml"
SOURCES = ("tip35", "suicide_words", "lifeline988")
CASES = ("c90", "c91")
BEST = ("weight", "ask", "means", "together")
HARMFUL = ("sit", "harmless", "alone", "number")


def write_practice(root: Path) -> Path:
    """The course with both cases."""
    write_course(root)
    reference = REFERENCES.removeprefix("references:\n")
    more = "".join(reference.replace("guide:", f"{key}:") for key in SOURCES)
    (root / "data/references.yaml").write_text(REFERENCES + more, encoding="utf-8")
    competencies = "id,x\nTAP21-074,placement\nTAP21-076,rapport\nTAP21-086,risk\n"
    (root / "data/competencies.csv").write_text(competencies, encoding="utf-8")
    (root / "data/cases").mkdir()
    for case in CASES:
        text = EXAMPLE.read_text(encoding="utf-8").replace("id: c90", f"id: {case}", 1)
        (root / f"data/cases/{case}.yaml").write_text(text, encoding="utf-8")
        (root / f"notebooks/{case}.ipynb").write_text(_notebook(case), encoding="utf-8")
    return root


def write_workspace(root: Path, folder: Path) -> Path:
    """A workspace for ann with the pages of both cases."""
    course = Catalog.load(root)
    folder.mkdir(parents=True)
    for case in CASES:
        text = bundle_text(public_bundle(course, root / f"notebooks/{case}.ipynb"))
        (folder / f"{case}{SUFFIX}").write_text(text, encoding="utf-8")
    manifest = {"format": 1, "course": "iop", "exchange": None, "identity": "chosen"}
    (folder / "course.json").write_text(json.dumps({**manifest, "notebooks": {}}))
    (folder / "learner.json").write_text('{"id": "ann"}')
    return folder


def case_of_page(page: Page) -> tuple[CaseItem, Case]:
    """The item of a case's page, and the whole case."""
    item = page.items[f"{page.name}-s01"]
    assert isinstance(item, CaseItem) and isinstance(item.case, Case)
    return item, item.case


def play(page: Page, moves: tuple[str, ...]) -> list[str]:
    """Play a session on a page, as the room does; what is saved of it."""
    item, case = case_of_page(page)
    session = Session.start(case, page.journal.seed if page.journal else "")
    for move in moves:
        session = session.choose(move)
    stored = page.answers.get(item.id)
    work = CaseAnswer.model_validate(stored.value if stored else {})
    run = Run(saved=tuple(session.to_list()), ended=session.ended)
    work = work.model_copy(update={"runs": (*work.runs, run)})
    page.save(item, work.model_dump(mode="json", exclude_defaults=True))
    return session.to_list()


def _notebook(case: str) -> str:
    imports = "from iop_training import open_case, start"
    return notebook_text(
        [
            code("start", f'{imports}\n\nstart("{case}")'),
            markdown("intro", "# A session"),
            code(f"{case}-s01", f'open_case("{case}-s01")'),
        ]
    )
