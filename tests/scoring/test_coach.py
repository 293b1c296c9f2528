"""The coach speaks of what can hurt always, and of what goes well less and less."""

from __future__ import annotations

import pytest
from simulation.cases import example, moment, move, small

from iop_training.scoring.coach import coach, coach_on_request
from iop_training.simulation import Session

CASE = example()


LINES = [move(f"q{k}", k, why="First. Then more.") for k in range(4)]
LINES[0] |= {"harm": "minor", "harm_reason": "It hurts"}
EIGHT = small([moment(f"m{n}", LINES) for n in range(8)])
"""Eight moments with a line of each quality, called q0 to q3."""


def spoken(qualities: str, earlier: int = 0) -> str:
    """For each line: ``-`` silent, ``s`` said briefly, ``S`` said whole."""
    session, said = Session.start(EIGHT), ""
    for quality in qualities:
        session = session.choose(f"q{quality}")
        heard = coach(EIGHT, session, earlier)
        said += "-" if heard is None else "S" if "Then more" in heard.text else "s"
    return said


@pytest.mark.parametrize(
    ("qualities", "earlier", "said"),
    [
        ("33333333", 0, "SSSs----"),
        ("33333333", 1, "SS------"),
        ("33333333", 2, "--------"),
        ("22222222", 5, "--------"),
        ("33331333", 0, "SSSssSS-"),
        ("33331333", 1, "SS--sSS-"),
        ("33331333", 2, "----ss--"),
        ("11111111", 0, "SSSSSSSS"),
        ("11111111", 3, "ssssssss"),
        ("33330333", 9, "----Ss--"),
    ],
)
def test_does_the_coach_fade_as_lines_do_well(qualities: str, earlier: int, said: str) -> None:
    assert spoken(qualities, earlier) == said


def test_is_nothing_said_before_the_first_line() -> None:
    session = Session.start(CASE)
    assert coach(CASE, session) is None
    assert coach_on_request(CASE, session) is None


def test_does_the_coach_say_what_the_line_is_and_the_next_step() -> None:
    heard = coach(CASE, Session.start(CASE).choose("lecture"))
    assert heard is not None
    assert (heard.turn, heard.codes, heard.harm) == (1, ("confront",), "minor")
    assert heard.title == "Not yet: this line can hurt. Take it back and try another."
    assert heard.text == "It blames him at the moment he kept his word."
    assert heard.better == "You came anyway, with that in your hand."
    assert heard.harm_reason == "Blame from a counselor makes people leave treatment."
    assert heard.sources == ("tip35",)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["weight"], "This opened something."),
        (["whatletter"], "This does well. It can do more."),
        (["sit"], "Not yet: something stays open here. Go back and try another line, or go on."),
        (["lecture", "rules"], "Not yet: this line closes a door. Take it back and try another."),
        (
            ["sit", "harmless"],
            "Not yet: this line can do serious harm. Take it back and try another.",
        ),
        (["weight", "ask", "means", "together"], "This keeps people safe."),
    ],
)
def test_is_each_title_about_the_line(lines: list[str], title: str) -> None:
    session = Session.start(CASE)
    for line in lines:
        session = session.choose(line)
    heard = coach_on_request(CASE, session)
    assert heard is not None and heard.title == title


def test_can_all_be_asked_for_when_the_coach_is_silent_or_brief() -> None:
    session = Session.start(EIGHT)
    for _ in range(7):
        session = session.choose("q3")
    assert coach(EIGHT, session) is None
    session = session.choose("q1")
    brief = coach(EIGHT, session, 5)
    whole = coach_on_request(EIGHT, session)
    assert brief is not None and whole is not None
    assert (brief.text, brief.better) == ("First.", "")
    assert (whole.text, whole.better) == ("First. Then more.", "Another line")
