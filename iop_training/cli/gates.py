"""The safety domains: where trainees stand, and what the course's questions can tell."""

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
from iop_training.content.catalog import Catalog
from iop_training.rendering.gates import DOMAINS, alarm, asked, gate_words
from iop_training.scoring.gate_odds import COMPETENT, Moment, Outlook, outlooks
from iop_training.scoring.gates import HARD_ONES, KINDS, OBSERVATIONS

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


def show_outlooks(catalog: Catalog) -> None:
    """What the course's questions can tell about each domain, how likely people meet it, and the
    talks that this takes. Fits 80 columns."""
    careful, _ = (f"{right:.0%}" for right in COMPETENT)
    shown = table(
        "Safety domains: graded questions asked, and how likely somebody meets the gate",
        "Domain",
        ">Asked",
        ">Kinds",
        ">Hard",
        ">Guesser",
        f">Week 1\n{careful}",
        *(f">End\n{right:.0%}" for right in COMPETENT),
        f">Talks\n{careful}",
    )
    found = outlooks(catalog.items.values())
    for outlook in found:
        shown.add_row(*_outlook_row(outlook))
    console.print(shown)
    console.print(
        "Week 1: after the first week alone. End: after all assignments; harm that later answers "
        f"close is closed. {' or '.join(f'{right:.0%}' for right in COMPETENT)}: of the answers "
        "right. Guesser: at the likelier moment. Talks: assignments with a serious harm, on "
        "average.",
        markup=False,
    )
    lacking = [DOMAINS[o.domain].lower() for o in found if o.course.missing and o.domain in DOMAINS]
    if lacking:
        console.print(
            f"Too few questions to judge by yet: {', '.join(lacking)}. It takes {OBSERVATIONS}, of "
            f"{KINDS} kinds, {HARD_ONES} of them hard to guess.",
            markup=False,
        )


def _outlook_row(outlook: Outlook) -> list[str]:
    first, course = outlook.first_week, outlook.course
    return [
        DOMAINS.get(outlook.domain, "All together"),
        str(course.observations),
        str(len(course.kinds)),
        str(course.hard),
        _odds(course, max(first.guesser, course.guesser)),
        _odds(first, first.competent[0]),
        *(_odds(course, likely) for likely in course.competent),
        f"{outlook.talks:.1f}" if course.observations else "–",
    ]


def _odds(moment: Moment, likely: float) -> str:
    """In whole percent; a dash where there is too little to judge by."""
    if moment.missing or not moment.observations:
        return "–"
    # A simulated guess model may not have met what is rare, so nothing is impossible or certain.
    if likely < 0.01:
        return "<1%"
    return ">99%" if likely > 0.99 else f"{likely:.0%}"
