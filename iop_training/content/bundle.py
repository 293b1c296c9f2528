"""Bundle: the public item file beside a notebook, as a learner's kernel reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_training.content.hashing import canonical_json, sha256
from iop_training.errors import ItemFileError
from iop_training.model import Diary, Item, Table, item_class

FORMAT = 1
SUFFIX = ".items.json"


@dataclass(frozen=True)
class Word:
    """A word of the glossary as a learner gets it; ``sources`` are citations."""

    term: str
    also: list[str]
    definition: str
    sources: list[str]


@dataclass(frozen=True)
class Bundle:
    """A verified item file: heading, items in order of appearance, citations, tables and diaries,
    prompts of private boxes, and the words of the glossary that the page marks."""

    notebook: str
    assignment: str | None
    title: str
    minutes: int
    objectives: tuple[str, ...]
    release: str
    items: dict[str, Item]
    references: dict[str, str]
    tables: dict[str, Table]
    diaries: dict[str, Diary]
    reflections: dict[str, str]
    glossary: dict[str, Word]


def load_bundle(path: Path) -> Bundle:
    """Read and verify an item file; ItemFileError says in plain words what to do."""
    again = "Get a fresh copy of this folder's files; answers you saved are kept."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ItemFileError(
            f"The question file {path.name} is not beside this page, so its questions can't be "
            "shown. If the page was moved or copied, open it in its own folder from Start here. "
            "Answers you saved are kept where they were."
        ) from None
    except (OSError, ValueError) as error:
        raise ItemFileError(f"The question file {path.name} can't be read. {again}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ItemFileError(f"The question file {path.name} is not of this course. {again}")
    digest = data.pop("digest", None)
    if digest != sha256(canonical_json(data)):
        raise ItemFileError(f"The question file {path.name} was changed after it was made. {again}")
    return _bundle(data)


def _bundle(data: dict[str, Any]) -> Bundle:
    return Bundle(
        notebook=data["notebook"],
        assignment=data["assignment"],
        title=data["title"],
        minutes=data["minutes"],
        objectives=tuple(data["objectives"]),
        release=data["release"],
        items={i["id"]: item_class(i["kind"]).from_public(i) for i in data["items"]},
        references=data["references"],
        tables={key: Table.model_validate(t) for key, t in data["tables"].items()},
        diaries={key: Diary.model_validate(d) for key, d in data.get("diaries", {}).items()},
        reflections=data.get("reflections", {}),
        glossary={key: Word(**word) for key, word in data.get("glossary", {}).items()},
    )
