"""Cross checks of the pass marks: each assignment has one, with a source that is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault, did_you_mean


def check_standards(catalog: Catalog, assignments: Collection[str]) -> Iterator[Fault]:
    """Faults of data/standards.yaml against the assignments that there are."""
    for name, standard in catalog.standards.items():
        place = catalog.place("standards", name)
        if name not in assignments:
            known = did_you_mean(name, assignments)
            yield place.fault("mark", f"{name} is no assignment of this course; {known}")
        for source in standard.source:
            if source not in catalog.references:
                known = did_you_mean(source, catalog.references)
                yield place.fault(
                    "source",
                    f"{name}: source {source!r} is not in data/references.yaml; {known}",
                )
    unread = any(fault.file == "data/standards.yaml" for fault in catalog.faults)
    for name in sorted({*assignments} - {*catalog.standards}) if not unread else ():
        yield Fault(
            "data/standards.yaml",
            0,
            f"{name} has no standard; add a block {name}: with mark, method, why and source",
            "warning",
        )
