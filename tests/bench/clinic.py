"""The engines: sessions with simulated clients, their debriefs, and answers that outlive a kill."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.measure import ROOT
from bench.row import Row


def kills() -> Iterator[Row]:
    """Processes killed while they answer."""
    from responses.test_durability import kill_repeatedly

    with tempfile.TemporaryDirectory(prefix="iop-bench-") as name:
        began = time.monotonic()
        kept = kill_repeatedly(Path(name), 1000)
        took = time.monotonic() - began
    yield Row("1,000 SIGKILLs while answering", f"{kept:,} answers, 0 lost, {took:.0f} s", "0 lost")


def clinic() -> Iterator[Row]:
    """The engine: turns with the lines on offer drawn up, exploring, and what is kept."""
    from simulation.cases import example, large

    from iop_training.simulation import Session, transcript_text
    from iop_training.simulation.graph import explore
    from iop_training.simulation.proof import prove
    from iop_training.simulation.script import Script

    script, chance, turns, began = Script(example()), Random(1), 0, time.monotonic()
    while (took := time.monotonic() - began) < 3:
        session = Session.start(script, "seed")
        while not session.ended:
            session = session.choose(chance.choice(session.offered).id)
            turns += 1
    yield Row("turns of a case", f"{turns / took:,.0f} a second", "50,000 a second")
    began = time.monotonic()
    graph = explore(large())
    took = time.monotonic() - began
    lines = sum(map(len, graph.lines))
    yield Row(
        f"explore a case of {len(graph.spots):,} states",
        f"{took:.1f} s: {len(graph.spots) / took:,.0f} states, {lines / took:,.0f} lines a second",
    )
    began = time.monotonic()
    prove(large())
    yield Row("prove it, dull strategies with it", f"{time.monotonic() - began:.1f} s", "60 s")
    size = len(transcript_text(session.transcript).encode())
    saved = len(json.dumps(session.to_list()).encode())
    yield Row(f"a session of {len(session.chosen)} turns", f"{saved} bytes saved, {size:,} as text")


def debriefs() -> Iterator[Row]:
    """The outlook of each case of the course, and debriefs once it is known."""
    from iop_training.content.cases import load_case
    from iop_training.scoring.debrief import debrief
    from iop_training.simulation import Session
    from iop_training.simulation.graph import explore
    from iop_training.simulation.outlook import Outlook

    made, took = 0, 0.0
    for path in sorted((ROOT / "data" / "cases").glob("*.yaml")):
        case, chance, began = load_case(ROOT, path.stem), Random(1), time.monotonic()
        outlook = Outlook(explore(case))
        outlook.highest(outlook.graph.spots[0])
        known = time.monotonic() - began
        states = f"{len(outlook.graph.spots):,} states"
        yield Row(
            f"outlook of {case.id}, once in a process", f"{known * 1000:,.0f} ms, {states}", ""
        )
        for n in range(50):
            session = Session.start(outlook.graph.script, str(n))
            while not session.ended:
                session = session.choose(chance.choice(session.offered).id)
            saved, began = session.to_list(), time.monotonic()
            debrief(case, saved, outlook)
            made, took = made + 1, took + time.monotonic() - began
    yield Row("debriefs, outlook known", f"{made / took:,.0f} a second")
    size = len(debrief(case, saved, outlook).model_dump_json())
    kept = len(json.dumps(saved).encode())
    yield Row(
        f"a session of {case.id}, {len(session.chosen)} turns",
        f"{kept} bytes saved, its debrief {size:,}",
    )
