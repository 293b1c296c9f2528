"""A small sound course on disk, for tests to break in one place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ITEMS = """\
module: m01
title: |
  A small module
minutes: {lesson: 10, assignment: 10}
objectives:
  - text: |
      Tell one thing from another
    competency: [TAP21-074]
items:
  - id: m01-f01
    kind: single_choice
    use: formative
    competency: [TAP21-074]
    source: [guide]
    stem: |
      Which is first?
    options: &
  - id: m01-q01
    kind: single_choice
    use: graded
    points: 2
    competency: [TAP21-074]
    source: [guide]
    stem: |
      Which comes first in the graded one?
    options: &
  - id: m01-q02
    kind: multiple_choice
    use: graded
    points: 3
    competency: [TAP21-074]
    source: [guide]
    stem: |
      Which two belong together?
    options: &
  - id: m01-w01
    kind: written
    use: graded
    points: 4
    competency: [TAP21-074]
    source: [guide]
    max_words: 50
    rubric: m01-w01
    stem: |
      Say why.
"""
OPTION = """
      - id: {0}
        text: |
          {2} option {0}
        rationale: |
          Reason for {2} option {0}, kept secret when graded"""
REFERENCES = """\
references:
  guide:
    title: |
      A guide
    publisher: Somebody
    year: 2020
    evidence: read
    checked: 2026-01-01
"""
RUBRIC = """\
id: m01-w01
source: [guide]
criteria:
  - id: reason
    name: |
      Gives a reason
    levels:
      awareness: |
        Repeats the question
      initial_application: |
        Names a reason
      competent_practice: |
        Explains a reason
      mastery: |
        Weighs two reasons
anchors:
  awareness: |
    Anchor text of the first level
  initial_application: |
    Anchor text of the second level
  competent_practice: |
    Anchor text of the third level
  mastery: |
    Anchor text of the fourth level
"""
LANGUAGE = """\
terms:
  - avoid: [addict]
    use: |
      person with a substance use disorder
    source: [guide]
"""


STANDARDS = """\
standards:
  m01:
    mark: 60
    method: convention
    why: |
      Three of five is a customary mark.
    source: none
"""


def items_text() -> str:
    """The items file, options filled in and keys added."""
    parts = ITEMS.split("options: &\n")
    text = parts[0]
    for name, key, after in zip(
        ("practice", "graded", "several"), ("a", "b", "[a, c]"), parts[1:], strict=True
    ):
        text += "options:" + "".join(OPTION.format(i, "", name) for i in "abc")
        text += f"\n    key: {key}\n" + after
    return text


def write_course(root: Path) -> Path:
    """The course with items, rubric, references and both notebooks of m01."""
    files = {
        "data/items/m01.yaml": items_text(),
        "data/rubrics/m01-w01.yaml": RUBRIC,
        "data/references.yaml": REFERENCES,
        "data/language.yaml": LANGUAGE,
        "data/standards.yaml": STANDARDS,
        "data/competencies.csv": "id,x\nTAP21-074,placement\n",
        "notebooks/m01.ipynb": _lesson(),
        "source/m01/m01.ipynb": _assignment(),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def code(cell_id: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    """A code cell."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "source": source,
        "outputs": [],
        "execution_count": None,
        "metadata": _metadata(cell_id, nbgrader),
    }


def markdown(cell_id: str, source: str, **nbgrader: Any) -> dict[str, Any]:
    """A markdown cell."""
    return {
        "cell_type": "markdown",
        "id": cell_id,
        "source": source,
        "metadata": _metadata(cell_id, nbgrader),
    }


def notebook_text(cells: list[dict[str, Any]]) -> str:
    """A notebook of these cells."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5},
        indent=1,
    )


def _metadata(cell_id: str, nbgrader: dict[str, Any]) -> dict[str, Any]:
    if not nbgrader:
        return {}
    whole = {
        "grade": False,
        "solution": False,
        "locked": True,
        "task": False,
        "schema_version": 3,
        "grade_id": cell_id,
        **nbgrader,
    }
    return {"nbgrader": whole}


def _lesson() -> str:
    return notebook_text(
        [
            code("start", 'from iop_training import ask, review, start\n\nstart("m01")'),
            markdown("intro", "# A lesson"),
            code("m01-f01", 'ask("m01-f01")'),
            code("review", "review()"),
        ]
    )


def _assignment() -> str:
    return notebook_text(
        [
            code(
                "start", 'from iop_training import ask, hand_in, start\n\nstart("m01")', locked=True
            ),
            markdown("intro", "# An assignment", locked=True),
            code("m01-q01", 'ask("m01-q01")', grade=True, points=2),
            code("m01-q02", 'ask("m01-q02")', grade=True, points=3),
            code("m01-w01-box", 'ask("m01-w01")', locked=True),
            markdown(
                "m01-w01",
                "Your supervisor reads your answer here.",
                grade=True,
                solution=True,
                locked=False,
                points=4,
            ),
            code("hand-in", "hand_in()", locked=True),
        ]
    )
