"""The whole set, and a course in which all of it was handed in, between honest people."""

from __future__ import annotations

from pathlib import Path

from grading.hostile.cells import CELLS
from grading.hostile.declare import SOUND, Group, Hostile, Made
from grading.hostile.journals import JOURNALS
from grading.hostile.markup import MARKUP
from grading.hostile.names import NAMES
from grading.hostile.notebooks import NOTEBOOKS
from grading.hostile.programs import PROGRAMS
from grading.hostile.sessions import SESSIONS
from grading.people import submitted

GROUPS: tuple[Group, ...] = (CELLS, NOTEBOOKS, PROGRAMS, MARKUP, JOURNALS, NAMES)
SET: dict[str, Hostile] = {one.name: one for group in GROUPS for one in group.members}
"""Those of the small course, by name."""
SESSION_SET: dict[str, Hostile] = {one.name: one for one in SESSIONS.members}
HONEST_PEOPLE = ("a-honest", "b-honest", "m-honest", "z-honest")
"""They come first, in the middle and last in the order of ids."""
SECRET = "what no submission may ever show"


def phrase(student: str) -> str:
    """Words that only this honest trainee wrote."""
    return f"words that only {student} has written"


def hand_in_honestly(course: Path, tmp: Path) -> None:
    """Sound submissions of honest people."""
    for student in HONEST_PEOPLE:
        submitted(course, student, SOUND | {"m01-w01": phrase(student)}, tmp)


def outside_of(folder: Path) -> Path:
    """A folder beside the course, with a secret and a place where code that runs leaves word."""
    outside = folder / "outside"
    (outside / "ran").mkdir(parents=True)
    (outside / "secret.txt").write_text(SECRET, encoding="utf-8")
    return outside


def hand_in(one: Hostile, course: Path, outside: Path, tmp: Path, port: int) -> Made:
    """Put one of the set into submitted/."""
    made = Made(one.name, course, submitted(course, one.name, SOUND, tmp), outside, port)
    one.make(made)
    return made
