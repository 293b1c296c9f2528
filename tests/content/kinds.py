"""A course on disk with every kind that no person grades: the items of the factories as an author
would write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from content.course import LANGUAGE, REFERENCES, STANDARDS, code, markdown, notebook_text
from factories import EVERY_KIND

from iop_training.model import Item

KINDS = [kind for kind, make in EVERY_KIND.items() if not make().manual]
IDS = {kind: f"m00-q{n:02}" for n, kind in enumerate(KINDS, start=1)}
"""Kind to the id of its graded item; the practice item is the same with f."""
HEAD = """\
module: m00
title: |
  Every kind
minutes: {lesson: 10, assignment: 10}
objectives:
  - text: |
      Answer every kind
    competency: [TAP21-074]
items:
"""


class _Writer(yaml.SafeDumper):
    """Prose as a block scalar."""


class _Prose(str):
    """A text that an author writes as a block."""


_Writer.add_representer(
    _Prose, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)


def reworded(reason: str) -> str:
    """The reason of a graded item; its practice item has it without the word in it."""
    first, _, rest = reason.partition(" ")
    return f"{first} truly {rest}"


def practice_id(kind: str) -> str:
    """The id of the practice item of a kind."""
    return IDS[kind].replace("q", "f")


def item_text(item: Item) -> str:
    """An item as YAML, a graded one with reasons that practice doesn't show already."""
    data = item.model_dump(mode="json", exclude_none=True)
    prose = {text for _, text in item.prose()}
    if item.use == "graded":
        secret = set(item.secrets())
        data = _reworded(data, secret)
        prose |= {reworded(text) for text in secret}
    return yaml.dump([_marked(data, prose)], Dumper=_Writer, sort_keys=False, allow_unicode=True)


def write_kinds(root: Path) -> Path:
    """The course: a lesson with each kind as practice, an assignment with each as graded."""
    items = [
        EVERY_KIND[kind](id=item_id, use=use)
        for kind in KINDS
        for item_id, use in ((practice_id(kind), "formative"), (IDS[kind], "graded"))
    ]
    files = {
        "data/items/m00.yaml": HEAD + "".join(map(item_text, items)),
        "data/references.yaml": REFERENCES,
        "data/language.yaml": LANGUAGE,
        "data/standards.yaml": STANDARDS.replace("m01", "m00"),
        "data/competencies.csv": "id,x\nTAP21-074,placement\n",
        "notebooks/m00.ipynb": _notebook([i for i in items if i.use == "formative"], "review"),
        "source/m00/m00.ipynb": _notebook([i for i in items if i.use == "graded"], "hand_in"),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def _reworded(data: Any, secret: set[str]) -> Any:
    if isinstance(data, dict):
        return {key: _reworded(value, secret) for key, value in data.items()}
    if isinstance(data, list):
        return [_reworded(value, secret) for value in data]
    return reworded(data) if data in secret else data


def _marked(data: Any, prose: set[str]) -> Any:
    if isinstance(data, dict):
        return {key: _marked(value, prose) for key, value in data.items()}
    if isinstance(data, list):
        return [_marked(value, prose) for value in data]
    return _Prose(data) if data in prose else data


def _notebook(items: list[Item], end: str) -> str:
    graded = end == "hand_in"
    locked: dict[str, Any] = {"locked": True} if graded else {}
    asks = [
        code(i.id, f'ask("{i.id}")', **({"grade": True, "points": i.points} if graded else {}))
        for i in items
    ]
    start = f'from iop_training import ask, {end}, start\n\nstart("m00")'
    whole = json.loads(
        notebook_text(
            [
                code("start", start, **locked),
                markdown("intro", "# Every kind", **locked),
                *asks,
                code(end.replace("_", "-"), f"{end}()", **locked),
            ]
        )
    )
    return json.dumps(whole, indent=1)
