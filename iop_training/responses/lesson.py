"""What a trainee says about a lesson: it goes to the supervisor with the module's assignment.

The answers to a lesson are never handed in. What somebody objects to in it, and what they think of
it as a whole, is: ``freeze`` writes it into ``lesson.json`` beside the journal of the assignment:

    {"objections":[{"item":"m01-f03","at":"2026-11-22T14:02:11.123Z","text":"Two of these fit."}],
     "opinions":[{"question":"pace","at":"2026-11-22T14:40:02.001Z","answer":"right"}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from iop_training.errors import ResponseError
from iop_training.model.base import ITEM
from iop_training.model.opinion import QUESTIONS, validate_opinion
from iop_training.model.remark import validate_remark
from iop_training.responses.identity import MANIFEST, Workspace
from iop_training.responses.journal import journal_path
from iop_training.responses.reader import read_journal

LESSON = "lesson.json"
MAX_BYTES = 2_000_000
"""Bytes of the file that are looked at: 200 objections of the greatest length, escaped."""
MAX_COUNT = 200
"""Objections, and opinions, that are taken."""
_ITEM = re.compile(ITEM)


@dataclass(frozen=True)
class Objection:
    """What one person finds off with one item; ``at`` is a time (ISO, UTC)."""

    item: str
    at: str
    text: str


@dataclass(frozen=True)
class Opinion:
    """What one person answers to one of the questions about the lesson (see
    :mod:`iop_training.model.opinion`); ``at`` as above."""

    question: str
    at: str
    answer: str


@dataclass(frozen=True)
class Said:
    """All that one person says about one lesson; opinions in the order of the questions."""

    objections: tuple[Objection, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.objections or self.opinions)

    @property
    def times(self) -> list[str]:
        """When each was said."""
        return [*(o.at for o in self.objections), *(o.at for o in self.opinions)]


def has_assignment(workspace: Workspace, module: str) -> bool:
    """Whether the workspace has an assignment of that module."""
    return any(_pages(workspace, module, "assignment"))


def lesson_said(workspace: Workspace, module: str, trainee: str) -> Said:
    """What ``trainee`` says about the lesson of a module, as the disk has it now."""
    objections: list[Objection] = []
    opinions: dict[str, Opinion] = {}
    for path in _pages(workspace, module, "lesson"):
        record = read_journal(journal_path((workspace.root / path).parent, module))
        if record.trainee != trainee:
            continue
        said = sorted(record.said("objection").items())
        objections += [Objection(i, record.remarks[i, "objection"].at, text) for i, text in said]
        for name in QUESTIONS:
            if answer := record.said(name).get(module):
                opinions[name] = Opinion(name, record.remarks[module, name].at, answer)
    return Said(tuple(objections[:MAX_COUNT]), _in_order(opinions))


def said_text(said: Said) -> str:
    """The file's text."""
    return json.dumps(asdict(said), indent=1, ensure_ascii=True) + "\n"


def read_said(data: Any) -> Said:
    """What the file's JSON value says, whatever somebody made of it; what is nothing of ours is
    left out."""
    objections = tuple(_objections(_entries(data, "objections")))
    opinions = {opinion.question: opinion for opinion in _opinions(_entries(data, "opinions"))}
    return Said(objections, _in_order(opinions))


def _entries(data: Any, name: str) -> list[Any]:
    entries = data.get(name) if isinstance(data, dict) else None
    return entries[:MAX_COUNT] if isinstance(entries, list) else []


def _objections(entries: list[Any]) -> Iterator[Objection]:
    for entry in entries:
        try:
            item, text = entry["item"], validate_remark("objection", entry["text"])
        except (TypeError, KeyError, ResponseError):
            continue
        if isinstance(item, str) and _ITEM.fullmatch(item) and text.strip():
            yield Objection(item, str(entry.get("at", ""))[:30], text)


def _opinions(entries: list[Any]) -> Iterator[Opinion]:
    for entry in entries:
        try:
            name = entry["question"]
            answer = validate_opinion(name, entry["answer"])
        except (TypeError, KeyError, ResponseError):
            continue
        if answer.strip():
            yield Opinion(name, str(entry.get("at", ""))[:30], answer)


def _in_order(opinions: dict[str, Opinion]) -> tuple[Opinion, ...]:
    return tuple(opinions[name] for name in QUESTIONS if name in opinions)


def _pages(workspace: Workspace, module: str, kind: str) -> Iterator[str]:
    """Paths of a module's pages of that kind ("lesson", "assignment") in the workspace."""
    try:
        manifest = json.loads((workspace.root / MANIFEST).read_text(encoding="utf-8"))
        for path, about in manifest["notebooks"].items():
            if (about["module"], about["kind"]) == (module, kind) and _inside(path):
                yield path
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return


def _inside(path: str) -> bool:
    return not Path(path).is_absolute() and ".." not in Path(path).parts
