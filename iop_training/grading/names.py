"""Names that other people chose: how they are shown, which are alike, and what is in the name of a
hand-in, also as learning systems (LMS) change it when they export what was handed in to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from iop_training.errors import GradingError
from iop_training.responses.identity import ID_PATTERN

SHOWN = 100
FEW = 5
_LONGEST = 500
"""Characters of a path in an export; patterns are not tried on longer ones."""
_HAND_IN = re.compile(
    r"(?P<before>.+)_(?P<assignment>[^_/]+)_(?P<stamp>\d{8}-\d{6})[^/]{0,40}\.zip",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
"""What responses.handin.zip_name makes, whatever stands before it, and with what is added to a
second copy, such as " (1)" or "-1"."""
_JUNK = {
    "__MACOSX",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    ".ipynb_checkpoints",
    "__pycache__",
}
_BETWEEN = re.compile(r"[\s/(),;:]+")
"""What can stand between the id and what an LMS puts before it, apart from "_"."""
_LMS = (
    # Moodle, with a folder a participant or without: Doe Ann_12345_assignsubmission_file_/
    re.compile(r"(?P<who>[^/]+)_assignsubmission_file_?/?"),
    # Blackboard: Module 1_ann99_attempt_2026-11-22-14-05-00_
    re.compile(r"(?:^|/)(?P<who>[^/]+)_attempt_\d{4}(?:-\d\d){5}_"),
    # Canvas, name, user, file: doeann_LATE_12345_67890_
    re.compile(r"(?:^|/)(?P<who>[^/_]+)(?:_LATE)?_(?P<number>\d+)_\d+_"),
)


@dataclass(frozen=True)
class ZipName:
    """What the name of a hand-in says. ``before`` is what stands before the assignment, without
    what an LMS is known to add; ``whole`` is with that where both could be an id. ``sender`` is
    whom the LMS names, "" where none does; ``at`` is UTC without a zone."""

    before: str
    whole: str
    sender: str
    assignment: str
    at: datetime

    def readings(self) -> list[str]:
        """The ids that could be meant, the likeliest first: an id may have "_" in it."""
        parts = self.whole.split("_")
        found = [self.before, *("_".join(parts[n:]) for n in range(len(parts)))]
        return [reading for reading in found if ID_PATTERN.fullmatch(reading)]

    def student(self, named: str | None) -> str:
        """Whose it is. ``named`` is the id in its answers; it decides between the readings."""
        return next((r for r in self.readings() if r == named), self.readings()[0])


GIVE_BACK = "Give the file back the name that the notebook gave it."
NO_HAND_IN = f"the name is not <id>_<assignment>_<date>-<time>.zip. {GIVE_BACK}"


def read_zip_name(path: str) -> ZipName | None:
    """What ``path``, a name or a path with "/" in an LMS's export, says of a hand-in; None when it
    is none. GradingError for a date that does not exist."""
    found = _HAND_IN.fullmatch(path) if len(path) <= _LONGEST else None
    if not found:
        return None
    before, sender = found["before"], ""
    for lms in _LMS:
        if match := lms.search(before):
            before = before[match.end() :]
            sender = "_".join(part for part in match.groups() if part)
            break
    before = _BETWEEN.split(before)[-1]
    whole = _BETWEEN.split(found["before"])[-1] if sender else before
    try:
        at = datetime.strptime(found["stamp"], "%Y%m%d-%H%M%S")
    except ValueError:
        raise GradingError(f"there is no such time as {found['stamp']}. {GIVE_BACK}") from None
    name = ZipName(before, whole, sender, found["assignment"], at)
    return name if name.readings() else None


def printable(text: str) -> str:
    """``text`` with what is hidden, commands a terminal or would turn the line around written out,
    as are bytes that are no text."""
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def shown(name: str) -> str:
    """``name`` as it can be printed; a long one is shortened in the middle."""
    text = printable(name[: 2 * SHOWN])
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}…{text[-SHOWN // 2 :]}"


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def folded(name: str) -> str:
    """What ``name`` is to systems that don't tell alike names apart: no capitals, no hidden
    characters, no dots and spaces at the end, one form of each character."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    seen = "".join(c for c in plain if not unicodedata.category(c).startswith("C"))
    return "/".join(part.rstrip(". ") for part in seen.replace("\\", "/").split("/"))


def lookalike(name: str, known: Iterable[str]) -> str | None:
    """The known name that ``name`` passes for without being it."""
    plain = folded(name)
    return next((k for k in known if k != name and folded(k) == plain), None)


def is_junk(name: str) -> bool:
    """Whether a system put the file there, for itself."""
    parts = name.split("/")
    return not _JUNK.isdisjoint(parts) or parts[-1].startswith("._")


def left_behind(names: list[str]) -> list[str]:
    """A sentence about files that were not asked for, if there are any."""
    if not names:
        return []
    more = f" and {len(names) - FEW:,} more" if len(names) > FEW else ""
    return [f"Left behind: {', '.join(shown(name) for name in names[:FEW])}{more}."]
