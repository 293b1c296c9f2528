"""What the commands share: the course folder, errors as sentences, progress and tables."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from iop_training.errors import CourseError

P = ParamSpec("P")
R = TypeVar("R")

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

CourseOption = Annotated[
    Path,
    typer.Option(
        "--course", help="The course folder, the one with nbgrader_config.py.", show_default="here"
    ),
]
AssignmentArgument = Annotated[str, typer.Argument(help="The assignment, such as m01.")]

DONE, ATTENTION, IMPOSSIBLE = 0, 1, 2


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Print a CourseError as its sentence and leave with code 2; no traceback for users."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except CourseError as error:
            errors.print(str(error), style="red", markup=False)
            raise typer.Exit(IMPOSSIBLE) from None

    return wrapped


@contextmanager
def loading() -> Iterator[None]:
    """For what a command imports: all of it stays to the end, so the garbage collector is not to
    look through it again and again, which takes longer than a hundred feedback pages."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[..., None]]:
    """A progress bar; call what is given once for each thing done."""
    with _bar() as bar:
        task = bar.add_task(label, total=total)

        def step(*_: Any) -> None:
            bar.advance(task)

        yield step


@contextmanager
def patience(label: str, seconds: float = 2.0) -> Iterator[Callable[[int, int], None]]:
    """A progress bar that appears only when it takes longer than ``seconds``; tell what is given
    how many things are done, of how many that are known so far."""
    bar = _bar()
    task = bar.add_task(label, total=None)
    begun = monotonic()

    def tell(done: int, known: int) -> None:
        bar.update(task, completed=done, total=known)
        if not bar.live.is_started and monotonic() - begun > seconds:
            bar.start()

    try:
        yield tell
    finally:
        bar.stop()


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
    )


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """Something that takes a few seconds and can't be counted."""
    with errors.status(label):
        yield


def count(number: int, noun: str) -> str:
    """Such as "1 error" or "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class PlainTable(Table):
    """A table whose cells are text, whatever they hold: ids and flags quote what trainees wrote,
    and "[/b]" in one would end the command with an error."""

    def add_row(self, *cells: RenderableType | None, **more: Any) -> None:
        """Like Table's, with brackets that mean brackets."""
        super().add_row(*(Text(c) if isinstance(c, str) else c for c in cells), **more)


def table(title: str, *columns: str) -> PlainTable:
    """A table whose number columns (marked with a leading ``>``) stand right."""
    result = PlainTable(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        result.add_column(column.lstrip(">"), justify="right" if column[0] == ">" else "left")
    return result
