"""The answers of one submission as observations of the safety domains."""

from __future__ import annotations

from datetime import UTC

from iop_training.grading.autograde.submission import Submission
from iop_training.model import Score
from iop_training.responses.lines import parse_time
from iop_training.scoring.gates import Observation, observe


def observations(submission: Submission, scores: dict[str, Score]) -> list[Observation]:
    """One for each item with a domain, in the order of the items; answers in the order of time
    can be told apart by ``at``."""
    items = submission.snapshot.items
    seen = [
        observe(items[i], score, submission.assignment, _answered_at(submission, i))
        for i, score in scores.items()
    ]
    return [o for o in seen if o is not None]


def _answered_at(submission: Submission, item: str) -> str:
    """In one form, so that times sort as text; "" when the journal has none that can be read."""
    answer = submission.record.answers.get(item)
    moment = parse_time(answer.at) if answer else None
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else ""
