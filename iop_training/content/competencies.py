"""The competencies of ``data/competencies.csv``: what each is, in words."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from iop_training.model.base import COMPETENCY_PATTERN

WORDS, DIMENSION = "competency_paraphrase", "practice_dimension"


def read_competencies(root: Path) -> dict[str, str]:
    """Ids with the competency in the course's own words ("" where the file has none).

    OSError when the file can't be read.
    """
    return _column(root, WORDS)


def read_dimensions(root: Path) -> dict[str, str]:
    """Ids with the part of the framework that each belongs to ("" where the file has none).

    OSError when the file can't be read.
    """
    return _column(root, DIMENSION)


def _column(root: Path, name: str) -> dict[str, str]:
    path = root / "data" / "competencies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["id"]: (row.get(name) or "").strip()
        for row in rows
        if re.fullmatch(COMPETENCY_PATTERN, row.get("id") or "")
    }
