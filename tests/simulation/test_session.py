"""Sessions: pure, replayable to the byte, and never in a state that can't be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulation.cases import case_from, ending, example, example_data, moment, move, small

from iop_training.errors import CaseError
from iop_training.simulation import Session, replay, transcript_text
from iop_training.simulation.script import Script

SCRIPT = Script(example())
choices = st.lists(st.integers(0, 5), max_size=12)
seeds = st.text("0123456789abcdef", max_size=8)


def played(seed: str, numbers: list[int], script: Script = SCRIPT) -> Session:
    """A session in which the lines of these numbers, as shown, are chosen."""
    session = Session.start(script, seed)
    for number in numbers:
        if session.ended:
            break
        offered = session.offered
        session = session.choose(offered[number % len(offered)].id)
    return session


def text(session: Session) -> str:
    """All that was said."""
    return transcript_text(session.transcript, session.ending.text if session.ending else None)


@given(seeds, choices, st.integers(0, 12))
def test_does_replay_equal_play_from_any_prefix(seed: str, numbers: list[int], cut: int) -> None:
    whole, part = played(seed, numbers), played(seed, numbers[:cut])
    again = replay(SCRIPT, part.to_list())
    assert again == part
    for number in numbers[cut:]:
        if not again.ended:
            again = again.choose(again.offered[number % len(again.offered)].id)
    assert again == whole
    assert text(again).encode() == text(whole).encode()


@given(seeds, choices)
def test_do_undo_and_redo_give_the_same_state(seed: str, numbers: list[int]) -> None:
    session = played(seed, numbers)
    for turn in range(1, len(session.chosen) + 1):
        undone = session.back_to(turn)
        assert undone == played(seed, numbers[: turn - 1])
        for line in session.chosen[turn - 1 :]:
            undone = undone.choose(line)
        assert undone == session


@given(st.lists(st.sampled_from(["weight", "ask", "together", "own", "", "no such"]), max_size=9))
def test_does_no_sequence_raise_anything_but_that_it_is_not_on_offer(lines: list[str]) -> None:
    session = Session.start(SCRIPT)
    for line in lines:
        on_offer = line in [offered.id for offered in session.offered]
        try:
            session = session.choose(line)
        except CaseError as error:
            assert repr(line) in str(error)
            assert not on_offer
        else:
            assert on_offer


@given(seeds, choices)
def test_does_the_state_stay_in_range(seed: str, numbers: list[int]) -> None:
    ranges = {name: (v.low, v.high) for name, v in SCRIPT.case.variables()}
    session = played(seed, numbers)
    for turn in session.transcript:
        for name, value in turn.after.items():
            low, high = ranges.get(name, (0, 1))
            assert low <= value <= high
    assert session.minutes >= len(session.chosen)


@given(
    st.none()
    | st.lists(st.text(max_size=5) | st.integers(), max_size=5)
    | st.text()
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
    | st.lists(st.text(max_size=8), max_size=3).map(lambda rest: ["case/1", "c90", "", *rest])
)
def test_is_what_is_no_session_refused_in_a_sentence(saved: Any) -> None:
    try:
        session = replay(SCRIPT, saved)
    except CaseError as error:
        assert str(error).endswith(".")
    else:
        assert session.to_list() == saved


@pytest.mark.parametrize("saved", [["\ud800"], ["weight", "\ud800" * 99], ["x" * 10_000]])
def test_is_a_forged_line_told_in_a_short_sentence(saved: list[str]) -> None:
    for seed in ("", "\ud800"):
        with pytest.raises(CaseError) as caught:
            replay(SCRIPT, ["case/1", "c90", seed, *saved])
        assert len(str(caught.value).encode()) < 400


def test_are_another_case_and_another_format_refused() -> None:
    with pytest.raises(CaseError, match="of case 'c01', not of 'c90'"):
        replay(SCRIPT, ["case/1", "c01", ""])
    with pytest.raises(CaseError, match="begins with 'case/1'"):
        replay(SCRIPT, ["case/2", "c90", ""])
    with pytest.raises(CaseError, match="not on offer in turn 2"):
        replay(SCRIPT, ["case/1", "c90", "", "weight", "together"])


def test_does_each_trainee_see_an_order_of_their_own() -> None:
    orders = {tuple(m.id for m in Session.start(SCRIPT, str(n)).offered) for n in range(40)}
    assert len(orders) > 10
    assert {frozenset(order) for order in orders} == {
        frozenset(("weight", "whatletter", "sit", "lecture"))
    }


def test_does_the_client_answer_the_line_and_the_state() -> None:
    warm = Session.start(SCRIPT).choose("weight")
    assert warm.transcript[0].reply[0].text == "Yeah, well. I said I would."
    assert warm.said[0].text.startswith("I read it in the truck.")
    assert "tired" in [m.id for m in warm.offered]
    cool = Session.start(SCRIPT).choose("sit")
    assert cool.transcript[0].reply == ()
    assert cool.said[0].text.startswith("It's always something.")
    assert "tired" not in [m.id for m in cool.offered]


def test_does_what_cuts_in_lead_back_to_the_story() -> None:
    angry = Session.start(SCRIPT).choose("lecture")
    assert angry.moment is not None and angry.moment.id == "walking_out"
    assert angry.said[0].shows == "His hand is on the door."
    back = angry.choose("own")
    assert back.moment is not None and back.moment.id == "done"
    gone = angry.choose("rules")
    assert gone.ending is not None and gone.ending.id == "left"
    with pytest.raises(CaseError, match="has ended"):
        gone.choose("own")


def test_do_ways_go_by_the_state_after_the_line() -> None:
    case = small(
        [
            moment("one", [move("up", effects={"trust": "+2"}), move("down", 1)]),
            moment("two", [move("go")], when="trust <= 1"),
            moment(
                "three",
                [
                    move("loop", 2, set=["told"], next="one"),
                    move("stop", branch=[{"when": "told", "to": "end:early"}], when="told"),
                ],
            ),
        ],
        endings=[ending("early", 0), ending("over")],
    )
    session = Session.start(case).choose("up").choose("loop")
    assert session.moment is not None and session.moment.id == "one"
    session = session.choose("down").choose("stop")
    assert session.ending is not None and session.ending.id == "early"


def test_does_an_ending_at_once_come_before_all_else() -> None:
    case = small(
        [moment("one", [move("hurt", 0, effects={"trust": "=0"})]), moment("two", [move("go")])],
        endings=[ending("gone", 0, when="trust == 0", at_once=True), ending("over")],
    )
    assert Session.start(case).choose("hurt").ended


def test_do_lines_cost_minutes_that_conditions_can_use() -> None:
    case = small(
        [
            moment("one", [move("long", 2, minutes=9), move("short")]),
            moment("late", [move("go")], when="minutes >= 9"),
            moment("two", [move("go")]),
        ],
        state=[{"id": "minutes", "high": 20, "start": 0, "meaning": "Time"}],
    )
    late = Session.start(case).choose("long")
    assert late.moment is not None and late.moment.id == "late"
    assert late.minutes == late.state["minutes"] == 9
    soon = Session.start(case).choose("short")
    assert soon.moment is not None and soon.moment.id == "two"


def test_does_the_seed_vary_what_is_said_only_where_the_case_says_so() -> None:
    says = [{"text": f"Way {n}"} for n in range(3)]
    moments = [{**moment("one", [move("go")]), "says": says, "vary": True}]
    case = small(moments)
    said = {Session.start(case, str(n)).said[0].text for n in range(40)}
    assert said == {"Way 0", "Way 1", "Way 2"}
    assert Session.start(case, "x").said == Session.start(case, "x").said


def test_does_each_member_of_a_group_have_a_voice_and_a_state() -> None:
    data = example_data()
    member = {"id": "trust", "high": "3", "start": "1", "meaning": "Trust"}
    data["people"] += [
        {"id": name, "name": name.title(), "description": "Here", "state": [member]}
        for name in ("dana", "rick")
    ]
    lines = [{"by": "rick", "text": "No."}, {"by": "dana", "text": "Yes."}]
    change = {"dana.trust": "+1", "rick.trust": "-1"}
    data["moments"] = [
        moment("one", [move("both", effects=change, to=["dana", "rick"])], by="dana"),
        moment("two", [move("end", to=["group"])], when="dana.trust >= 2", by="theo"),
    ]
    data["moments"][1]["says"] = [{"when": "rick.trust == 0", "lines": lines}, {"text": "Hm."}]
    data |= {"decisions": [], "observations": [], "drills": []}
    data["scoring"] |= {"decisions": "0", "pass_mark": "9"}
    session = Session.start(case_from(data))
    assert session.said[0].name == "Dana"
    session = session.choose("both")
    assert [(s.by, s.text) for s in session.said] == [("rick", "No."), ("dana", "Yes.")]
    assert (session.state["dana.trust"], session.state["rick.trust"]) == (2, 0)
    assert session.transcript[0].to == ("dana", "rick")
