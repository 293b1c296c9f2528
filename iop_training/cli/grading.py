"""The command that grades a cohort, and its table."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_training.cli.common import (
    ATTENTION,
    AssignmentArgument,
    CourseOption,
    command,
    console,
    count,
    errors,
    loading,
    progress,
    table,
)
from iop_training.errors import GradingError

if TYPE_CHECKING:
    from iop_training.grading.batch.pool import Runner
    from iop_training.grading.course import CourseFolder
    from iop_training.grading.grade import Result

INTERRUPTED = 130
PER_PROCESS = 200
"""Submissions that make up for starting one more process."""
WHOLE_TABLE = 40
"""Rows of the table. With more submissions than this it has only those that somebody should look
at, the most pressing first."""
SENTENCES = 6
"""Of each submission that the table has."""

Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        help="Processes that grade side by side.",
        show_default="as many as are worth starting",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Grade on the Dask cluster there, such as tls://host:8786; see docs/running.md.",
    ),
]
Certificates = Annotated[
    Path | None,
    typer.Option(
        "--certificates",
        metavar="FOLDER",
        help="The cluster's ca.pem, cert.pem and key.pem.",
        show_default="what Dask's configuration says",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command(rich_help_panel="Supervisors")(grade)


@command
def grade(
    assignment: AssignmentArgument,
    course: CourseOption = Path(),
    again: Annotated[
        bool, typer.Option("--again", help="Also what was graded and did not change.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    certificates: Certificates = None,
) -> None:
    """Grade everything that was collected and is new or changed."""
    with loading():
        from iop_training.grading.course import CourseFolder
        from iop_training.grading.grade import grade as grade_all
        from iop_training.grading.standing import standard_faults

    folder = CourseFolder.open(course)
    folder.released_notebook(assignment)
    students = folder.students("submitted", assignment)
    if not students:
        console.print(
            f"Nothing of {assignment} was collected yet. First: iop-training collect {assignment}",
            markup=False,
        )
        return
    if scheduler:
        run = _cluster(scheduler, certificates)
    else:
        run = _here(workers or worth_starting(len(students)))
    try:
        with progress(f"Grading {assignment}", len(students)) as step:
            results = grade_all(
                course, assignment, students, again=again, progress=step, run=run, dry_run=dry_run
            )
    except KeyboardInterrupt:
        errors.print("Stopped. What was graded stays; run it again, and it goes on from there.")
        raise typer.Exit(INTERRUPTED) from None
    show_results(results, assignment)
    if dry_run:
        console.print("Nothing was changed.")
    else:
        _write_sheet(folder, assignment, results)
    for fault in standard_faults(folder.root):
        console.print(f"No verdicts: {fault}", style="yellow", markup=False)
    raise typer.Exit(ATTENTION if any(r.status == "failed" for r in results) else 0)


def _write_sheet(course: CourseFolder, assignment: str, results: Sequence[Result]) -> None:
    from iop_training.grading.sheet import write_sheet

    try:
        path = write_sheet(course, assignment, results)
    except OSError as error:
        why = f"The table of all results could not be written: {error}. The gradebook has them."
        console.print(why, style="yellow", markup=False)
    else:
        name = path.relative_to(course.base)
        console.print(f"All results, as a table: {name}", markup=False, soft_wrap=True)


def _here(workers: int) -> Runner:
    from iop_training.grading.batch.pool import in_this_process, processes

    return processes(workers) if workers > 1 else in_this_process


def _cluster(scheduler: str, certificates: Path | None) -> Runner:
    try:
        from iop_training.grading.batch.cluster import cluster
    except ModuleNotFoundError as error:
        raise GradingError(
            f"{error.name} isn't installed here, and --scheduler takes it. In the checkout: "
            ".venv/bin/python -m pip install --editable '.[cluster]'"
        ) from error
    return cluster(scheduler, certificates)


def worth_starting(submissions: int) -> int:
    """Processes for so many submissions, at most one for each processor."""
    return max(1, min(os.cpu_count() or 1, submissions // PER_PROCESS))


def show_results(results: Sequence[Result], assignment: str) -> None:
    """A line a submission, with the reasons for failures, flags and repairs, and the sums."""
    notable = sorted(filter(_urgency, results), key=_urgency)
    shown = results if len(results) <= WHOLE_TABLE else notable[:WHOLE_TABLE]
    if shown:
        console.print(_table(shown))
    if len(shown) < len(results):
        if more := len(notable) - len(shown):
            console.print(f"{more} more to look at.")
        console.print(f"{len(results) - len(notable)} more have nothing that you should look at.")
    console.print(_sums(results))
    waiting_for_you = sum(r.to_read for r in results)
    if waiting_for_you:
        verb = "waits" if waiting_for_you == 1 else "wait"
        console.print(f"{count(waiting_for_you, 'answer')} {verb} for you in Formgrader.")
    if any(r.status != "failed" for r in notable):
        console.print(
            "What to look at stands at the head of each submission in Formgrader, and in "
            f"autograded/<trainee>/{assignment}/iop-report.json.",
            markup=False,
        )


def _table(results: Sequence[Result]) -> object:
    shown = table("", "Trainee", "Status", ">Points", ">Of", ">To read", "Standard", "To look at")
    for r in results:
        failed = r.status == "failed"
        shown.add_row(
            r.student,
            r.status,
            "" if failed else _points(r),
            "" if failed else f"{r.max_points:g}",
            "" if failed else str(r.to_read),
            r.standing.verdict if r.standing else "",
            _said(r),
        )
    return shown


def _said(result: Result) -> str:
    """Why it failed, its flags and what was mended; a forged journal could give a thousand."""
    sentences = [*result.flags, *(f"Mended: {text}" for text in result.repairs)]
    more = len(sentences) - SENTENCES
    rest = [f"And {more} more."] if more > 0 else []
    return " ".join([result.message, *sentences[:SENTENCES], *rest]).strip()


def _points(result: Result) -> str:
    """With those before this run, where they differ."""
    points = f"{round(result.points, 2):g}"
    if result.before is None or result.before == result.points:
        return points
    return f"{round(result.before, 2):g} → {points}"


def _urgency(result: Result) -> int:
    """1 for what comes first in the table, 0 for what nobody has to look at."""
    moved = result.before is not None and result.before != result.points
    reasons = (result.status == "failed", result.flags, result.repairs or moved)
    return next((place for place, reason in enumerate(reasons, start=1) if reason), 0)


def _sums(results: Sequence[Result]) -> str:
    """Such as "20 submissions: 18 graded, 2 failed. 3 flagged, 1 repaired." """
    statuses = [r.status for r in results]
    parts = [f"{statuses.count(s)} {s}" for s in dict.fromkeys(statuses)]
    flagged = sum(bool(r.flags) for r in results)
    repaired = sum(bool(r.repairs) for r in results)
    return (
        f"{count(len(results), 'submission')}: {', '.join(parts)}. "
        f"{flagged} flagged, {repaired} repaired."
    )
