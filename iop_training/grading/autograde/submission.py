"""Submission: what one person handed in, read without trusting any of it, and its scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from iop_training.content.snapshot import Snapshot
from iop_training.grading.autograde.compare import notebook_flags
from iop_training.grading.autograde.known import Known, KnownAnswer, clean
from iop_training.grading.autograde.odd import odd_flags, receipt_of
from iop_training.grading.autograde.prepared import Prepared
from iop_training.grading.handed_in import HandedIn, journal_name
from iop_training.model import Item, Score
from iop_training.responses import Record
from iop_training.responses.lesson import LESSON, Said, read_said
from iop_training.responses.lines import parse_time
from iop_training.responses.reader import JournalText, unreadable
from iop_training.scoring import score

MAX_SENTENCE, MAX_SENTENCES = 500, 1_000
"""Characters and number of sentences about one submission; a forged journal could make more."""


@dataclass(frozen=True)
class Submission:
    """``answers`` has an entry for every item of the snapshot, ``flags`` are sentences for the
    supervisor, ``handed_in`` is a time in words or "", ``in_lesson`` has what was objected to
    practice questions, by item, ``opinions`` the answers to the questions about the lesson, by
    question, ``fingerprint`` that of :class:`HandedIn`."""

    student: str
    assignment: str
    title: str
    record: Record
    snapshot: Snapshot
    answers: Mapping[str, KnownAnswer]
    handed_in: str
    flags: tuple[str, ...]
    in_lesson: dict[str, str]
    opinions: dict[str, str]
    fingerprint: str

    @property
    def repairs(self) -> tuple[str, ...]:
        """What reading mended, as sentences."""
        return tuple(clean(text)[:MAX_SENTENCE] for text in self.record.repairs[:MAX_SENTENCES])

    def scores(self, snapshot: Snapshot | None = None) -> dict[str, Score]:
        """Item id to Score, by the keys of ``snapshot`` (its own when None)."""
        if snapshot is None:
            return {i: answer.score for i, answer in self.answers.items()}
        values = {i: answer.value for i, answer in self.answers.items()}
        return {i: score(item, values.get(i)) for i, item in snapshot.items.items()}

    def said(self, name: str) -> dict[str, str]:
        """Item to what the trainee said beside the answer ("stance" or "objection")."""
        return {item: clean(text) for item, text in self.record.said(name).items()}

    @cached_property
    def answered(self) -> int:
        """How many of :attr:`total` have an answer."""
        return sum([self.answers[item.id].answered for item in self._asked()])

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
        journal.record(snapshot.items, known.fault) if isinstance(journal, JournalText) else journal
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
    given = {i: answer.value for i, answer in record.answers.items()}
    answers = {i: known.of(i, given.get(i)) for i in snapshot.items}
    shown = tuple(clean(flag)[:MAX_SENTENCE] for flag in flags)
    return Submission(
        handed.student,
        assignment,
        prepared.title,
        record,
        snapshot,
        answers,
        _handed_in(handed),
        shown,
        in_lesson,
        {o.question: o.answer for o in said.opinions},
        handed.fingerprint(),
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
