"""Course software for counselors new to intensive outpatient programs.

The names a course notebook uses, one call a cell:

    start("m01")            the head of the page: title, objectives, progress
    ask("m01-q01")          one question
    open_case("c01-s01")    a session with a simulated client
    reflect("m01-r01")      a box to write in for oneself alone
    show_chart("hours_...") a chart with its table and a sentence
    show_diary("reni")      a client's diary cards, week by week
    my_program("naloxone")  what the program has said about itself, or whom to ask
    pocket_card()           the numbers to have at hand, to print
    review()                the end of a lesson: what is unanswered, sources
    hand_in()               the end of an assignment: hand in, receipt, feedback
    course_map()            all lessons and assignments with what is done

``import iop_training`` is silent and fast: what a name needs is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iop_training.widgets.calls import (
        ask,
        course_map,
        hand_in,
        my_program,
        open_case,
        pocket_card,
        reflect,
        review,
        show_chart,
        show_diary,
        start,
    )

__version__ = "0.1.0"
__all__ = [
    "ask",
    "course_map",
    "hand_in",
    "my_program",
    "open_case",
    "pocket_card",
    "reflect",
    "review",
    "show_chart",
    "show_diary",
    "start",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from iop_training.widgets import calls

        return getattr(calls, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
