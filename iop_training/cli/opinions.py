"""What trainees say about the lessons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_training.cli.common import CourseOption, command, console, table
from iop_training.model.opinion import QUESTIONS

if TYPE_CHECKING:
    from iop_training.rendering.opinions import Opinions


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Supervisors")(opinions)


@command
def opinions(
    modules: Annotated[
        list[str] | None, typer.Argument(help="The modules, such as m01; all when left out.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Also write a page to read and to print.")
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Show what trainees say about the lessons, from what they handed in."""
    from iop_training.grading.opinions import course_opinions

    found = course_opinions(course, modules or ())
    if not found:
        console.print("Nothing was handed in yet, so nobody has said anything.")
        return
    for one in found:
        _show(one)
    if html:
        _write_page(html, found)
        console.print(f"{html} is written.", markup=False)


def _show(found: Opinions) -> None:
    title = f"\n{found.module}: {found.answered} of {found.handed_in} said something"
    console.print(title, style="bold", markup=False)
    shown = table("", "Question", "Answers")
    for name, answers in found.counts.items():
        shown.add_row(QUESTIONS[name].short, "  ".join(f"{n} {words}" for words, n in answers))
    console.print(shown)
    if found.texts:
        console.print(QUESTIONS["change"].text, style="bold", markup=False)
    for who, text in found.texts:
        console.print(f"  {who}: {' '.join(text.split())}", markup=False)
    for who, item, text in found.objections:
        console.print(f"  {who}, off with {item}: {' '.join(text.split())}", markup=False)


def _write_page(path: Path, found: list[Opinions]) -> None:
    from iop_training.rendering.html import Html, tag
    from iop_training.rendering.opinions import opinions_html
    from iop_training.rendering.page import style_tag

    head = [Html('<meta charset="utf-8">'), tag("title", "What trainees say"), style_tag()]
    cards = tag("body", [opinions_html(one) for one in found])
    page = tag("html", [tag("head", head), cards], lang="en")
    path.write_text(f"<!DOCTYPE html>\n{page}\n", encoding="utf-8")
