"""Whatever the case and the lines, what must hold of a debrief does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from scoring.debriefs import ended, holds
from simulation.cases import any_case, example, example_data
from simulation.cases import case_from as read

from iop_training.model.case import Case
from iop_training.scoring.debrief import debrief, outlook_of
from iop_training.simulation.graph import explore
from iop_training.simulation.outlook import Outlook

choices = st.lists(st.integers(0, 5), min_size=20, max_size=20)
seeds = st.text("0123456789abcdef", max_size=4)
EXAMPLE = example()
OUTLOOK = outlook_of(EXAMPLE)


@given(seeds, choices)
def test_of_the_example(seed: str, numbers: list[int]) -> None:
    session = ended(EXAMPLE, OUTLOOK, seed, numbers)
    holds(EXAMPLE, session, debrief(EXAMPLE, session.to_list(), OUTLOOK))


@given(any_case(), choices)
def test_of_any_case(case: Case, numbers: list[int]) -> None:
    outlook = Outlook(explore(case))
    session = ended(case, outlook, "", numbers)
    holds(case, session, debrief(case, session.to_list(), outlook))


def test_of_a_case_without_drills_or_curves() -> None:
    data = example_data()
    data["drills"] = []
    for variable in data["state"]:
        variable["curve"] = "false"
    case = read(data)
    session = ended(case, outlook_of(case), "", [])
    found = debrief(case, session.to_list())
    holds(case, session, found)
    assert (found.practice, found.curves) == ((), ())
