"""The command for where trainees stand in the safety domains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_training.cli.common import (
    ATTENTION,
    IMPOSSIBLE,
    CourseOption,
    command,
    console,
    count,
    table,
    waiting,
)
from iop_training.rendering.gates import DOMAINS, alarm, asked, gate_words

if TYPE_CHECKING:
    from iop_training.grading.gates import TraineeGates
    from iop_training.scoring.gates import Gate, Observation


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command(rich_help_panel="Supervisors")(gates)


@command
def gates(
    student: Annotated[
        list[str] | None,
        typer.Option("--student", help="Only this trainee, with every observation quoted."),
    ] = None,
    course: CourseOption = Path(),
) -> None:
    """Show where trainees stand in the safety domains, over all graded assignments."""
    from iop_training.grading.gates import trainee_gates

    with waiting("Reading reports ..."):
        found = trainee_gates(course, student or ())
    for name in sorted({*(student or ())} - {trainee.student for trainee in found}):
        console.print(f"Nothing of {name} is graded yet.", style="yellow", markup=False)
    if not found:
        if not student:
            console.print("Nothing is graded yet. First: iop-training grade <assignment>")
        raise typer.Exit(IMPOSSIBLE if student else 0)
    _show_states(found)
    for trainee in found:
        if student:
            _show_observations(trainee)
        _show_alarms(trainee)
    raise typer.Exit(ATTENTION if any(t.urgency > 1 for t in found) else 0)


def _show_states(found: list[TraineeGates]) -> None:
    """A line a trainee; only domains that somebody was asked about."""
    seen = {gate.domain for trainee in found for gate in trainee.gates}
    domains = [domain for domain in DOMAINS if domain in seen]
    shown = table("", "Trainee", "From", *(DOMAINS[domain] for domain in domains))
    for trainee in found:
        states = {gate.domain: gate_words(gate) for gate in trainee.gates}
        shown.add_row(
            trainee.student,
            " ".join(trainee.assignments),
            *(states.get(domain, "no observation") for domain in domains),
        )
    console.print(shown)


def _show_observations(trainee: TraineeGates) -> None:
    for gate in trainee.gates:
        console.print(f"\n{DOMAINS[gate.domain]}: {gate_words(gate)}", style="bold", markup=False)
        console.print(_figures(gate), markup=False)
        for seen in gate.observations:
            console.print(_quoted(seen), markup=False)


def _show_alarms(trainee: TraineeGates) -> None:
    for gate in trainee.gates:
        if gate.talk_first:
            console.print(
                f"\n{trainee.student}, {DOMAINS[gate.domain].lower()}: {alarm(gate)}",
                style="yellow",
                markup=False,
            )
            for seen in gate.serious:
                console.print(_quoted(seen), markup=False)


def _figures(gate: Gate) -> str:
    figures = f"{gate.right} of {count(len(gate.observations), 'observation')} right"
    if gate.missing:
        return f"{figures}. Before it can be judged: {', '.join(gate.missing)}."
    return f"{figures}; {gate.needed} needed."


def _quoted(seen: Observation) -> str:
    before = " in an earlier hand-in" if seen.earlier else ""
    verb = "said" if seen.within else "answered"
    answer = f"{verb}{before} “{seen.answer}”" if seen.answer else "no answer"
    verdict = "right" if seen.right else "not yet"
    harm = "".join(f"\n    {seen.harm} harm: {reason}" for reason in seen.harm_reasons)
    where = f"{seen.within}, {seen.item}" if seen.within else seen.item
    return f"  {where} “{asked(seen)}”\n    {answer}: {verdict}{harm}"
