"""The command line: ``iop-training``.

Exit codes: 0 done; 1 done, and something needs attention (faults, failed submissions);
2 could not be done, and the message says what to do.
"""

from __future__ import annotations

import typer

from iop_training import __version__
from iop_training.cli import (
    author,
    cases,
    coverage,
    demo,
    gates,
    grading,
    learner,
    opinions,
    review,
    supervisor,
)

app = typer.Typer(
    name="iop-training",
    help="Course software for counselors new to intensive outpatient programs.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"iop-training {__version__}")
        raise typer.Exit()


@app.callback()
def main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Course software for counselors new to intensive outpatient programs."""


learner.add_to(app)
supervisor.add_to(app)
grading.add_to(app)
gates.add_to(app)
opinions.add_to(app)
author.add_to(app)
cases.add_to(app)
coverage.add_to(app)
review.add_to(app)
demo.add_to(app)
