"""Which keys an answer is scored with: those it was given under, unless a regrade says
otherwise in ``data/snapshots/<assignment>/regrades.json``:

    {"<release answered>": {"use": "<release whose keys count>", "at": "<ISO time>"}}
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from iop_training.content.bundle import SUFFIX, Bundle, load_bundle
from iop_training.content.catalog import Catalog
from iop_training.content.notebooks import Notebook
from iop_training.content.snapshot import Snapshot, keyed_snapshot, snapshot_path
from iop_training.errors import GradingError, ItemFileError
from iop_training.grading.files import read_json, write_whole
from iop_training.responses.lines import now
from iop_training.scoring.gate_odds import observed
from iop_training.scoring.guessing import guess_share

MAX_REGRADES = 1_000_000
_HASH = re.compile(r"[0-9a-f]{64}")


def released_bundle(released: Path) -> Bundle:
    """What is given out now: the item file beside the released notebook ``released``."""
    try:
        return load_bundle(released.with_name(released.stem + SUFFIX))
    except ItemFileError as error:
        assignment = released.parent.name
        raise GradingError(
            f"release/{assignment}/{released.stem}{SUFFIX} is missing or was "
            f"changed. Run: iop-training release {assignment}"
        ) from error


def full_snapshot(catalog: Catalog, notebook: Notebook) -> Snapshot:
    """The snapshot of a notebook as the content is now, with the guess shares that judging its
    safety domains takes: seconds here, and none for each submission."""
    snapshot = keyed_snapshot(catalog, notebook)
    guesses = {i.id: guess_share(i) for i in observed(list(snapshot.items.values()))}
    return replace(snapshot, guesses=guesses)


def kept_releases(root: Path, assignment: str) -> list[str]:
    """The releases of an assignment whose snapshots are kept, in the order of their hashes."""
    folder = snapshot_path(root, assignment, "").parent
    return sorted(p.stem for p in folder.glob("*.json") if _HASH.fullmatch(p.stem))


def regrades(root: Path, assignment: str) -> dict[str, str]:
    """From release answered to release whose keys count, of every regrade that was applied."""
    raw = read_json(_regrades_path(root, assignment), MAX_REGRADES)
    if raw is None and _regrades_path(root, assignment).exists():
        raise GradingError(
            f"data/snapshots/{assignment}/regrades.json can't be read. Restore it "
            "from version control; it says which keys count."
        )
    return {old: str(entry["use"]) for old, entry in (raw or {}).items()}


def add_regrade(root: Path, assignment: str, answered: list[str], use: str) -> None:
    """Record that answers to the releases ``answered`` count by the keys of release ``use``."""
    path = _regrades_path(root, assignment)
    entries = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    entries.update({old: {"use": use, "at": now()} for old in answered})
    entries.pop(use, None)  # keys that were replaced once may come back
    write_whole(path, json.dumps(entries, indent=1, sort_keys=True) + "\n")


def _regrades_path(root: Path, assignment: str) -> Path:
    return snapshot_path(root, assignment, "").with_name("regrades.json")
