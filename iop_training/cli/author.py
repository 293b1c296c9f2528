"""Commands for authors: check and release."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_training.cli.common import ATTENTION, CourseOption, command, console, waiting


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Authors")(check)
    app.command(rich_help_panel="Authors")(release)
    app.command(rich_help_panel="Authors")(schema)


@command
def check(
    course: CourseOption = Path(),
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Only content and notebooks; leave out the proofs of cases, releases and the "
            "search for keys.",
        ),
    ] = False,
    items: Annotated[
        bool,
        typer.Option(
            "--items",
            help="Also list what blind strategies earn, and random guessing on each item.",
        ),
    ] = False,
) -> None:
    """Check content, cases, notebooks and releases; every fault by file, line and remedy."""
    from iop_training.cli.checking import check_and_show

    raise typer.Exit(0 if check_and_show(course, quick, items) else ATTENTION)


@command
def release(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Assignments such as m01; all of them if left out.")
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Renew release/ from source/ and data/, and put it into the exchange."""
    from iop_training.grading import release as releasing
    from iop_training.grading.exchange import ensure_exchange

    for assignment in assignments or releasing.assignments(course):
        with waiting(f"Releasing {assignment} ..."):
            report = releasing.release(course, assignment)
        state = "renewed" if report.changed else "already as it should be"
        console.print(f"release/{assignment} is {state} (release {report.release[:12]}).")
        if report.changed and report.submitted:
            console.print(
                f"{len(report.submitted)} trainees answered an earlier release; they "
                f"keep its key. To apply a corrected key: iop-training regrade "
                f"{assignment}",
                style="yellow",
                markup=False,
            )
    if (course / "exchange").is_dir():
        ensure_exchange(course)


@command
def schema(course: CourseOption = Path()) -> None:
    """Write JSON Schemas for editors into data/schema/."""
    from iop_training.content.schema import write_schemas

    for path in write_schemas(course):
        console.print(f"{path} is written.", markup=False)
