"""Commands for cases: play one in the terminal, draw its map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from iop_training.cli.common import CourseOption, command, console

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The case, such as c01.")]


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Authors")(play)
    app.command("map", rich_help_panel="Authors")(draw_map)


@command
def play(
    name: CaseArgument,
    course: CourseOption = Path(),
    seed: Annotated[
        str, typer.Option(help="Any text; another one shows the lines in another order.")
    ] = "author",
    coach: Annotated[
        bool, typer.Option("--coach/--no-coach", help="Say after each line how it fits and why.")
    ] = True,
    transcript: Annotated[
        Literal["best", "worst"] | None,
        typer.Option(help="Don't play; print a run that earns the most or the fewest points."),
    ] = None,
) -> None:
    """Play a case in the terminal, with its coach; nothing is kept."""
    from iop_training.cli.playing import play_case, show_run

    if transcript:
        show_run(course, name, transcript)
    else:
        play_case(course, name, seed, coach)


@command
def draw_map(
    name: CaseArgument,
    course: CourseOption = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The file to write.", show_default="CASE.svg, here")
    ] = None,
) -> None:
    """Write a map of a case: every moment, every line, and where it leads. It shows all keys."""
    from iop_training.content.cases import load_case
    from iop_training.figures.case_map import case_map
    from iop_training.simulation.graph import explore

    case = load_case(course, name)
    target = to or Path(f"{name}.svg")
    target.write_text(case_map(explore(case)), encoding="utf-8")
    console.print(f"Wrote {target}. Open it in a browser.", markup=False)
