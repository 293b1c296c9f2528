"""A small course on disk whose assignment has a session with a client: the worked example of
docs/authoring.md as an assessed case with a note, and one question beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from content.course import (
    LANGUAGE,
    OPTION,
    REFERENCES,
    STANDARDS,
    code,
    markdown,
    notebook_text,
)

from iop_training.content.catalog import Catalog
from iop_training.model.case import Case
from iop_training.model.kinds.case import CaseItem
from iop_training.scoring.case_note import true_note
from iop_training.simulation.session import Session

EXAMPLE = Path(__file__).parent.parent / "simulation" / "c90.yaml"
CASE, ITEM = "a90", "m13-q01"
ITEMS = """\
module: m13
title: |
  A capstone
minutes: {lesson: 10, assignment: 30}
objectives:
  - text: |
      Meet a client
    competency: [TAP21-086]
items:
  - id: m13-q01
    kind: case
    use: graded
    case: a90
  - id: m13-q02
    kind: single_choice
    use: graded
    points: 2
    competency: [TAP21-086]
    source: [guide]
    stem: |
      Which comes first?
    key: a
    options:"""
GOOD = ["weight", "ask", "means", "together"]
"""The best run: 20 points."""
HARMFUL = ["sit", "harmless", "alone", "number"]
"""A run that asks for a no, and so never asks."""


def example_text() -> str:
    """The example as an assessed case, whose note gives six points."""
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace("id: c90", f"id: {CASE}", 1).replace("mode: practice", "mode: assessed", 1)
    return re.sub(r"^note:.*\n", "note:\n  points: 6\n", text, count=1, flags=re.M)


def write_sessions(root: Path) -> Path:
    """The course: data, and the source of the assignment m13."""
    options = "".join(OPTION.format(i, "", "graded") for i in "abc")
    files = {
        f"data/cases/{CASE}.yaml": example_text(),
        "data/items/m13.yaml": ITEMS + options + "\n",
        "data/references.yaml": REFERENCES + "".join(map(_reference, SOURCES)),
        "data/language.yaml": LANGUAGE,
        "data/standards.yaml": STANDARDS.replace("m01", "m13"),
        "data/competencies.csv": "id,x\nTAP21-086,risk\nTAP21-076,rapport\n",
        "notebooks/m13.ipynb": _lesson(),
        "source/m13/m13.ipynb": _notebook(),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


SOURCES = ("tip35", "suicide_words", "lifeline988")


def _reference(key: str) -> str:
    return REFERENCES.removeprefix("references:\n").replace("guide:", f"{key}:")


def the_case(root: Path) -> Case:
    """The case as the course has it."""
    return Catalog.load(root).cases[CASE]


def session(case: Case, lines: list[str], seed: str = "seed") -> Session:
    """A run through it."""
    now = Session.start(case, seed)
    for line in lines:
        now = now.choose(line)
    return now


def answer(*sessions: Session, note: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """What a page stores of these runs, with a note that is true of the first that ended."""
    runs = [{"saved": s.to_list(), "ended": s.ended} for s in sessions]
    ended = next((s for s in sessions if s.ended), None)
    if note is None:
        assert ended is None or isinstance(ended.case, Case)
        case = ended.case if ended else None
        note = true_note(case.note, ended) if ended and case and case.note else {}  # type: ignore[union-attr]
    return {"way": "session", "runs": runs, "note": note, **more}


def item_of(case: Case) -> CaseItem:
    """The graded item of a case."""
    return CaseItem.model_validate({"id": ITEM, "kind": "case", "use": "graded", "case": case})


def _lesson() -> str:
    start = 'from iop_training import review, start\n\nstart("m13")'
    return notebook_text([code("start", start), markdown("intro", "# A lesson")])


def _notebook() -> str:
    start = 'from iop_training import ask, hand_in, open_case, start\n\nstart("m13")'
    return notebook_text(
        [
            code("start", start, locked=True),
            markdown("intro", "# A capstone", locked=True),
            code("m13-q01", 'open_case("m13-q01")', grade=True, points=26),
            code("m13-q02", 'ask("m13-q02")', grade=True, points=2),
            code("hand-in", "hand_in()", locked=True),
        ]
    )
