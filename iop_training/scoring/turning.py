"""Which turns of a run mattered, and which variants of a moment to practise."""

from __future__ import annotations

from collections.abc import Sequence

from iop_training.model.case import Case
from iop_training.model.case_moments import Drill
from iop_training.model.order import display_order
from iop_training.scoring.coded import best_after, judged, on_offer
from iop_training.scoring.debrief_parts import Heard, Practice, TurningPoint
from iop_training.simulation.outlook import Outlook
from iop_training.simulation.tally import Taken

MOST = 3
"""How many turning points a debrief has."""
LEAST = 0.05
"""The share of a case's points that a turn must have lost to be one; below it only the costliest
turn of the run is one, so that many small losses are not passed
over."""
_HARMS = ("serious", "minor", "none")
_NOTHING = 1e-9


def turning_points(case: Case, turns: Sequence[Taken], outlook: Outlook) -> list[TurningPoint]:
    """At most three, the most important first: turns with harm, serious before minor; then by the
    points that could be reached before them and not after. Of a run that lost nothing, the one
    turn that carried most."""
    losses = {turn.number: _lost(turn, outlook) for turn in turns}
    least = LEAST * case.scoring.total
    important = [t for t in turns if t.move.harm != "none" or losses[t.number] >= least]
    if not important:
        costliest = max(turns, key=lambda t: (losses[t.number], -t.number))
        important = [costliest] if losses[costliest.number] > _NOTHING else []
    if not important:
        return [_strength(case, turns, outlook)]
    important.sort(key=lambda t: (_HARMS.index(t.move.harm), -losses[t.number], t.number))
    return [_point(case, turn, losses[turn.number], outlook) for turn in important[:MOST]]


def practice(case: Case, turns: Sequence[Taken], points: Sequence[TurningPoint]) -> list[Practice]:
    """Drills of the turning points' moments, in their order; where there are none, of the moment
    met in the run whose line was furthest from the best; else of the first moment that has any.
    Of each moment its variants come first, then the harder one."""
    drilled = list(dict.fromkeys(drill.moment for drill in case.drills))
    moments = [m for m in dict.fromkeys(p.moment for p in points) if m in drilled]
    if not moments:
        met = [turn for turn in turns if turn.moment.id in drilled]
        lowest = min(met, key=lambda turn: turn.move.quality, default=None)
        moments = [lowest.moment.id] if lowest else drilled[:1]
    seed = turns[0].before.seed if turns else ""
    return [
        _practice(case, drill, seed)
        for moment in moments
        for harder in (False, True)
        for drill in case.drills
        if drill.moment == moment and drill.harder == harder
    ]


def _lost(turn: Taken, outlook: Outlook) -> float:
    before = best_after(turn.before, turn.so_far, outlook)
    return max(0.0, before - best_after(turn.after, turn.tally, outlook))


def _reachable(turn: Taken, outlook: Outlook) -> dict[str, float]:
    """The most points after each line that was on offer, by its id."""
    return {
        move.id: best_after(
            turn.before.choose(move.id), turn.so_far.add(turn.moment, move), outlook
        )
        for move in turn.offered
    }


def _carried(turn: Taken, outlook: Outlook) -> float:
    """How many points the other lines would have cost, on average."""
    reachable = _reachable(turn, outlook)
    kept = reachable.pop(turn.move.id)
    return sum(kept - other for other in reachable.values()) / max(1, len(reachable))


def _strength(case: Case, turns: Sequence[Taken], outlook: Outlook) -> TurningPoint:
    carried = {turn.number: _carried(turn, outlook) for turn in turns}
    turn = max(turns, key=lambda t: (round(carried[t.number], 6), -t.number))
    lines = on_offer(case, turn)
    return TurningPoint(turn=turn.number, moment=turn.moment.id, reason="strength", lines=lines)


def _point(case: Case, turn: Taken, lost: float, outlook: Outlook) -> TurningPoint:
    lines, reachable = on_offer(case, turn), _reachable(turn, outlook)
    best = max(
        lines, key=lambda line: (line.harm == "none", round(reachable[line.id], 6), line.quality)
    )
    return TurningPoint(
        turn=turn.number,
        moment=turn.moment.id,
        reason="outcome" if turn.move.harm == "none" else "harm",
        lost=lost,
        better=best.text if best.id != turn.move.id else "",
        lines=lines,
    )


def _practice(case: Case, drill: Drill, seed: str) -> Practice:
    people = {person.id: person.name for person in case.people}
    name = people[drill.by or case.people[0].id]
    lines = {
        move.id: judged(case, move, [Heard(name=name, text=move.reply)]) for move in drill.moves
    }
    shown = display_order(seed, f"{case.id}.{drill.id}", lines)
    return Practice(
        id=drill.id,
        moment=drill.moment,
        harder=drill.harder,
        name=name,
        says=drill.says,
        lines=tuple(lines[line] for line in shown),
    )
