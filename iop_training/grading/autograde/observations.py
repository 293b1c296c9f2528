"""The answers of one submission as observations of the safety domains."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

from iop_training.grading.autograde.case_cards import case_work
from iop_training.grading.autograde.known import cleaned
from iop_training.grading.autograde.submission import Submission
from iop_training.model import Item, Score
from iop_training.model.kinds.case import CaseItem
from iop_training.responses.lines import parse_time
from iop_training.responses.reader import Answer
from iop_training.scoring import score
from iop_training.scoring.gates import Observation, observe


def observations(submission: Submission, scores: Mapping[str, Score]) -> list[Observation]:
    """One for each item with a domain, and those made in sessions, in the order of the items.

    It is the answer that is scored, but for serious harm in an answer that was handed in and
    changed later: who has read the feedback can't undo that by handing in again.
    """
    items = submission.snapshot.items
    seen: list[Observation] = []
    for item_id, result in scores.items():
        item = items[item_id]
        if isinstance(item, CaseItem):
            seen += _in_session(submission, item, result)
        if item.domain and not item.manual:
            seen += _of_answer(submission, item, result)
    return seen


def _in_session(submission: Submission, item: CaseItem, result: Score) -> list[Observation]:
    """The observations of the attempt that counts in a session with a client."""
    last = submission.record.answers.get(item.id)
    made = {o.item: o for o in _counted(submission, item, result, last)}
    earlier: dict[str, Observation] = {}
    for answer in submission.record.handed.get(item.id, ()):
        then = score(item, cleaned(answer.value), bare=True) if answer != last else None
        for before in _counted(submission, item, then, answer) if then else ():
            if before.harm == "serious":
                earlier.setdefault(before.item, before.model_copy(update={"earlier": True}))
    return [*(made | earlier).values()]


def _counted(
    submission: Submission, item: CaseItem, result: Score, answer: Answer | None
) -> list[Observation]:
    """Those of one answer, with where and when they were made."""
    work = case_work(result)
    placed = {
        "assignment": submission.assignment,
        "at": _time(answer) if answer else "",
        "form": item.form,
        "within": item.id,
    }
    observed = work.counted.observations if work and work.counted else ()
    return [o.model_copy(update=placed) for o in observed]


def _of_answer(submission: Submission, item: Item, result: Score) -> list[Observation]:
    """The observation that the answer to an item with a domain is."""
    record = submission.record
    last = record.answers.get(item.id)
    guess = submission.snapshot.guesses.get(item.id)
    for answer in record.handed.get(item.id, ()):
        result_then = score(item, cleaned(answer.value))
        before = observe(item, result_then, submission.assignment, _time(answer), guess)
        if answer != last and before and before.harm == "serious":
            return [before.model_copy(update={"earlier": True})]
    made = observe(item, result, submission.assignment, _time(last) if last else "", guess)
    return [made] if made else []


def _time(answer: Answer) -> str:
    """In one form, so that times sort as text; "" when it can't be read."""
    moment = parse_time(answer.at)
    try:
        return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if moment else ""
    except OverflowError:  # a forged time at the end of all years
        return ""
