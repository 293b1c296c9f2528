"""The exception tree. Every message is a sentence a person can act on.

CourseError
├── ContentError      a file in data/, notebooks/ or source/ has faults
├── ItemFileError     the public item file beside a notebook can't be used
├── CaseError         a line that isn't on offer, or lines saved from something else
├── ResponseError     an answer doesn't fit its item
├── JournalError      an answer couldn't be written
│   └── ForeignJournalError   the journal is another person's or another notebook's
├── WorkspaceError    a learner's folder can't be made or used
└── GradingError      release, collect, grade or feedback stopped
"""

from __future__ import annotations

from collections.abc import Sequence


class CourseError(Exception):
    """Something a user can understand and mend; ``str(error)`` is the sentence to show."""


class ContentError(CourseError):
    """Faults in the course's files, all of them at once.

    ``faults`` are printable lines of the form ``file:line: what was found, what is allowed``.
    """

    def __init__(self, faults: Sequence[object]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ItemFileError(CourseError):
    """The ``<notebook>.items.json`` beside a notebook is missing, edited or unreadable."""


class CaseError(CourseError):
    """A line that is not on offer in a case, or saved lines that are not of this case."""


class ResponseError(CourseError):
    """A response value that its item can't have."""


class JournalError(CourseError):
    """An answer was not stored; the message says why and what to do."""


class ForeignJournalError(JournalError):
    """The journal in the folder is another person's or another notebook's; it is left alone."""


class WorkspaceError(CourseError):
    """A learner's workspace can't be made, read or used."""


class GradingError(CourseError):
    """Release, collection, grading or feedback can't go on."""
