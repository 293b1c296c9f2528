"""iop-report.json: the facts of one graded submission, for feedback and for reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iop_training.errors import GradingError
from iop_training.grading.fast_json import dumps, loads
from iop_training.grading.files import read_regular
from iop_training.model.remark import REMARKS
from iop_training.scoring.gates import Observation

if TYPE_CHECKING:  # what makes a report takes longer to import than most commands that read one
    from iop_training.grading.autograde.scored import Scored
    from iop_training.grading.autograde.submission import Submission
    from iop_training.model import Score

REPORT = "iop-report.json"
MAX_REPORT = 50_000_000


def report_file(scored: Scored) -> bytes:
    """The file. ``items`` has for each item: value, points (None while a person has yet
    to grade it), max_points, blank, at (ISO time of the answer), attempts, and what was said
    beside it (stance, objection; "" for nothing). ``practice_objections`` are by item,
    ``opinions`` of the lesson by question,
    ``observations`` those of the safety domains
    (:class:`~iop_training.scoring.gates.Observation`)."""
    submission, record = scored.submission, scored.submission.record
    said = {name: submission.said(name) for name in REMARKS}
    report = {
        "student": submission.student,
        "assignment": submission.assignment,
        "title": submission.title,
        "answered_release": record.release,
        "scored_with": submission.snapshot.release,
        "journal": record.sha256,
        "submission": submission.fingerprint,
        "handed_in": submission.handed_in,
        "minutes": record.minutes,
        "sittings": record.sittings,
        "answered": submission.answered,
        "total": submission.total,
        "flags": scored.flags,
        "repairs": submission.repairs,
        "practice_objections": submission.in_lesson,
        "opinions": submission.opinions,
        "observations": [o.model_dump(mode="json") for o in scored.observations],
        "items": {i: _item_facts(i, submission, s, said) for i, s in scored.scores.items()},
    }
    lines = [b" %b: %b" % (dumps(name), _fact(fact)) for name, fact in report.items()]
    return _laid_out(b"{%b}", lines) + b"\n"


def _fact(fact: Any) -> bytes:
    """In a line, or a line for each of its parts. json's own layout takes ten times as long."""
    if fact and isinstance(fact, dict):
        lines = [b"  %b: %b" % (dumps(name), dumps(part)) for name, part in fact.items()]
        return _laid_out(b"{%b}", lines)
    if fact and isinstance(fact, (list, tuple)):
        return _laid_out(b"[%b]", [b"  " + dumps(part) for part in fact])
    return dumps(fact)


def _laid_out(brackets: bytes, lines: list[bytes]) -> bytes:
    return brackets % b"\n".join([b"", b",\n".join(lines), b""])


def read_report(folder: Path) -> dict[str, Any]:
    """The report beside an autograded notebook; GradingError when there is none."""
    try:
        raw = read_regular(folder / REPORT, MAX_REPORT)
    except OSError:
        raw = b""
    return report_of(raw, folder.parent.name, folder.name)


def report_of(raw: bytes, student: str, assignment: str) -> dict[str, Any]:
    """Like :func:`read_report`, of the bytes of the file; b"" where there is none."""
    try:
        report = loads(raw)
    except (ValueError, RecursionError):
        report = None
    if not isinstance(report, dict) or not {"observations", "practice_objections"} <= set(report):
        raise GradingError(
            f"{REPORT} is missing or too old beside the graded notebook of {student}. "
            f"Grade it again: iop-training grade {assignment} --again"
        )
    return report


def read_observations(report: dict[str, Any]) -> list[Observation]:
    """The observations of a report that was read."""
    return [Observation.model_validate(o) for o in report["observations"]]


def _item_facts(
    item: str, submission: Submission, score: Score, said: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    answer = submission.record.answers.get(item)
    return {
        "value": submission.answers[item].value,
        "points": score.points,
        "max_points": score.max_points,
        "blank": score.blank,
        "at": answer.at[:30] if answer else "",
        "attempts": answer.attempts if answer else 0,
        **{name: texts.get(item, "") for name, texts in said.items()},
    }
