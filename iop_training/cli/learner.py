"""Commands for learners: lab, and the kit a program hands out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from iop_training.cli.common import CourseOption, command, console, waiting
from iop_training.errors import WorkspaceError

PortOption = Annotated[
    int | None, typer.Option(help="Port on this machine; the folder's own if left out.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Don't open a browser window.")]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Learners")(lab)
    app.command(rich_help_panel="Programs")(kit)


@command
def lab(
    course: CourseOption = Path(),
    workspace: Annotated[
        Path | None,
        typer.Option(
            help="The learner's folder; made on the first start, never overwritten later.",
            show_default="workspace in the course folder",
        ),
    ] = None,
    port: PortOption = None,
    no_browser: NoBrowser = False,
) -> None:
    """Start the course as a learner."""
    from iop_training.lab.server import run_lab

    is_course = (course / "nbgrader_config.py").is_file()
    if workspace is None and not is_course:
        raise WorkspaceError(
            f"{course.resolve()} is not the course's own folder, and no --workspace is named. Run "
            "this in the folder of the course, or name one of the two: iop-training lab --help"
        )
    workspace = workspace or course / "workspace"
    if is_course:
        _prepare(course, workspace)
    raise typer.Exit(run_lab(workspace, port, no_browser, typer.echo))


def _prepare(course: Path, workspace: Path) -> None:
    from iop_training.lab.workspace import make_workspace

    # nbgrader's exchange needs Linux or macOS; elsewhere people hand in by zip.
    exchange = None if sys.platform == "win32" else course.resolve() / "exchange"
    with waiting("Preparing your course folder ..."):
        report = make_workspace(course, workspace, exchange=exchange)
    for change in report.lines():
        console.print(change, markup=False)
    if exchange and (report.added or report.refreshed):
        from iop_training.grading.exchange import ensure_exchange

        with waiting("Preparing the way to hand in (once) ..."):
            ensure_exchange(course)


@command
def kit(
    target: Annotated[Path, typer.Argument(help="Folder to make; it must not exist yet.")],
    course: CourseOption = Path(),
) -> None:
    """Write the folder that assessed trainees get: program, lessons, assignments, no keys."""
    from iop_training.lab.kit import build_kit

    with waiting("Building the kit ..."):
        build_kit(course, target)
    console.print(
        f"{target} is ready: give the whole folder to your trainees. "
        "README.txt in it tells them how to start. It holds no keys.",
        markup=False,
    )
