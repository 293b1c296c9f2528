"""The command for what the course covers of the competencies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_training.cli.common import CourseOption, command, console, table
from iop_training.errors import ContentError

if TYPE_CHECKING:
    from iop_training.content.coverage import Covered


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Authors")(coverage)


@command
def coverage(
    module: Annotated[
        str, typer.Option(help="Only what this module names, and what it does for it: m07.")
    ] = "",
    missing: Annotated[
        bool,
        typer.Option(
            "--missing", help="Only competencies that are not taught, practised or graded yet."
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "--html",
            help="Draw it into this file: a page, or the picture alone where the name ends in "
            ".svg.",
        ),
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Show where each competency is taught, practised and graded, and which are not yet."""
    from iop_training.content.coverage import read_coverage
    from iop_training.figures.coverage import coverage_page, coverage_sentence, coverage_svg

    covered = read_coverage(course, module)
    shown = [c for c in covered if c.lacks] if missing else covered
    _show(shown)
    console.print(coverage_sentence(covered))
    if output:
        title = f"What {module or 'the course'} covers"
        is_picture = output.suffix == ".svg"
        text = coverage_svg(covered) if is_picture else coverage_page(covered, title)
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ContentError([f"{output} can't be written ({error.strerror})."]) from error
        console.print(f"{output} is written.")


def _show(covered: Sequence[Covered]) -> None:
    """A line a competency; numbers are items."""
    from iop_training.model import EVIDENCE

    columns = ("Competency", "What it is", "Taught in", ">Practised", ">Graded", "By", "Not yet")
    shown = table("", *columns)
    shown.columns[1].min_width = 28
    for c in covered:
        evidence = [f"{c.evidence[kind]} {kind}" for kind in EVIDENCE if kind in c.evidence]
        sessions = f" ({c.sessions} in session)" if c.sessions else ""
        shown.add_row(
            c.id,
            c.words,
            " ".join(c.taught),
            f"{len(c.practised) or ''}{sessions}",
            str(len(c.graded) or ""),
            ", ".join(evidence),
            ", ".join(c.lacks),
        )
    console.print(shown)
