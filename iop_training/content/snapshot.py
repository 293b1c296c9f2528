"""Snapshot: the keyed content one release of a notebook was made from.

Grading takes the snapshot whose release hash the journal names, so that an answer is scored
by the key it was given under. Snapshots hold keys: they stay in ``data/snapshots`` of the
checkout and go into nothing that learners get.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iop_training.content.catalog import Catalog, bank_of
from iop_training.content.hashing import canonical_json, sha256
from iop_training.content.notebooks import Notebook
from iop_training.errors import ContentError, GradingError
from iop_training.model import Item, Reference, Rubric, item_class


@dataclass(frozen=True)
class Snapshot:
    """Items (with keys), rubrics and references of one release; ``release`` is the hash.
    ``guesses`` are the guess shares of observations of safety domains, worked out once when
    the release is made."""

    assignment: str
    notebook: str
    release: str
    items: dict[str, Item]
    rubrics: dict[str, Rubric]
    references: dict[str, Reference]
    guesses: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> str:
        """The file's text: the same bytes for the same content."""
        return canonical_json(_payload(self), indent=1) + "\n"


def keyed_snapshot(catalog: Catalog, notebook: Notebook) -> Snapshot:
    """The snapshot of a notebook as the content is now.

    The release hash covers all that scoring depends on and the code cells, not reviews or
    the wording of references. ContentError when it asks for an item that isn't there.
    """
    missing = [i for i in notebook.asked() if i not in catalog.items]
    if missing:
        raise ContentError(
            [f"{notebook.path.name} asks for {i}, which {bank_of(i)} has not" for i in missing]
        )
    items = {i: catalog.items[i] for i in notebook.asked()}
    named = sorted(str(getattr(item, "rubric", None)) for item in items.values())
    rubrics = {r: catalog.rubrics[r] for r in named if r in catalog.rubrics}
    sources = {s for item in items.values() for s in item.source}
    sources |= {s for rubric in rubrics.values() for s in rubric.source}
    references = {s: catalog.references[s] for s in sorted(sources) if s in catalog.references}
    hashed = {
        "notebook": notebook.name,
        "items": {i: item.content_hash() for i, item in items.items()},
        "rubrics": {r: rubric.model_dump(mode="json") for r, rubric in rubrics.items()},
        "code": notebook.code(),
    }
    return Snapshot(
        notebook.assignment or "",
        notebook.name,
        sha256(canonical_json(hashed)),
        items,
        rubrics,
        references,
    )


def snapshot_path(root: Path, assignment: str, release: str) -> Path:
    """Where the snapshot of a release is kept."""
    return root / "data" / "snapshots" / assignment / f"{release}.json"


def load_snapshot(root: Path, assignment: str, release: str) -> Snapshot:
    """The kept snapshot of a release; GradingError when there is none or it is unreadable."""
    path = snapshot_path(root, assignment, release)
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Snapshot(
            raw["assignment"],
            raw["notebook"],
            raw["release"],
            {i["id"]: item_class(i["kind"]).model_validate(i) for i in raw["items"]},
            {r["id"]: Rubric.model_validate(r) for r in raw["rubrics"]},
            {key: Reference.model_validate(r) for key, r in raw["references"].items()},
            raw["guesses"],
        )
    except FileNotFoundError:
        raise GradingError(
            f"There is no snapshot of release {release[:12]} of {assignment} in "
            f"{path.parent.name}/; run: iop-training release {assignment}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GradingError(
            f"{path.name} can't be read ({error}); restore it from version "
            "control, it is needed to grade that release."
        ) from error


def _payload(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "assignment": snapshot.assignment,
        "notebook": snapshot.notebook,
        "release": snapshot.release,
        "items": [
            i.model_dump(mode="json", exclude_defaults=True) for i in snapshot.items.values()
        ],
        "rubrics": [r.model_dump(mode="json") for r in snapshot.rubrics.values()],
        "references": {
            key: r.model_dump(mode="json", exclude_none=True)
            for key, r in snapshot.references.items()
        },
        "guesses": snapshot.guesses,
    }
