"""Commands for cases: play one in the terminal, draw its map; what ``check`` shows of proofs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from iop_training.cli.common import (
    CourseOption,
    command,
    console,
    progress,
    table,
)
from iop_training.content.cases import load_case
from iop_training.content.catalog import Catalog
from iop_training.content.reviews import status_of
from iop_training.errors import CaseError
from iop_training.model.case import Case
from iop_training.model.case_moments import BEST
from iop_training.scoring.cases import score_case
from iop_training.simulation.graph import explore
from iop_training.simulation.proof import Proof, prove
from iop_training.simulation.session import Session, replay
from iop_training.simulation.tally import judged_lines
from iop_training.simulation.transcript import Said, Turn, transcript_text

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The case, such as c01.")]
QUALITY = ("not yet: this can hurt or lose the client", "not yet", "does well", "fits best here")
"""How a line fits, by its quality."""
KEYS = "a number to say it, u to take the last line back, c for the coach, q to leave"


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
    case = load_case(course, name)
    if transcript:
        session = _run(case, transcript == "best")
        ending = session.ending.text if session.ending else None
        console.print(
            transcript_text(session.transcript, ending), end="", markup=False, soft_wrap=True
        )
        _show_score(case, session)
        return
    _show_prebrief(case)
    played = _play(case, Session.start(case, seed), coach)
    if played.ended:
        _show_ending(case, played)


@command
def draw_map(
    name: CaseArgument,
    course: CourseOption = Path(),
    to: Annotated[
        Path | None, typer.Option(help="The file to write.", show_default="CASE.svg, here")
    ] = None,
) -> None:
    """Write a map of a case: every moment, every line, and where it leads. It shows all keys."""
    from iop_training.figures.case_map import case_map

    case = load_case(course, name)
    target = to or Path(f"{name}.svg")
    target.write_text(case_map(explore(case)), encoding="utf-8")
    console.print(f"Wrote {target}. Open it in a browser.", markup=False)


def prove_all(catalog: Catalog) -> list[tuple[Proof, float]]:
    """The proof of every case, with the seconds it took."""
    proofs = []
    if catalog.cases:
        with progress("Exploring cases ...", len(catalog.cases)) as step:
            for case in catalog.cases.values():
                began = time.perf_counter()
                proofs.append((prove(case), time.perf_counter() - began))
                step()
    return proofs


def show_proofs(catalog: Catalog, proofs: Sequence[tuple[Proof, float]]) -> None:
    """What can happen in each case, and what those earn who never think about the client."""
    shown = table(
        "Cases",
        "Case",
        ">States",
        ">Lines",
        ">Turns",
        ">Points",
        ">Pass",
        ">Best is longest",
        ">s",
        "Review",
    )
    for proof, seconds in proofs:
        bounds = "-" if proof.low is None else f"{proof.low:.1f} to {proof.high:.1f}"
        shown.add_row(
            proof.case.id,
            f"{proof.states:,}",
            f"{proof.lines:,}",
            "-" if proof.longest is None else str(proof.longest),
            bounds,
            str(proof.case.scoring.pass_mark),
            f"{proof.longest_best:.0%}",
            f"{seconds:.1f}",
            status_of(catalog, proof.case),
        )
    console.print(shown)
    dull = [proof for proof, _ in proofs if proof.played]
    if dull:
        names = [played.name for played in dull[0].played]
        shown = table("Mean points of dull strategies", "Always", *(f">{p.case.id}" for p in dull))
        for n, strategy in enumerate(names):
            shown.add_row(strategy, *(f"{p.played[n].mean:.1f}" for p in dull))
        shown.add_row("the best run", *(f"{p.high:.1f}" for p in dull), style="bold")
        console.print(shown)


def _run(case: Case, best: bool) -> Session:
    """A best or worst run; CaseError for a case that is too unsound to have one."""
    proof = prove(case)
    if proof.low is None:
        faults = "\n".join(f.message for f in proof.findings if f.level == "error")
        raise CaseError(f"{case.id} can't be played to its end in every way:\n{faults}")
    return replay(case, [*Session.start(case).to_list(), *(proof.best if best else proof.worst)])


def _show_prebrief(case: Case) -> None:
    brief = case.prebrief
    console.print(f"[bold]{escape(case.title)}[/bold]  ({case.id}, about {brief.minutes} minutes)")
    for text in (brief.role, brief.setting, brief.goal, brief.counts, brief.content_note):
        console.print(text, markup=False)
    for person in case.people:
        console.print(person.description, markup=False, style="dim")
    console.print(f"\nType {KEYS}.\n", style="dim")


def _play(case: Case, session: Session, coach: bool) -> Session:
    """Choose lines until an ending or until the player leaves."""
    _show_said(session.said)
    while not session.ended:
        offered = session.offered
        for number, move in enumerate(offered, start=1):
            to = f" (to {', '.join(move.to)})" if move.to else ""
            console.print(f"  {number}  {' '.join(move.text.split())}{to}", markup=False)
        if not offered:
            raise CaseError(f"{case.id}: no line is on offer here; {case.id} needs another one.")
        typed = _typed()
        if typed is None:
            console.print("Left. Nothing was kept.")
            break
        if typed == "c":
            coach = not coach
            console.print(f"The coach is {'on' if coach else 'off'}.", style="dim")
        elif typed == "u" and session.chosen:
            session = session.back_to(len(session.chosen))
            console.print("Taken back.", style="dim")
            _show_said(session.said)
        elif typed.isdecimal() and 1 <= int(typed) <= len(offered):
            session = session.choose(offered[int(typed) - 1].id)
            _show_turn(case, session.transcript[-1], coach)
            _show_said(session.said)
        else:
            console.print(f"Type {KEYS}.", style="yellow")
    return session


def _typed() -> str | None:
    """What was typed; None to leave, also by Ctrl-C and Ctrl-D."""
    try:
        typed = console.input("> ").strip().lower()
    except (EOFError, KeyboardInterrupt):
        return None
    return None if typed == "q" else typed


def _show_said(said: Sequence[Said]) -> None:
    for one in said:
        shows = f"  [italic dim]{escape(one.shows)}[/]" if one.shows else ""
        console.print(f"[bold cyan]{escape(one.name)}[/]: {escape(one.text)}{shows}")


def _show_turn(case: Case, turn: Turn, coach: bool) -> None:
    console.print(f"[bold]You[/]: {escape(turn.text)}")
    if coach:
        _, move = judged_lines(case)[turn.moment, turn.move]
        console.print(
            f"     {', '.join(move.codes).replace('_', ' ')}: {QUALITY[move.quality]}. {move.why}",
            style="dim",
            markup=False,
        )
        if move.better and move.quality < BEST:
            console.print(f"     Try: {move.better}", style="dim", markup=False)
        changed = [f"{k} {v}" for k, v in turn.after.items() if v != turn.before[k]]
        console.print(f"     {', '.join(changed) or 'nothing changes'}", style="dim", markup=False)
    _show_said(turn.reply)


def _show_ending(case: Case, session: Session) -> None:
    ending = case.endings[~session.spot.at]
    console.print(f"\n{ending.text}", markup=False)
    console.print(ending.view, style="italic", markup=False)
    _show_score(case, session)


def _show_score(case: Case, session: Session) -> None:
    score = score_case(case, session.to_list(), script=session.script)
    shown = table("", "Part", ">Points", ">Of")
    for part in score.parts:
        shown.add_row(part.name, f"{part.points:.1f}", f"{part.max_points:g}")
    shown.add_row("together", f"{score.points or 0:.1f}", f"{score.max_points:g}")
    console.print(shown)
    for harm in score.harms:
        console.print(f"Turn {harm.turn}, {harm.harm} harm: {harm.reason}", markup=False)
    for seen in score.observations:
        verdict = "right" if seen.right else "not yet"
        console.print(f"{seen.domain}: {seen.question}: {verdict}", markup=False)
    passed = "passed" if score.passed else "not yet passed"
    console.print(f"Ending: {score.ending}. {passed.capitalize()} (mark {score.pass_mark:g}).")
