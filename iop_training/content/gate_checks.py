"""Cross checks of the pass marks and of the safety domains."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault, did_you_mean
from iop_training.model.base import Model, children
from iop_training.model.kinds.case import CaseItem


def check_standards(
    catalog: Catalog, assignments: Collection[str], with_code: Collection[str] = ()
) -> Iterator[Fault]:
    """Faults of data/standards.yaml against the assignments that there are; those with code may
    have a standard and need none."""
    for name, standard in catalog.standards.items():
        place = catalog.place("standards", name)
        if name not in {*assignments, *with_code}:
            known = did_you_mean(name, {*assignments, *with_code})
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


def check_domains(catalog: Catalog) -> Iterator[Fault]:
    """Graded items in which serious harm can be chosen and no safety domain would see it. A
    session with a client is left out: its case says what each line is an observation of."""
    for item in catalog.items.values():
        if item.use != "graded" or isinstance(item, CaseItem):
            continue
        if item.domain is None and _can_be_serious(item):
            yield catalog.place("items", item.id).fault(
                "id",
                f"{item.id} can be answered with serious harm and names no domain, so no safety "
                "gate sees it; add domain: where one fits",
                "note",
            )


def _can_be_serious(model: Model) -> bool:
    if getattr(model, "harm", None) == "serious":
        return True
    held = [c for name in type(model).model_fields for _, c in children(getattr(model, name))]
    return any(map(_can_be_serious, held))
