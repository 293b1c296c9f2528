"""A small course about one safety domain: m01 asks four questions, m02 two fresh ones."""

from __future__ import annotations

import shutil
from pathlib import Path

from content.course import OPTION, STANDARDS, code, markdown, notebook_text, write_course

HEAD = """\
module: {0}
title: |
  Safety in {0}
minutes: {{lesson: 10, assignment: 10}}
objectives:
  - text: |
      Tell one thing from another
    competency: [TAP21-074]
items:
"""
ITEM = """\
  - id: {id}
    kind: {kind}
    use: graded
    points: 2
    competency: [TAP21-074]
    source: [guide]
    domain: withdrawal
    stem: |
      Leon stopped drinking this morning.
      What about {id}?
    key: {key}
    options:"""
HARM = """
        harm: {0}
        harm_reason: |
          Reason for {0} harm in {1}"""
SAFE = {
    "m01-q01": "a",
    "m01-q02": "a",
    "m01-q03": ["a", "b"],
    "m01-q04": ["a", "b"],
}
"""Every answer of m01 right: two of one kind, two of another that is hard to guess."""
FRESH = {"m02-q01": "a", "m02-q02": ["a", "b"]}


def write_safety_course(root: Path) -> Path:
    """The course on disk: option d does minor, option f serious harm."""
    write_course(root)
    for module, answers in (("m01", SAFE), ("m02", FRESH)):
        text = HEAD.format(module)
        for item, key in answers.items():
            text += _item(item, key)
        (root / "data" / "items" / f"{module}.yaml").write_text(text, encoding="utf-8")
        folder = root / "source" / module
        folder.mkdir(exist_ok=True)
        (folder / f"{module}.ipynb").write_text(_notebook(module, [*answers]), encoding="utf-8")
    marks = STANDARDS + STANDARDS.removeprefix("standards:\n").replace("m01", "m02")
    (root / "data" / "standards.yaml").write_text(marks, encoding="utf-8")
    shutil.rmtree(root / "data" / "rubrics")
    shutil.rmtree(root / "notebooks")
    return root


def _item(item: str, key: str | list[str]) -> str:
    several = isinstance(key, list)
    kind = "multiple_choice" if several else "single_choice"
    shown = "[" + ", ".join(key) + "]" if several else key
    text = ITEM.format(id=item, kind=kind, key=shown)
    for option in "abcdef":
        text += OPTION.format(option, "", item)
        text += HARM.format({"d": "minor", "f": "serious"}[option], item) if option in "df" else ""
    return text + "\n"


def _notebook(module: str, items: list[str]) -> str:
    start = f'from iop_training import ask, hand_in, start\n\nstart("{module}")'
    return notebook_text(
        [
            code("start", start, locked=True),
            markdown("intro", "# An assignment", locked=True),
            *(code(i, f'ask("{i}")', grade=True, points=2) for i in items),
            code("hand-in", "hand_in()", locked=True),
        ]
    )
