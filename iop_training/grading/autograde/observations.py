"""The answers of one submission as observations of the safety domains."""

from __future__ import annotations

from datetime import UTC

from iop_training.grading.autograde.submission import Submission, cleaned
from iop_training.model import Item, Score
from iop_training.responses.lines import parse_time
from iop_training.responses.reader import Answer
from iop_training.scoring import score
from iop_training.scoring.gates import Observation, observe


def observations(submission: Submission, scores: dict[str, Score]) -> list[Observation]:
    """One for each item with a domain, in the order of the items.

    It is the answer that is scored, but for serious harm in an answer that was handed in and
    changed later: who has read the feedback can't undo that by handing in again.
    """
    items = submission.snapshot.items
    seen = [_observation(submission, items[i], result) for i, result in scores.items()]
    return [o for o in seen if o is not None]


def _observation(submission: Submission, item: Item, result: Score) -> Observation | None:
    record = submission.record
    last = record.answers.get(item.id)
    guess = submission.snapshot.guesses.get(item.id)
    if item.domain and not item.manual:
        for answer in record.handed.get(item.id, ()):
            result_then = score(item, cleaned(answer.value))
            before = observe(item, result_then, submission.assignment, _time(answer), guess)
            if answer != last and before and before.harm == "serious":
                return before.model_copy(update={"earlier": True})
    return observe(item, result, submission.assignment, _time(last) if last else "", guess)


def _time(answer: Answer) -> str:
    """In one form, so that times sort as text; "" when it can't be read."""
    moment = parse_time(answer.at)
    try:
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else ""
    except OverflowError:  # a forged time at the end of all years
        return ""
