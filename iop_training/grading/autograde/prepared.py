"""Prepared: all that grading an assignment takes beside the submissions, read once.

It goes to each worker whole, so that a worker needs the installed package and no course folder.
It holds the keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iop_training.content.notebooks import joined
from iop_training.content.program import read_program
from iop_training.content.snapshot import Snapshot, load_snapshot
from iop_training.errors import GradingError
from iop_training.grading.autograde.compare import Compared, compared_cells
from iop_training.grading.keys import kept_releases, regrades, released_bundle
from iop_training.grading.standing import standard_of
from iop_training.model import ProgramFacts, Standard


@dataclass(frozen=True)
class Prepared:
    """``released`` is the file of the released notebook, ``notebook`` what JSON makes of it, its
    sources as single texts; ``cells`` what a submitted one is compared with; ``current`` the
    release given out now; ``snapshots`` the kept ones by release, or why one can't be read;
    ``replaced`` from release answered to release whose keys count; ``standard`` None where the
    assignment has none."""

    assignment: str
    title: str
    released: bytes
    notebook: Mapping[str, Any]
    cells: tuple[Compared, ...]
    current: str
    snapshots: Mapping[str, Snapshot | str]
    replaced: Mapping[str, str]
    standard: Standard | None
    program: ProgramFacts

    @classmethod
    def load(cls, root: Path, released: Path) -> Prepared:
        """Of the released notebook at ``released``; GradingError when it can't be graded."""
        assignment = released.parent.name
        bundle = released_bundle(released)
        content = released.read_bytes()
        notebook = json.loads(content)
        return cls(
            assignment,
            bundle.title,
            content,
            joined(notebook),
            tuple(compared_cells(notebook)),
            bundle.release,
            {r: _snapshot(root, assignment, r) for r in kept_releases(root, assignment)},
            regrades(root, assignment),
            standard_of(root, assignment),
            read_program(root)[0],
        )

    def key_for(self, named: str | None) -> str:
        """The release whose keys count for answers that name the release ``named``."""
        known = named if named in self.snapshots else self.current
        return self.replaced.get(known or "", known or "")

    def snapshot_for(self, named: str | None) -> tuple[Snapshot, list[str]]:
        """The snapshot to score with and flags about it; GradingError when it is not kept."""
        flags = []
        if named and named not in self.snapshots:
            flags.append(
                "The answers name a release that is not known here, so they were scored "
                "with the current keys. Were they given in another course folder?"
            )
        elif named and named != self.current:
            flags.append("The answers were given to an earlier release and scored with its keys.")
        key = self.key_for(named)
        snapshot = self.snapshots.get(key, "")
        if isinstance(snapshot, str):
            raise GradingError(
                snapshot
                or f"There is no snapshot of release {key[:12]} of {self.assignment}; run: "
                f"iop-training release {self.assignment}"
            )
        return snapshot, flags


def _snapshot(root: Path, assignment: str, release: str) -> Snapshot | str:
    """An old one that can't be read stops only those who need it."""
    try:
        return load_snapshot(root, assignment, release)
    except GradingError as error:
        return str(error)
