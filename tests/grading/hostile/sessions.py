"""Sessions with a client that no page can have led to; the answers are written by hand."""

from __future__ import annotations

from typing import Any

from content.sessions import CASE, GOOD, HARMFUL, answer, session
from grading.hostile.declare import Group
from grading.hostile.journals import NONE

from iop_training.model.case import Case

SESSIONS = Group("Sessions with a client", NONE)
AGAIN = "could not be played again"
WAITS = (None, True)
"""No points, and a person is asked."""


def _runs(*saved: list[Any], **more: Any) -> dict[str, Any]:
    return {"way": "session", "runs": [{"saved": s, "ended": True} for s in saved], **more}


@SESSIONS.add("A line that was not on offer.", AGAIN, earns=(WAITS,))
def line_not_on_offer(case: Case) -> Any:
    return _runs(["case/1", CASE, "s", "weight", "alone", "means", "together"])


@SESSIONS.add("A line that does not exist.", AGAIN, earns=(WAITS,))
def line_that_is_none(case: Case) -> Any:
    return _runs(["case/1", CASE, "s", "<script>window.pwned = 1</script>", "../../keys"])


@SESSIONS.add("Lines after the ending.", AGAIN, earns=(WAITS,))
def lines_after_the_end(case: Case) -> Any:
    return _runs(["case/1", CASE, "s", *GOOD, "ask"])


@SESSIONS.add("A session that claims to have ended, and has not.", earns=(WAITS,))
def end_that_is_none(case: Case) -> Any:
    return _runs(["case/1", CASE, "s", *GOOD[:2]])


@SESSIONS.add("Another case than the one that was asked.", AGAIN, earns=(WAITS,))
def another_case(case: Case) -> Any:
    return _runs(["case/1", "c01", "s", *GOOD])


@SESSIONS.add("Another version of the format.", AGAIN, earns=(WAITS,))
def another_format(case: Case) -> Any:
    return _runs(["case/9", CASE, "s", *GOOD])


@SESSIONS.add(
    "A bad attempt and a better one: the first that ended counts.",
    "seriously harm a client",
    earns=((8 * 2 / 9 + 6 / 3 + 6, False),),
)
def better_second_attempt(case: Case) -> Any:
    return answer(session(case, HARMFUL), session(case, GOOD))


@SESSIONS.add("Points and an ending of one's own.", "which this is not", earns=((0.0, False),))
def session_with_points(case: Case) -> Any:
    return {"runs": "all of them", "points": 20, "ending": "done"}


@SESSIONS.add("Ten thousand attempts.", "bytes long", earns=((0.0, False),))
def endless_attempts(case: Case) -> Any:
    return _runs(*[["case/1", CASE, "s"]] * 10_000)


@SESSIONS.add("A note of ninety thousand characters.", "can't be an answer", earns=((0.0, False),))
def endless_note(case: Case) -> Any:
    return {**_runs(["case/1", CASE, "s", *GOOD]), "note": {"means": "x" * 90_000}}


@SESSIONS.add("A note with lines and words that it can't have.", earns=((20.0, False),))
def impossible_note(case: Case) -> Any:
    return _runs(["case/1", CASE, "s", *GOOD], note={"nope": "done", "means": "both"})
