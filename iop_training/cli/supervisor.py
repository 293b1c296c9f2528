"""Commands for supervisors: from collecting to feedback."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from iop_training.cli.common import (
    ATTENTION,
    AssignmentArgument,
    CourseOption,
    command,
    console,
    count,
    loading,
    patience,
    progress,
    table,
    waiting,
)
from iop_training.cli.grading import WHOLE_TABLE
from iop_training.cli.learner import NoBrowser, PortOption


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    for function in (supervise, collect, regrade, feedback):
        app.command(rich_help_panel="Supervisors")(function)


@command
def supervise(
    course: CourseOption = Path(), port: PortOption = None, no_browser: NoBrowser = False
) -> None:
    """Open the course with Formgrader."""
    from iop_training.grading.exchange import ensure_exchange
    from iop_training.grading.registry import register_release
    from iop_training.grading.release import assignments
    from iop_training.lab.server import run_supervise

    with waiting("Preparing the course ..."):
        for assignment in assignments(course):
            register_release(course, assignment)
        if sys.platform != "win32":  # there people hand in by zip
            ensure_exchange(course)
    raise typer.Exit(run_supervise(course, port, no_browser, typer.echo))


@command
def collect(
    assignment: AssignmentArgument,
    zips: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Zip files that trainees sent, the zip that a learning system exports, "
            "or folders of them."
        ),
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Collect submissions from the exchange and from zip files."""
    with waiting("Collecting ..."):
        from iop_training.grading.collect import collect as collect_submissions

    with patience("Collecting") as tell:
        report = collect_submissions(course, assignment, zips, tell)
    shown = table("", "Trainee", "Came by", "Result", "To look at")
    whole = len(report.outcomes) <= WHOLE_TABLE  # else only what there is to look at
    for outcome in report.outcomes:
        if whole or outcome.notes:
            notes = Text(" ".join(outcome.notes))
            shown.add_row(outcome.student, outcome.way, outcome.result, notes)
    if shown.row_count:
        console.print(shown)
    if more := len(report.outcomes) - shown.row_count:
        console.print(f"{count(more, 'submission')} more with nothing that you should look at.")
    for sentence in report.refused:
        console.print(f"Not taken: {sentence}", style="yellow", markup=False)
    results = Counter(outcome.result for outcome in report.outcomes)
    sums = ", ".join(f"{number:,} {result}" for result, number in results.items())
    console.print(
        f"{count(len(report.outcomes), 'submission')}{f' ({sums})' if sums else ''}, "
        f"{len(report.refused)} not taken. Next: iop-training grade {assignment}",
        markup=False,
    )
    raise typer.Exit(ATTENTION if report.refused else 0)


@command
def regrade(
    assignment: AssignmentArgument,
    course: CourseOption = Path(),
    apply: Annotated[
        bool,
        typer.Option("--apply", help="Change the scores; without it you only see who would move."),
    ] = False,
) -> None:
    """Show what a corrected key changes, and change it with --apply."""
    from iop_training.grading.regrade import regrade as regrade_all

    with waiting("Comparing keys ..."):
        report = regrade_all(course, assignment, apply)
    shown = table("", "Trainee", "Item", ">Before", ">After", "Why")
    for move in report.moves:
        shown.add_row(move.student, move.item, f"{move.old:g}", f"{move.new:g}", move.why)
    if report.moves:
        console.print(shown)
    people = len({move.student for move in report.moves})
    verb = "moved" if report.results else "would move"
    console.print(f"Of {count(report.students, 'trainee')}, {people or 'nobody'} {verb}.")
    for item in report.reworded:
        console.print(
            f"{item} was reworded since it was answered: check that the key fits what people saw.",
            style="yellow",
            markup=False,
        )
    if report.moves and not apply:
        console.print(
            f"Nothing is changed yet. To change it: iop-training regrade {assignment} --apply",
            markup=False,
        )


@command
def feedback(assignment: AssignmentArgument, course: CourseOption = Path()) -> None:
    """Make feedback pages and return them."""
    with loading():
        from iop_training.grading.course import CourseFolder
        from iop_training.grading.feedback import generate_feedback, return_feedback

    folder = CourseFolder.open(course)
    folder.released_notebook(assignment)
    students = folder.graded(assignment)
    with progress(f"Feedback on {assignment}", len(students)) as step:
        made = generate_feedback(course, assignment, students, step)
    failed = {student: why for student, why in made.items() if why}
    returned = return_feedback(course, assignment, [s for s in students if s not in failed])
    ways = {way: [r for r in returned if r.way == way] for way in ("exchange", "file", "none")}
    console.print(f"{len(ways['exchange'])} returned through the exchange.")
    if ways["file"]:
        console.print(
            f"{len(ways['file'])} to send yourself: {ways['file'][0].path.parent}/",  # type: ignore[union-attr]
            markup=False,
        )
    problems = failed | {r.student: r.message for r in ways["none"]}
    for student, why in problems.items():
        console.print(f"{student}: {why}", style="yellow", markup=False)
    raise typer.Exit(ATTENTION if problems else 0)
