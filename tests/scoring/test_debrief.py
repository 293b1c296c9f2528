"""The debrief of runs made by hand: what mattered, why, and what to try."""

from __future__ import annotations

import pytest
from simulation.cases import case_from as read
from simulation.cases import example, example_data, moment, move, small

from iop_training.errors import CaseError
from iop_training.model.case import Case
from iop_training.model.case_answer import CaseAnswer, Run
from iop_training.scoring.case_work import judge_work, score_work
from iop_training.scoring.debrief import coded_turns, debrief, outlook_of, run_digest
from iop_training.scoring.debrief_parts import Debrief, JudgedLine
from iop_training.simulation import Session, replay

CASE = example()
OUTLOOK = outlook_of(CASE)
BEST = ["weight", "ask", "means", "together"]


def saved(*lines: str) -> list[str]:
    """A session of these lines."""
    return ["case/1", "c90", "seed", *lines]


def of(*lines: str) -> Debrief:
    """The debrief of these lines."""
    return debrief(CASE, saved(*lines), OUTLOOK)


def line_of(found: Debrief, point: int, line: str) -> JudgedLine:
    """A line that was on offer at a turning point."""
    return next(one for one in found.turning_points[point].lines if one.id == line)


def test_does_a_run_that_lost_nothing_hear_what_carried_it() -> None:
    found = of(*BEST)
    (point,) = found.turning_points
    # Any other line before he leaves costs the decision and an ending: far more than elsewhere.
    assert (point.turn, point.reason, point.lost, point.better) == (4, "strength", 0, "")
    assert (found.points, found.best, found.max_points, found.lost_at) == (20, 20, 20, None)
    assert (found.ending, found.kind, found.view_by) == ("held", "good", "Theo")
    assert found.story.startswith("You make a plan") and found.view.startswith("I said it")


def test_are_turning_points_those_after_which_least_could_be_reached() -> None:
    found = of("whatletter", "ask", "doctor", "number")
    points = [(p.turn, p.moment, p.reason, round(p.lost, 2)) for p in found.turning_points]
    # Number: two thirds of the decision (4) and the ending (6); the rest of the loss is process.
    assert points == [(4, "closing", "outcome", 10.0), (3, "how_close", "outcome", 1.78)]
    assert found.turning_points[0].better.startswith("I'd like my supervisor in here now")
    assert found.lost_at == 1
    assert [round(turn.best_after, 2) for turn in found.turns] == [19.11, 19.11, 17.33, 7.33]
    assert found.points == pytest.approx(8 * 6 / 9 + 2)


def test_comes_harm_before_points_and_serious_before_minor() -> None:
    found = of("lecture", "own", "harmless", "alone", "contract")
    assert [(p.turn, p.reason) for p in found.turning_points] == [
        (5, "harm"),
        (3, "harm"),
        (1, "harm"),
    ]
    assert line_of(found, 2, "lecture").harm_reason.startswith("Blame from a counselor")
    worst = found.turning_points[0]
    assert worst.better != line_of(found, 0, "contract").text


def test_is_the_costliest_of_small_losses_not_passed_over() -> None:
    found = of("whatletter", "ask", "means", "together")
    (point,) = found.turning_points
    assert (point.turn, point.reason) == (1, "outcome")
    assert 0 < point.lost < 1
    assert point.better == "You came anyway, with that in your hand."


def test_are_all_lines_of_a_turning_point_answered_as_in_this_very_run() -> None:
    warm = of("weight", "bright", "alone", "number")
    cool = of("lecture", "own", "harmless", "alone", "number")
    point = next(n for n, p in enumerate(warm.turning_points) if p.moment == "done")
    assert {one.id for one in warm.turning_points[point].lines} == {
        "ask",
        "tired",
        "harmless",
        "bright",
    }
    shown = Session.start(CASE, "seed").choose("weight").offered
    assert [one.id for one in warm.turning_points[point].lines] == [m.id for m in shown]
    assert line_of(warm, point, "ask").answer[0].text.startswith("Sometimes. At night.")
    # No reply to this one: what is said next, where he was not asked.
    assert line_of(warm, point, "tired").answer[0].text == "Nobody would notice for a week."
    there = next(n for n, p in enumerate(cool.turning_points) if p.moment == "done")
    assert line_of(cool, there, "ask").answer[0].text.startswith("It crossed my mind.")
    assert "tired" not in {one.id for one in cool.turning_points[there].lines}
    last = next(n for n, p in enumerate(warm.turning_points) if p.moment == "closing")
    (end,) = line_of(warm, last, "together").answer
    assert (end.name, end.text[:15]) == ("", "Your supervisor")


def test_are_turns_coded_with_what_they_changed() -> None:
    first, second, *_ = of(*BEST).turns
    assert (first.moment, first.title, first.said[0].name) == ("opening", "The letter", "Theo")
    assert (first.line.id, first.line.codes) == ("weight", ("reflection_complex",))
    assert first.line.answer[0].text == "Yeah, well. I said I would."
    changes = [(c.name, c.before, c.after) for c in first.changes]
    assert changes == [("alliance", 2, 3), ("discord", 1, 0)]
    told = {c.name: c for c in second.changes}
    assert (told["suicide_asked"].before, told["suicide_asked"].after) == (0, 1)
    assert told["suicide_asked"].meaning.startswith("Theo was asked directly")


def test_has_a_line_without_a_reply_none_in_the_whole_conversation() -> None:
    turns = of("sit", "ask", "means", "together").turns
    assert turns[0].line.answer == ()
    assert turns[1].said[0].text.startswith("It's always something")


