"""Times as authors write them stand in order, or are left alone."""

from __future__ import annotations

import pytest

from iop_training.model.clock import by_time


def order(*times: str) -> list[str]:
    """The times by their places; those that are left alone as []."""
    places = by_time(dict(zip(times, times, strict=True)))
    return sorted(places, key=lambda time: places[time])


@pytest.mark.parametrize(
    "times",
    [
        ("9:05", "13:00", "21:00"),
        ("8 a.m.", "noon", "7:40 p.m.", "11pm", "midnight"),
        ("12:10 am", "Morning", "12:10 pm"),
        ("Mon", "Mon morning", "Tue 19:40", "Wednesday 5:30"),
        ("Fri 17:00", "Sat 9:00", "Mon 8:00"),
        ("Sun night", "Mon 6:00"),
        ("as a child", "Tue, Wed", "Thu, all day", "Thu 7:10 p.m.", "Fri 10 a.m.", "Fri night"),
        ("since Sunday", "Tue and Thu", "Tue 2:00 p.m."),
    ],
)
def test_are_times_in_order(times: tuple[str, ...]) -> None:
    assert order(*reversed(times)) == list(times)


@pytest.mark.parametrize("odd", ["week 2", "later", "", "25", "9:70", "17:00 sharp", "Tue"])
def test_is_an_order_that_cannot_be_told_left_alone(odd: str) -> None:
    assert by_time({"a": "9:00", "b": odd}) == {}


def test_is_the_same_time_the_same_place() -> None:
    assert by_time({"a": "Mon 9:00", "b": "Mon 9 a.m.", "c": "Mon 10"}) == {"a": 0, "b": 0, "c": 1}


def test_is_nothing_in_no_order() -> None:
    assert by_time({}) == {}
