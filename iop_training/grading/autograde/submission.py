"""Submission: what one person handed in, read without trusting any of it, and its scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from iop_training.content.snapshot import Snapshot
from iop_training.grading.autograde.compare import notebook_flags
from iop_training.grading.autograde.odd import odd_flags, receipt_of
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.handed_in import HandedIn, journal_name
from iop_training.model import Item, Score
from iop_training.model.per_answer import PerAnswer
from iop_training.responses import Record
from iop_training.responses.lesson import LESSON, Said, read_said
from iop_training.responses.lines import parse_time
from iop_training.responses.reader import JournalText, answer_fault, unreadable
from iop_training.scoring import score

MAX_SENTENCE, MAX_SENTENCES = 500, 1_000
"""Characters and number of sentences about one submission; a forged journal could make more."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Known:
    """What follows from answers to ``items`` alone, found out once for a cohort: why an answer
    can't be one ("" when it can), and whether it counts as answered."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self.fault = PerAnswer(items, answer_fault)
        self.answered = PerAnswer(items, _is_answered)


def _is_answered(item: Item, value: Any) -> bool:
    return item.is_answered(item.validate_response(value))


@dataclass(frozen=True)
class Submission:
    """``values`` has an entry for every item of the snapshot (None when blank), ``flags`` are
    sentences for the supervisor, ``handed_in`` is a time in words or "", ``in_lesson`` has what
    was objected to practice questions, by item, ``opinions`` the answers to the questions about
    the lesson, by question, ``fingerprint`` that of :class:`HandedIn`, ``known`` what is known of
    answers to the snapshot's items."""

    student: str
    assignment: str
    title: str
    record: Record
    snapshot: Snapshot
    values: dict[str, Any]
    handed_in: str
    flags: tuple[str, ...]
    in_lesson: dict[str, str]
    opinions: dict[str, str]
    fingerprint: str
    known: Known

    @property
    def repairs(self) -> tuple[str, ...]:
        """What reading mended, as sentences."""
        return tuple(clean(text)[:MAX_SENTENCE] for text in self.record.repairs[:MAX_SENTENCES])

    def scores(self, snapshot: Snapshot | None = None) -> dict[str, Score]:
        """Item id to Score, by the keys of ``snapshot`` (its own when None)."""
        items = (snapshot or self.snapshot).items
        return {i: score(item, self.values.get(i)) for i, item in items.items()}

    def said(self, name: str) -> dict[str, str]:
        """Item to what the trainee said beside the answer ("stance" or "objection")."""
        return {item: clean(text) for item, text in self.record.said(name).items()}

    @cached_property
    def answered(self) -> int:
        """How many of :attr:`total` have an answer."""
        return sum(self.known.answered.of(i.id, self.values[i.id]) for i in self._asked())

    @property
    def total(self) -> int:
        """How many items everybody is to answer; optional ones are left out."""
        return len(self._asked())

    def _asked(self) -> list[Item]:
        return [item for item in self.snapshot.items.values() if not item.optional]


def read_submission(
    prepared: Prepared,
    handed: HandedIn,
    known_of: Callable[[Snapshot], Known] = lambda snapshot: Known(snapshot.items),
) -> Submission:
    """Read what was handed in of the prepared assignment; ``known_of`` gives who reads a cohort
    the same for the same snapshot.

    Whatever is wrong with the submission becomes a flag; GradingError is for a course folder
    that can't grade (no snapshot).
    """
    assignment = prepared.assignment
    journal = _journal(handed)
    named = journal.release if isinstance(journal, JournalText) else None
    snapshot, flags = prepared.snapshot_for(named)
    known = known_of(snapshot)
    record = (
        journal.record(snapshot.items, known.fault.of)
        if isinstance(journal, JournalText)
        else journal
    )
    said = said_of_lesson(handed)
    in_lesson = {o.item: o.text for o in said.objections}
    notebook = f"{assignment}.ipynb"
    submitted = handed.contents.get(notebook)
    flags = [
        *_journal_flags(record, handed.student, assignment),
        *flags,
        *odd_flags(handed, record, said),
        *(
            []
            if submitted == prepared.released
            else notebook_flags(submitted, handed.faults.get(notebook, ""), prepared.cells)
        ),
        *_objection_flags(record.said("objection"), in_lesson),
    ]
    values = {i: _value(item, record) for i, item in snapshot.items.items()}
    shown = tuple(clean(flag)[:MAX_SENTENCE] for flag in flags)
    return Submission(
        handed.student,
        assignment,
        prepared.title,
        record,
        snapshot,
        values,
        _handed_in(handed),
        shown,
        in_lesson,
        {o.question: o.answer for o in said.opinions},
        handed.fingerprint(),
        known,
    )


