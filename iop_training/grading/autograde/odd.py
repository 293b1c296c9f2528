"""What is odd about the files and times of a submission: for a person to look at, never a score."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from iop_training.grading.handed_in import TIMESTAMP, HandedIn
from iop_training.responses import Record
from iop_training.responses.handin import RECEIPT
from iop_training.responses.lesson import LESSON, Said
from iop_training.responses.lines import parse_time

_APART = timedelta(days=1)
"""Clocks, zones and a night before a zip is sent explain less than this."""


def odd_flags(handed: HandedIn, record: Record, said: Said) -> list[str]:
    """Sentences about receipt, times and what was said about the lesson; ``record`` is what the
    journal holds, ``said`` what could be read of the lesson."""
    return [
        *_receipt_flags(handed, record),
        *_lesson_flags(handed, said),
        *_time_flags(handed, record),
    ]


def receipt_of(handed: HandedIn) -> dict[str, Any]:
    """The receipt; empty where there is none that can be read."""
    receipt = handed.json(RECEIPT)
    return receipt if isinstance(receipt, dict) else {}


def _receipt_flags(handed: HandedIn, record: Record) -> list[str]:
    if not record.exists:
        return []
    why = handed.faults.get(RECEIPT) or ("" if RECEIPT in handed.contents else "it is missing")
    receipt = receipt_of(handed)
    if not receipt:
        return [
            f"The receipt can't be read ({why or 'it is damaged'}), so nobody can tell whether "
            "these are the answers that were handed in."
        ]
    if receipt.get("journal") != record.sha256:
        return [
            "The answers are not the ones that the receipt was given for; they were changed "
            "after they were handed in."
        ]
    return []


def _lesson_flags(handed: HandedIn, said: Said) -> list[str]:
    if LESSON in handed.faults:
        return [f"What was said about the lesson was not read: {handed.faults[LESSON]}."]
    if LESSON not in handed.contents:
        return []
    data = handed.json(LESSON)
    if not isinstance(data, dict):
        return ["What was said about the lesson is damaged; it was left out."]
    lists = [data.get(name) for name in ("objections", "opinions")]
    given = sum(len(e) if isinstance(e, list) else e is not None for e in lists)
    left = given - len(said.objections) - len(said.opinions)
    return [f"{left} entries of {LESSON} are nothing of ours; they were left out."] if left else []


def _time_flags(handed: HandedIn, record: Record) -> list[str]:
    flags = []
    if TIMESTAMP in handed.faults:
        flags.append(f"The time of handing in was not read: {handed.faults[TIMESTAMP]}.")
    receipt = receipt_of(handed)
    given, came = parse_time(receipt.get("at")), _utc(handed.timestamp())
    if receipt and given is None:
        flags.append("The receipt has no time that can be read.")
    if given and came and abs(came - given) > _APART:
        flags.append(
            f"It came as handed in at {came:%Y-%m-%d %H:%M} UTC, and its receipt has the time "
            f"{given:%Y-%m-%d %H:%M}. Was a file renamed, or is a clock wrong?"
        )
    times = [time for answer in record.answers.values() if (time := parse_time(answer.at))]
    if given and times and max(times) - given > _APART:
        flags.append(
            f"An answer has the time {max(times):%Y-%m-%d %H:%M}, long after its receipt. Is a "
            "clock wrong, or was a time changed?"
        )
    return flags


def _utc(text: str) -> datetime | None:
    """The time in a timestamp.txt, which is UTC; None when it is none."""
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
