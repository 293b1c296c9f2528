"""A debrief as JSON data for the page: sources as citations, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.model.case_codes import CODE_WORDS
from iop_training.scoring.debrief_parts import Debrief
from iop_training.scoring.debrief_words import (
    INDICES_NOTE,
    QUALITY_WORDS,
    REASON_WORDS,
    change_words,
    count_words,
    curve_words,
    index_words,
    lost_words,
    reach_words,
    variable_name,
)


def with_citations(made: Debrief, references: Mapping[str, str]) -> dict[str, Any]:
    """The debrief as JSON, with the citation of each source where it has its key; one that isn't
    among ``references`` is left out."""
    data = made.model_dump(mode="json")
    lines = [turn["line"] for turn in data["turns"]]
    for part in (*data["turning_points"], *data["practice"]):
        lines += part["lines"]
    for line in lines:
        line["sources"] = [references[key] for key in line["sources"] if key in references]
    return data


def words_of(made: Debrief) -> dict[str, Any]:
    """Names of codes, of qualities and of reasons; changes by turn; what the folds say."""
    used = {code for turn in made.turns for code in turn.line.codes}
    return {
        "codes": {code: CODE_WORDS[code]._asdict() for code in CODE_WORDS if code in used},
        "quality": list(QUALITY_WORDS),
        "reasons": dict(REASON_WORDS),
        "changes": {
            str(turn.turn): [list(change_words(change)) for change in turn.changes]
            for turn in made.turns
        },
        "lost": {str(point.turn): lost_words(point) for point in made.turning_points},
        "curves": [curve_words(curve) for curve in made.curves],
        "names": [variable_name(curve) for curve in made.curves],
        "reach": reach_words(made),
        "indices": {
            "rows": [index_words(index)._asdict() for index in made.indices.indices],
            "counts": count_words(made.indices),
            "note": INDICES_NOTE,
        },
    }
