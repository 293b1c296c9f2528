"""Objections to practice questions: they go to the supervisor with the module's assignment.

The answers to a lesson are never handed in. What somebody objects to in it is: ``freeze`` writes
it into ``objections.json`` beside the journal of the assignment:

    {"objections":[{"item":"m01-f03","at":"2026-11-22T14:02:11.123Z","text":"Two of these fit."}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from iop_training.errors import ResponseError
from iop_training.model.base import ITEM
from iop_training.model.remark import validate_remark
from iop_training.responses.identity import MANIFEST, Workspace
from iop_training.responses.journal import journal_path
from iop_training.responses.reader import read_journal

OBJECTIONS = "objections.json"
MAX_BYTES = 2_000_000
"""Bytes of the file that are looked at: 200 objections of the greatest length, escaped."""
MAX_COUNT = 200
_ITEM = re.compile(ITEM)


@dataclass(frozen=True)
class Objection:
    """What one person finds off with one item; ``at`` is a time (ISO, UTC)."""

    item: str
    at: str
    text: str


def has_assignment(workspace: Workspace, module: str) -> bool:
    """Whether the workspace has an assignment of that module."""
    return any(_pages(workspace, module, "assignment"))


def lesson_objections(workspace: Workspace, module: str, trainee: str) -> list[Objection]:
    """What ``trainee`` objects to in the lesson of a module, as the disk has it now."""
    found = []
    for path in _pages(workspace, module, "lesson"):
        record = read_journal(journal_path((workspace.root / path).parent, module))
        if record.trainee == trainee:
            said = sorted(record.said("objection").items())
            found += [Objection(i, record.remarks[i, "objection"].at, text) for i, text in said]
    return found[:MAX_COUNT]


def objections_text(objections: Sequence[Objection]) -> str:
    """The file's text."""
    data = {"objections": [asdict(objection) for objection in objections]}
    return json.dumps(data, indent=1, ensure_ascii=True) + "\n"


def read_objections(data: Any) -> list[Objection]:
    """The objections in the file's JSON value, whatever somebody made of it; what is none is
    left out."""
    entries = data.get("objections") if isinstance(data, dict) else None
    found = []
    for entry in entries[:MAX_COUNT] if isinstance(entries, list) else []:
        try:
            item, text = entry["item"], validate_remark("objection", entry["text"])
        except (TypeError, KeyError, ResponseError):
            continue
        if isinstance(item, str) and _ITEM.fullmatch(item) and text.strip():
            found.append(Objection(item, str(entry.get("at", ""))[:30], text))
    return found


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
