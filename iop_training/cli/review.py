"""The command for reviewing content: packet, marks, sign-off sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_training.cli.common import ATTENTION, CourseOption, command, console, count
from iop_training.errors import ContentError

if TYPE_CHECKING:
    from iop_training.signoff.review import Outcome


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Authors")(review)


@command
def review(
    module: Annotated[str, typer.Argument(help="The module, or a case: m01, c01.")],
    items: Annotated[str, typer.Option(help="Only these questions, such as m01-q01,m01-q02.")] = "",
    mark: Annotated[
        str,
        typer.Option(
            help="Write source-checked (or draft) into the review of the questions named with "
            "--items, for the text they have now. Without --items: of those that say it already "
            "and don't say yet for which text."
        ),
    ] = "",
    read: Annotated[
        Path | None, typer.Option(help="Read a sign-off sheet back that somebody filled in.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="Folder for the packet.", show_default="review in the course folder"),
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Print a module for a clinician to sign, mark what was checked, read signatures back."""
    from iop_training.signoff import review as reviewing

    today = dt.date.today()
    ids = [part for part in items.replace(",", " ").split() if part]
    if sum(map(bool, (mark, read, to))) > 1:
        raise ContentError(["Use one of --mark, --read and --to at a time."])
    if mark:
        if mark not in ("source-checked", "draft"):
            raise ContentError(
                [
                    f"--mark is {mark!r}; it is source-checked or draft. Only a sign-off sheet "
                    f"makes signed: iop-training review {module}"
                ]
            )
        _tell(reviewing.mark(course, module, mark, ids, today), mark)  # type: ignore[arg-type]
    elif read:
        _tell(reviewing.take_sheet(course, module, read, today), "signed")
    else:
        folder = to or course / reviewing.FOLDER
        packet = reviewing.make_packet(course, module, ids, folder, today)
        console.print(f"To print: {packet.page}", markup=False, soft_wrap=True)
        console.print(
            f"To type the result into: {packet.sheet}"
            + (" (somebody typed in it, so it was left as it is)" if packet.kept else ""),
            markup=False,
        )
        console.print("Both hold keys or belong to them: keep them from trainees.")


def _tell(outcome: Outcome, status: str) -> None:
    for fault in outcome.comments:
        console.print(str(fault).replace(": note: ", ": change: ", 1), markup=False, soft_wrap=True)
    for sentence in outcome.refused:
        console.print(sentence, style="yellow", markup=False, soft_wrap=True)
    if outcome.done:
        console.print(
            f"{count(len(outcome.done), 'question')} marked {status}: {', '.join(outcome.done)}.",
            markup=False,
        )
    else:
        console.print(f"No question was newly marked {status}.")
    if outcome.already:
        console.print(f"{count(len(outcome.already), 'question')} had that mark already.")
    if outcome.comments:
        console.print(f"{count(len(outcome.comments), 'question')} to change, listed above.")
    if outcome.refused or outcome.comments:
        raise typer.Exit(ATTENTION)
