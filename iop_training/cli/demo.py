"""demo: the main job from end to end, with simulated trainees."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Annotated

import typer

from iop_training.cli.common import (
    ATTENTION,
    CourseOption,
    command,
    console,
    count,
    progress,
    waiting,
)
from iop_training.cli.grading import show_results


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Programs")(demo)


@command
def demo(
    target: Annotated[Path, typer.Argument(help="Folder to make; it must not exist yet.")],
    trainees: Annotated[int, typer.Option(min=1, max=5000, help="How many.")] = 30,
    seed: Annotated[int, typer.Option(help="The same number gives the same trainees.")] = 1,
    assignment: Annotated[str, typer.Option(help="The assignment they hand in.")] = "m01",
    no_grade: Annotated[bool, typer.Option("--no-grade", help="Stop after collecting.")] = False,
    course: CourseOption = Path(),
) -> None:
    """Make a course folder with simulated trainees, grade it, make feedback, sum up."""
    from iop_training.grading.cohort import copy_course, simulate
    from iop_training.grading.feedback import generate_feedback
    from iop_training.grading.grade import grade

    began = time.monotonic()
    with waiting("Copying the course ..."):
        copy_course(course, target)
    with progress("Answering and handing in", trainees) as step:
        cohort = simulate(target, assignment, trainees, seed, step)
    if no_grade:
        console.print(
            f"{count(trainees, 'submission')} of {assignment} collected in {target}. Next: "
            f"iop-training grade {assignment} --course {target}",
            markup=False,
        )
        return
    with progress(f"Grading {assignment}", trainees) as step:
        results = grade(target, assignment, progress=step)
    with progress("Making feedback", trainees) as step:
        generate_feedback(target, assignment, [s.student for s in cohort], step)
    show_results(results, assignment)
    graded = [r.points for r in results if r.status != "failed"]
    console.print(
        f"{len(graded)} of {trainees} graded: mean {statistics.fmean(graded or [0]):.1f} of "
        f"{results[0].max_points:g} points (written answers not yet), lowest "
        f"{min(graded, default=0):g}, highest {max(graded, default=0):g}. "
        f"{time.monotonic() - began:.0f} seconds.",
        markup=False,
    )
    console.print(f"Look at it: iop-training supervise --course {target}", markup=False)
    raise typer.Exit(ATTENTION if len(graded) < trainees else 0)
