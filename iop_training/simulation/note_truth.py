"""What is true for the note in the last state of a session, and whether it can be otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from iop_training.model.base import Path
from iop_training.model.case_note import DONE, NOT_DONE, Claim
from iop_training.model.condition import Values, compile_condition
from iop_training.simulation.graph import Graph
from iop_training.simulation.soundness import Finding

Truth = Callable[[Values], str]
"""From the last state of a session to the id of the option that is true of it."""


def truth(claim: Claim, index: Mapping[str, int]) -> Truth:
    """How to tell what is true about a line of the note; ``index`` says where in the state each
    name stands. Of several options that fit, the first is true."""
    if claim.when:
        holds = compile_condition(claim.when, index)
        return lambda values: DONE if holds(values) else NOT_DONE
    tests = [
        (option.id, compile_condition(option.when, index) if option.when else None)
        for option in claim.options
    ]
    return lambda values: next(name for name, test in tests if test is None or test(values))


def note_findings(graph: Graph) -> Iterator[Finding]:
    """Lines of the note that no session, or every one, makes true; of a whole graph."""
    note = graph.case.note
    if note is None:
        return
    index = {name: n for n, name in enumerate(graph.script.names)}
    ends = {spot.values for spot in graph.spots if spot.ended}
    for n, claim in enumerate(note.claims):
        true = {*map(truth(claim, index), ends)}
        path: Path = ("note", "claims", n)
        if claim.when and len(true) < 2:
            never = "never" if DONE not in true else "always"
            yield Finding(
                (*path, "when"),
                f"the note's {claim.id}: {claim.when!r} {never} holds where a run ends, so it "
                "tells nothing; name a flag that some runs set and others don't",
            )
        for k, option in enumerate(claim.options):
            if option.id not in true:
                yield Finding(
                    (*path, "options", k, "id"),
                    f"the note's {claim.id}: {option.id} is true of no run; check its when: and "
                    "the options above it",
                )
