"""A small course that asks for every kind of item, in its lesson and in its assignment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from content.course import ITEMS, code, markdown, notebook_text, write_course
from factories import EVERY_KIND

from iop_training.model import Item

PRACTICE = {f"m01-f{n:02}": kind for n, kind in enumerate(EVERY_KIND, start=1)}
"""Item id in the lesson to its kind."""
GRADED = {f"m01-q{n:02}": kind for n, kind in enumerate(EVERY_KIND, start=1)}
"""Item id in the assignment to its kind."""
_WRITTEN: dict[str, dict[str, Any]] = {
    "formative": {"rubric": None, "model_answer": "Because of this and that."},
    "graded": {"points": 4},
}


class _Block(str):
    """Prose: a block scalar in YAML."""


def every_item(use: str) -> dict[str, Item]:
    """One item of every kind by its id; ``use`` is formative or graded."""
    ids = PRACTICE if use == "formative" else GRADED
    return {
        i: EVERY_KIND[kind](id=i, use=use, **(_WRITTEN[use] if kind == "written" else {}))
        for i, kind in ids.items()
    }


def write_every_kind(root: Path) -> Path:
    """The course, ready to be released."""
    write_course(root)
    items = [*every_item("formative").values(), *every_item("graded").values()]
    head = ITEMS.partition("items:\n")[0]
    text = head + yaml.dump({"items": [_data(item) for item in items]}, sort_keys=False)
    home = head.replace("module: m01", "module: m00") + "items: []\n"
    for name, content in {
        "data/items/m00.yaml": home,
        "data/items/m01.yaml": text,
        "notebooks/m00.ipynb": _lesson("m00", []),
        "notebooks/m01.ipynb": _lesson("m01", list(PRACTICE)),
        "source/m01/m01.ipynb": _assignment(),
    }.items():
        (root / name).write_text(content, encoding="utf-8")
    return root


def _data(item: Item) -> dict[str, Any]:
    """An item as an author writes it."""
    data = item.model_dump(mode="json", exclude_defaults=True)
    for path, text in item.prose():
        *way, last = path
        inner: Any = data
        for step in way:
            inner = inner[step]
        inner[last] = _Block(text)
    return data


def _lesson(module: str, asked: list[str]) -> str:
    cells = [code("start", f'from iop_training import ask, review, start\n\nstart("{module}")')]
    cells += [markdown("intro", "# Every kind")]
    cells += [code(i, f'ask("{i}")') for i in asked]
    return notebook_text([*cells, code("review", "review()")])


def _assignment() -> str:
    cells = [
        code("start", 'from iop_training import ask, hand_in, start\n\nstart("m01")', locked=True),
        markdown("intro", "# Every kind, graded", locked=True),
    ]
    for item in every_item("graded").values():
        graded = {"grade": True, "points": item.points}
        if item.manual:
            cells.append(code(f"{item.id}-box", f'ask("{item.id}")', locked=True))
            cells.append(markdown(item.id, "Answer.", solution=True, locked=False, **graded))
        else:
            cells.append(code(item.id, f'ask("{item.id}")', **graded))
    return notebook_text([*cells, code("hand-in", "hand_in()", locked=True)])


yaml.add_representer(
    _Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)