def test_are_curves_drawn_of_what_the_case_wants_drawn() -> None:
    curves = {curve.name: curve for curve in of("lecture", "own", *BEST[1:]).curves}
    assert curves["alliance"].values == (2, 0, 1, 2, 3, 3)
    assert curves["discord"].values == (1, 3, 1, 1, 1, 1)
    assert (curves["discord"].low, curves["discord"].high) == (0, 3)
    data = example_data()
    data["state"][1]["curve"] = "false"
    found = debrief(read(data), saved(*BEST))
    assert [curve.name for curve in found.curves] == ["alliance"]
    assert [c.name for c in found.turns[0].changes] == ["alliance"]


def test_does_practice_come_from_turning_points_else_from_what_went_least_well() -> None:
    drills = ["done_texting", "done_list", "done_joke", "done_angry"]
    for run in (("weight", "harmless", "ask", "means", "together"), BEST, ["lecture", "rules"]):
        found = of(*run)
        assert [one.id for one in found.practice] == drills
        assert [one.harder for one in found.practice] == [False, False, False, True]
    first = found.practice[0]
    assert (first.name, first.moment) == ("Theo", "done")
    answers = {one.id: one.answer[0].text for one in first.lines}
    assert answers == {"ask": "... How did you know.", "comfort": "Sure."}


def test_are_drills_of_the_moment_that_went_least_well_taken_where_no_point_has_any() -> None:
    data = example_data()
    other = {**data["drills"][0], "id": "opening_one", "moment": "opening"}
    harder = {**data["drills"][0], "id": "opening_two", "moment": "opening", "harder": "true"}
    data["drills"] = [harder, other, data["drills"][0]]
    found = debrief(read(data), saved("whatletter", "ask", "why", "contract"))
    assert [p.moment for p in found.turning_points] == ["closing", "how_close"]
    assert [one.id for one in found.practice] == ["opening_one", "opening_two"]


def test_are_goals_what_the_run_lacked_with_safety_first() -> None:
    found = of("whatletter", "bright", "alone", "number")
    assert [(goal.code, goal.count) for goal in found.goals] == [
        ("ask_suicide", 0),
        ("direct_safety", 0),
        ("seek_collaboration", 0),
    ]
    assert found.goals[0].text.startswith("When words can mean suicide, ask about it directly")
    assert [(goal.code, goal.count) for goal in of(*BEST).goals] == [("autonomy", 0), ("affirm", 0)]


def test_is_a_debrief_told_by_its_run() -> None:
    assert of(*BEST).run == run_digest(saved(*BEST)) != run_digest(saved("weight"))
    assert of(*BEST) == of(*BEST)


@pytest.mark.parametrize("lines", [["weight"], ["together"], []])
def test_is_a_run_without_an_ending_refused(lines: list[str]) -> None:
    with pytest.raises(CaseError):
        debrief(CASE, saved(*lines))


def test_can_a_paused_session_be_coded() -> None:
    session = replay(CASE, saved("weight", "harmless"))
    assert [turn.line.id for turn in coded_turns(CASE, session)] == ["weight", "harmless"]


def test_is_the_outlook_worked_out_once_for_a_cases_content() -> None:
    data = example_data()
    assert outlook_of(read(data)) is outlook_of(read(data)) is OUTLOOK
    data["scoring"]["pass_mark"] = "17"
    assert outlook_of(read(data)) is not OUTLOOK


def work(*runs: list[str]) -> CaseAnswer:
    """An answer with these runs."""
    return CaseAnswer(way="session", runs=tuple(Run(saved=tuple(run)) for run in runs))


def test_has_the_work_on_a_case_every_attempt_and_the_debrief_of_the_one_that_counts() -> None:
    forged, paused = saved("weight", "together"), saved("weight", "ask")
    poor, good = saved("whatletter", "bright", "alone", "number"), saved(*BEST)
    judged = judge_work(CASE, work(forged, paused, poor, good))
    assert [a.score.state for a in judged.attempts] == ["flagged", "paused", "ended", "ended"]
    assert [len(a.turns) for a in judged.attempts] == [0, 2, 4, 4]
    assert judged.counting == 2
    assert judged.debrief == debrief(CASE, poor)
    assert judged.debrief is not None and judged.attempts[2].turns == judged.debrief.turns
    bare = score_work(CASE, work(forged, paused, poor, good))
    assert [a.score for a in bare.attempts] == [a.score for a in judged.attempts]
    assert (bare.points, bare.note) == (judged.points, judged.note)


def test_is_there_no_debrief_where_nothing_was_ended() -> None:
    for answer in (work(), work(saved()), work(saved("weight")), work(saved("no such"))):
        judged = judge_work(CASE, answer)
        assert (judged.debrief, judged.counting, judged.points) == (None, None, None)


def group() -> Case:
    """Two people with a state of their own, and lines to one, both and all."""
    data = example_data()
    trust = {"id": "trust", "high": "3", "start": "1", "meaning": "Trust"}
    data["people"].append({"id": "dana", "name": "Dana", "description": "Here", "state": [trust]})
    lines = [
        move("all", to=["group"], effects={"dana.trust": "+1"}),
        move("one", 0, to=["dana"], effects={"dana.trust": "-1"}),
    ]
    return small([moment("m", lines, by="dana")], people=data["people"])


def test_are_people_called_by_their_names() -> None:
    case = group()
    found = debrief(case, ["case/1", "c91", "", "one"])
    (turn,) = found.turns
    assert turn.said[0].name == "Dana"
    assert [(c.name, c.person, c.before, c.after) for c in turn.changes] == [
        ("trust", "Dana", 1, 0)
    ]
    assert {one.id: one.to for one in found.turning_points[0].lines} == {
        "all": ("the group",),
        "one": ("Dana",),
    }
    assert [(curve.name, curve.person) for curve in found.curves][-1] == ("trust", "Dana")
