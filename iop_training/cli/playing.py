"""Playing a case in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from rich.markup import escape

from iop_training.cli.common import console, table
from iop_training.content.cases import load_case
from iop_training.errors import CaseError
from iop_training.model.case import Case
from iop_training.model.case_moments import BEST
from iop_training.scoring.cases import score_case
from iop_training.simulation.proof import prove
from iop_training.simulation.session import Session, replay
from iop_training.simulation.tally import judged_lines
from iop_training.simulation.transcript import Said, Turn, transcript_text

QUALITY = ("not yet: this can hurt or lose the client", "not yet", "does well", "fits best here")
"""How a line fits, by its quality."""
KEYS = "a number to say it, u to take the last line back, c for the coach, q to leave"


def play_case(course: Path, name: str, seed: str, coach: bool) -> None:
    """Play it until it ends or the player leaves."""
    case = load_case(course, name)
    _show_prebrief(case)
    played = _play(case, Session.start(case, seed), coach)
    if played.ended:
        _show_ending(case, played)


def show_run(course: Path, name: str, which: Literal["best", "worst"]) -> None:
    """Print a run that earns the most or the fewest points."""
    case = load_case(course, name)
    session = _run(case, which == "best")
    ending = session.ending.text if session.ending else None
    console.print(transcript_text(session.transcript, ending), end="", markup=False, soft_wrap=True)
    _show_score(case, session)


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
