"""The competencies of ``data/competencies.csv``: what each is, in words."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from iop_training.model.base import COMPETENCY_PATTERN

WORDS = "competency_paraphrase"


def read_competencies(root: Path) -> dict[str, str]:
    """Ids with the competency in the course's own words ("" where the file has none).

    OSError when the file can't be read.
    """
    path = root / "data" / "competencies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["id"]: (row.get(WORDS) or "").strip()
        for row in rows
        if re.fullmatch(COMPETENCY_PATTERN, row.get("id") or "")
    }
