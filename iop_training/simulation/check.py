"""What ``check`` says about cases: the proof of each, as faults by file and line."""

from __future__ import annotations

from collections.abc import Iterable

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.simulation.proof import Proof


def proof_faults(catalog: Catalog, proofs: Iterable[Proof]) -> list[Fault]:
    """The findings of proofs of the catalog's cases."""
    faults = []
    for proof in proofs:
        document = catalog.place("cases", proof.case.id).document
        for finding in proof.findings:
            line, message = document.line(finding.path), f"{proof.case.id}: {finding.message}"
            faults.append(Fault(document.file, line, message, finding.level))
    return faults
