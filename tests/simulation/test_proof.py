"""Proofs: a sound case has no finding, and each thing that is unsound is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from simulation.cases import (
    any_case,
    case_from,
    ending,
    example,
    example_data,
    large,
    moment,
    move,
    small,
)

from iop_training.model.case import Case
from iop_training.simulation import Session
from iop_training.simulation.graph import explore
from iop_training.simulation.outlook import Outlook
from iop_training.simulation.proof import Proof, prove
from iop_training.simulation.script import Script
from iop_training.simulation.tally import Tally, judged_lines, tally


def errors(proof: Proof) -> list[str]:
    """The findings that stop a release."""
    return [finding.message for finding in proof.findings if finding.level == "error"]


def test_is_the_example_sound() -> None:
    proof = prove(example())
    assert proof.findings == ()
    assert (proof.low, proof.high, proof.longest) == (0, 20, 7)
    assert proof.states == 103
    assert {p.name for p in proof.played} >= {"the longest", "only reflections", "at random"}


def every_run(case: Case) -> Iterator[Session]:
    """All runs, by plain enumeration."""
    waiting = [Session.start(Script(case))]
    while waiting:
        session = waiting.pop()
        if session.ended:
            yield session
        waiting += [session.choose(m.id) for m in session.offered]


def points(case: Case, session: Session) -> float:
    """What a whole run earns."""
    return tally(case, session).points(case, case.endings[~session.spot.at].score)


def test_are_the_bounds_those_of_all_runs_of_the_example() -> None:
    case, proof = example(), prove(example())
    runs = list(every_run(case))
    earned = [points(case, run) for run in runs]
    assert proof.low == pytest.approx(min(earned))
    assert proof.high == pytest.approx(max(earned))
    assert proof.longest == max(len(run.chosen) for run in runs)


@given(any_case())
def test_are_bounds_exact_at_every_spot_of_any_case(case: Case) -> None:
    graph = explore(case)
    outlook, lines = Outlook(graph), judged_lines(case)
    best: dict[tuple[str, ...], list[float]] = {}
    for run in every_run(case):
        for turn in range(len(run.chosen) + 1):
            best.setdefault(run.chosen[:turn], []).append(points(case, run))
    for chosen, earned in best.items():
        session, so_far = Session.start(graph.script), Tally()
        for line in chosen:
            assert session.moment is not None
            so_far = so_far.add(*lines[session.moment.id, line])
            session = session.choose(line)
        assert outlook.highest(session.spot, so_far) == pytest.approx(max(earned))
        assert outlook.lowest(session.spot, so_far) == pytest.approx(min(earned))


@pytest.mark.parametrize("best", [True, False])
def test_does_the_best_run_earn_the_most_and_the_worst_the_fewest(best: bool) -> None:
    case = example()
    graph = explore(case)
    session = Session.start(graph.script)
    for _, line in Outlook(graph).run(best):
        session = session.choose(line.id)
    assert session.ended
    assert points(case, session) == pytest.approx(20 if best else 0)


def two(*moves: dict[str, Any], **more: Any) -> Case:
    """A case of one moment with these lines and another after it."""
    return small([moment("one", list(moves)), moment("two", [move("go"), move("no", 0)])], **more)


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (
            small([moment("one", [move("a", when="told"), move("b", 0, when="told")])]),
            "one: no line is on offer after the start",
        ),
        (
            small([moment("one", [move("a")]), moment("two", [move("go")], when="told")]),
            "no run ever comes to two",
        ),
        (two(move("a"), move("b", 0, when="told")), "the line b is never on offer"),
        (
            two(move("a"), endings=[ending("gone", when="told"), ending("over")]),
            "no run ever ends with gone",
        ),
        (two(move("a"), move("b", 0, next="one")), "come back to one with nothing changed"),
        (
            small([moment(f"m{n}", [move("a"), move("b", 0)]) for n in range(4)], turn_limit=3),
            "is 3, and a run can have 4 turns",
        ),
        (
            two(
                move("a", effects={"trust": "+2"}),
                move("b", 0, effects={"trust": "-3"}),
                state=[
                    {"id": "trust", "high": 4, "start": 2, "meaning": "T", "clamped": False},
                ],
            ),
            "one/b pushes trust out of 0 to 4 after the start",
        ),
        (
            small(
                [
                    moment("one", [move("a"), move("b", 0)], decision="what"),
                    moment("two", [move("a"), move("b", 0)], decision="what"),
                ],
                decisions=[{"id": "what", "text": "What"}],
                scoring={"process": 0, "decisions": 6, "ending": 3, "pass_mark": 8},
            ),
            "can meet the decision what twice",
        ),
        (
            two(
                move("a", observes=[{"id": "seen", "right": False}]),
                move("b", 0),
                observations=[{"id": "seen", "domain": "suicide", "text": "Asks"}],
            ),
            "seen can't be right in any run",
        ),
        (
            two(
                move("a", observes=[{"id": "seen", "right": True}]),
                move("b", 0, observes=[{"id": "seen", "right": True}]),
                observations=[{"id": "seen", "domain": "suicide", "text": "Asks"}],
            ),
            "seen can't be missed",
        ),
        (
            two(move("a", 1), move("b", 0), endings=[ending("over", 0)]),
            "the best run earns 5.3; nobody can pass",
        ),
        (
            two(
                move("a"),
                move("b", 0),
                scoring={"process": 8, "decisions": 0, "ending": 4, "pass_mark": 4},
            ),
            "is passed by the worst run",
        ),
        (
            two(move("a", text="A very long line that is the best of all"), move("b", 0)),
            "choosing the longest passes",
        ),
        (
            small([moment("one", [move("a", text="The longest of both"), move("b", 0)])]),
            "the best line is the longest in 100% of the moments (one)",
        ),
    ],
)
def test_is_what_is_unsound_found(case: Case, says: str) -> None:
    assert any(says in message for message in errors(prove(case)))


def test_is_a_case_with_too_many_states_refused_and_not_waited_for() -> None:
    proof = prove(large(), most=500)
    assert "more than 500 states" in errors(proof)[0]
    assert proof.longest is None


def test_is_what_is_never_said_a_warning() -> None:
    data = example_data()
    data["moments"][0]["says"].insert(0, {"when": "alliance == 0", "text": "Never"})
    found = prove(case_from(data)).findings
    assert [f.level for f in found] == ["warning"]
    assert "this is never said; 'alliance == 0' holds for nobody here" in found[0].message
    assert found[0].path == ("moments", 0, "says", 0)