def said_of_lesson(handed: HandedIn) -> Said:
    """What a submission says about the lesson, clean to draw; nothing raises."""
    said = read_said(handed.json(LESSON))
    return Said(
        tuple(replace(o, text=clean(o.text)) for o in said.objections),
        tuple(replace(o, answer=clean(o.answer)) for o in said.opinions),
    )


def _journal(handed: HandedIn) -> JournalText | Record:
    """The journal, or the record of one that is not there or can't be read."""
    name = journal_name(handed.assignment)
    if name in handed.faults:
        return unreadable(handed.faults[name])
    return JournalText.of(handed.contents[name]) if name in handed.contents else Record()


def to_look_at(scores: Mapping[str, Score]) -> list[str]:
    """Flags for answers that a person should look at, whether or not they have their points."""
    return [
        f"{item}: {score.look} {_points_so_far(score)}"
        for item, score in scores.items()
        if score.look
    ]


def _points_so_far(score: Score) -> str:
    if score.points is None:
        return "It has no points; they are yours to give, in Formgrader."
    return f"It has {score.points:g} points; give it points by hand if it should count."


def clean(text: str) -> str:
    """``text`` as it can be written to a file and drawn: half characters and control
    characters, which a forged journal may hold, are replaced or left out."""
    if text.isascii() and text.isprintable():  # as nearly all are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode()


def cleaned(value: Any) -> Any:
    """The stored answer as it can be drawn: texts are cleaned, within others too."""
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [cleaned(inner) for inner in value]
    return clean(value) if isinstance(value, str) else value


def _value(item: Item, record: Record) -> Any:
    answer = record.answers.get(item.id)
    return None if answer is None else cleaned(answer.value)


def _journal_flags(record: Record, student: str, assignment: str) -> list[str]:
    if not record.exists:
        return [
            "There are no answers to read, so every item counts as blank. Ask for the answers "
            "to be handed in again with the button in the notebook."
        ]
    flags = []
    if record.trainee is None:
        flags.append("The answers don't say whose they are.")
    elif record.trainee != student:
        flags.append(
            f"The answers were given under the id {_shortened(record.trainee)!r}, and handed in as "
            f"{student!r}. They were scored; please make sure whose they are."
        )
    if record.trainee is not None and record.assignment != assignment:
        flags.append(
            f"The answers were given to {_shortened(record.assignment)!r}, not to {assignment!r}."
        )
    if not record.answers:
        flags.append("Not one item was answered.")
    return flags


def _shortened(name: str | None) -> str | None:
    """An id as long as one can be; a forged one would drown what the sentence says about it."""
    return name if name is None or len(name) <= 64 else f"{name[:64]}…"


def _objection_flags(here: Mapping[str, str], in_lesson: Mapping[str, str]) -> list[str]:
    """A sentence each for the questions here and in the lesson that somebody objects to."""
    return [
        f"{len(items)} {word if len(items) == 1 else plural} an objection: "
        f"{', '.join(sorted(items))}."
        for items, word, plural in (
            (here, "question has", "questions have"),
            (in_lesson, "practice question has", "practice questions have"),
        )
        if items
    ]


def _handed_in(handed: HandedIn) -> str:
    at = parse_time(receipt_of(handed).get("at"))
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else clean(handed.timestamp()[:200]).strip()
