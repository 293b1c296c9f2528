"""A small course with sessions: two practice cases and an assignment in which one is graded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from content.course import LANGUAGE, STANDARDS, code, markdown, notebook_text
from simulation.cases import EXAMPLE

PRACTICE, OTHER, GRADED = "c90-s01", "c91-s01", "m01-q01"
"""Ids of the items: Theo in practice, Theo again as another client, the graded session."""

_REFERENCES = "references:\n" + "".join(
    f"""\
  {key}:
    title: |
      {title}
    publisher: Somebody
    year: 2020
    evidence: read
    checked: 2026-01-01
"""
    for key, title in (
        ("guide", "A guide"),
        ("tip35", "Enhancing Motivation"),
        ("suicide_words", "Words about suicide"),
        ("lifeline988", "The lifeline"),
    )
)
_ITEMS = """\
module: m00
title: |
  Start here
minutes: {lesson: 10, assignment: 15}
objectives:
  - text: |
      Meet somebody
    competency: [TAP21-086]
items:
  - id: m00-f01
    kind: single_choice
    use: formative
    competency: [TAP21-086]
    source: [guide]
    stem: |
      Which is first?
    options:
      - id: a
        text: |
          This one
        rationale: |
          It comes before the other.
      - id: b
        text: |
          That one
        rationale: |
          It comes after the other.
      - id: c
        text: |
          Neither of them
        rationale: |
          One of them comes first.
    key: a
"""
_GRADED = """\
module: m01
title: |
  The last step
minutes: {lesson: 15, assignment: 15}
objectives:
  - text: |
      Meet somebody
    competency: [TAP21-086]
items:
  - id: m01-q01
    kind: case
    use: graded
    case: a90
"""
NOTE: dict[str, Any] = {
    "claims": [
        {
            "id": "asked",
            "text": "Asked directly about thoughts of suicide",
            "when": "suicide_asked",
            "harm_reason": "The next person believes that it was asked.",
        },
        {
            "id": "supervisor",
            "text": "Supervisor brought in during the session",
            "when": "supervisor_called",
            "harm_reason": "Nobody else will call.",
        },
        {
            "id": "bond",
            "text": "How he took part",
            "options": [
                {"id": "open", "text": "Spoke openly", "when": "alliance >= 3"},
                {"id": "short", "text": "Gave short answers"},
            ],
            "harm_reason": "The plan would rest on what was not there.",
        },
    ]
}


class _Prose(yaml.SafeDumper):
    """Every text with a space in it as a block, as an author writes prose."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if " " in text.strip() or text.endswith("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Prose.add_representer(str, _text)


def case_text(case_id: str, **more: Any) -> str:
    """The worked example under another id, with a note, and with ``more`` changed in it."""
    data = yaml.load(EXAMPLE.read_text(encoding="utf-8"), yaml.BaseLoader)
    data |= {"id": case_id, "note": NOTE, **more}
    return yaml.dump(data, Dumper=_Prose, sort_keys=False, allow_unicode=True, width=10_000)


def write_case_course(root: Path) -> Path:
    """The course, ready to be released and to make workspaces of."""
    example = yaml.load(EXAMPLE.read_text(encoding="utf-8"), yaml.BaseLoader)
    prebrief = {**example["prebrief"], "summary": "Theo is close to giving up. He stays.\n"}
    config = Path(__file__).parents[2] / "nbgrader_config.py"
    files = {
        "nbgrader_config.py": config.read_text(encoding="utf-8"),
        "data/items/m00.yaml": _ITEMS,
        "data/items/m01.yaml": _GRADED,
        "data/cases/c90.yaml": case_text("c90", prebrief={**prebrief, "instead": ["c91"]}),
        "data/cases/c91.yaml": case_text("c91", title="Another afternoon\n"),
        "data/cases/a90.yaml": _reworded(
            case_text(
                "a90",
                mode="assessed",
                prebrief={**prebrief, "instead": ["c91"]},
                note={**NOTE, "points": 6},
            )
        ),
        "data/references.yaml": _REFERENCES,
        "data/language.yaml": LANGUAGE,
        "data/standards.yaml": STANDARDS,
        "data/competencies.csv": "id,x\nTAP21-086,crisis\nTAP21-076,discord\n",
        "notebooks/m00.ipynb": _lesson("m00", "ask", "m00-f01"),
        "notebooks/c90.ipynb": _lesson("c90", "open_case", PRACTICE),
        "notebooks/c91.ipynb": _lesson("c91", "open_case", OTHER),
        "source/m01/m01.ipynb": _assignment(),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def _reworded(text: str) -> str:
    """Reasons of an assessed case are nobody's before it is graded, so practice has others."""
    data = yaml.safe_load(text)
    for holder in _holders(data):
        for name in ("why", "harm_reason", "view"):
            if name in holder:
                holder[name] = f"Graded. {holder[name]}"
    return yaml.dump(data, Dumper=_Prose, sort_keys=False, allow_unicode=True, width=10_000)


def _holders(data: Any) -> Any:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _holders(value)
    elif isinstance(data, list):
        for value in data:
            yield from _holders(value)


def _lesson(name: str, call: str, item: str) -> str:
    return notebook_text(
        [
            code("start", f'from iop_training import {call}, review, start\n\nstart("{name}")'),
            markdown("intro", "# A page"),
            code(item, f'{call}("{item}")'),
            code("review", "review()"),
        ]
    )


def _assignment() -> str:
    head = 'from iop_training import hand_in, open_case, start\n\nstart("m01")'
    return notebook_text(
        [
            code("start", head, locked=True),
            markdown("intro", "# The session", locked=True),
            code(GRADED, f'open_case("{GRADED}")', grade=True, points=26),
            code("hand-in", "hand_in()", locked=True),
        ]
    )
