"""What ``check`` proves of cases, and shows of that."""

from __future__ import annotations

import time
from collections.abc import Sequence

from iop_training.cli.common import console, progress, table
from iop_training.content.catalog import Catalog
from iop_training.content.reviews import status_of
from iop_training.simulation.proof import Proof, prove


def prove_all(catalog: Catalog) -> list[tuple[Proof, float]]:
    """The proof of every case, with the seconds it took."""
    proofs = []
    if catalog.cases:
        with progress("Exploring cases ...", len(catalog.cases)) as step:
            for case in catalog.cases.values():
                began = time.perf_counter()
                proofs.append((prove(case), time.perf_counter() - began))
                step()
    return proofs


def show_proofs(catalog: Catalog, proofs: Sequence[tuple[Proof, float]]) -> None:
    """What can happen in each case, and what those earn who never think about the client."""
    shown = table(
        "Cases",
        "Case",
        ">States",
        ">Lines",
        ">Turns",
        ">Points",
        ">Pass",
        ">Best is longest",
        ">s",
        "Review",
    )
    for proof, seconds in proofs:
        bounds = "-" if proof.low is None else f"{proof.low:.1f} to {proof.high:.1f}"
        shown.add_row(
            proof.case.id,
            f"{proof.states:,}",
            f"{proof.lines:,}",
            "-" if proof.longest is None else str(proof.longest),
            bounds,
            str(proof.case.scoring.pass_mark),
            f"{proof.longest_best:.0%}",
            f"{seconds:.1f}",
            status_of(catalog, proof.case),
        )
    console.print(shown)
    dull = [proof for proof, _ in proofs if proof.played]
    if dull:
        names = [played.name for played in dull[0].played]
        shown = table("Mean points of dull strategies", "Always", *(f">{p.case.id}" for p in dull))
        for n, strategy in enumerate(names):
            shown.add_row(strategy, *(f"{p.played[n].mean:.1f}" for p in dull))
        shown.add_row("the best run", *(f"{p.high:.1f}" for p in dull), style="bold")
        console.print(shown)
