"""Collect: submissions from the exchange and from zip files into submitted/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from iop_training.grading.course import CourseFolder
from iop_training.grading.exchange import CourseCollect, exchange_tool
from iop_training.grading.intake import Intake, Outcome, Tally
from iop_training.grading.zips import Zips


@dataclass(frozen=True)
class CollectReport:
    """``outcomes`` one a submission, in the order they were taken; ``refused`` sentences about
    what was not taken."""

    outcomes: list[Outcome] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def collect(
    course_root: Path,
    assignment: str,
    zips: list[Path] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CollectReport:
    """Collect an assignment from the exchange (where there is one) and from ``zips``: hand-ins,
    exports of a learning system with many of them, or folders of either.

    The newest submission of each person wins, whichever way it came. Nothing that is wrong
    with one submission stops another. ``progress`` is told how many were looked at, of how many
    that are known so far. GradingError when the assignment isn't released.
    """
    course = CourseFolder.open(course_root)
    course.released_notebook(assignment)
    tally = Tally(progress)
    _from_exchange(course, assignment, tally)
    taker = Zips(Intake(course.directory(), assignment), tally)
    for path in zips or []:
        taker.take(path)
    return CollectReport(tally.outcomes, tally.refused())


def _from_exchange(course: CourseFolder, assignment: str, tally: Tally) -> None:
    directory = course.directory(assignment_id=assignment)
    tool = exchange_tool(CourseCollect, course.config, directory, update=True)
    tool.tally = tally
    if Path(tool.root, directory.course_id, "inbound").is_dir():
        tool.start()
