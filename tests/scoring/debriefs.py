"""What holds of the debrief of every run, whatever the case and the lines."""

from __future__ import annotations

from itertools import pairwise

from iop_training.model.case import Case
from iop_training.scoring.cases import score_case
from iop_training.scoring.coach import coach, coach_on_request
from iop_training.scoring.debrief_parts import Debrief
from iop_training.simulation import Session
from iop_training.simulation.outlook import Outlook


def ended(case: Case, outlook: Outlook, seed: str, numbers: list[int]) -> Session:
    """A run to an ending by the numbers of its lines as shown, the first ones when they are used
    up; every turn is heard by the coach on the way."""
    session, left = Session.start(outlook.graph.script, seed), [*numbers]
    while not session.ended:
        offered = session.offered
        session = session.choose(offered[(left.pop() if left else 0) % len(offered)].id)
        said = coach(case, session, len(left))
        assert said is None or said.turn == len(session.chosen)
        assert coach_on_request(case, session) is not None
    return session


def holds(case: Case, session: Session, found: Debrief) -> None:
    """All that must be true of a debrief."""
    assert Debrief.model_validate_json(found.model_dump_json()) == found
    score = score_case(case, session.to_list())
    assert score.points is not None
    assert abs(found.points - score.points) < 1e-9
    assert found.points <= found.best + 1e-9 <= found.max_points + 2e-9
    reached = [found.best, *(turn.best_after for turn in found.turns)]
    assert all(later <= before + 1e-9 for before, later in pairwise(reached))
    if found.lost_at is None:
        assert found.points >= found.best - 1e-9
    else:
        assert reached[found.lost_at - 1] >= found.best - 1e-9 > reached[found.lost_at]
    assert [turn.line.id for turn in found.turns] == list(session.chosen)
    assert all(len(curve.values) == len(found.turns) + 1 for curve in found.curves)
    assert 1 <= len(found.turning_points) <= 3
    for point in found.turning_points:
        turn = found.turns[point.turn - 1]
        chosen = next(line for line in point.lines if line.id == turn.line.id)
        assert abs(point.lost - (reached[point.turn - 1] - turn.best_after)) < 1e-9
        assert (point.reason == "harm") == (chosen.harm != "none")
        assert point.better in ("", *(line.text for line in point.lines if line is not chosen))
        assert point.reason != "outcome" or point.better
        assert all(line.answer for line in point.lines)
    if any(turn.line.harm != "none" for turn in found.turns):
        assert found.turning_points[0].reason == "harm"
    elif found.lost_at:
        assert found.turning_points[0].reason == "outcome"
    for moment in {one.moment for one in found.practice}:
        harder = [one.harder for one in found.practice if one.moment == moment]
        assert harder == sorted(harder)
    assert 2 <= len(found.goals) <= 3
    assert len({goal.code for goal in found.goals}) == len(found.goals)
