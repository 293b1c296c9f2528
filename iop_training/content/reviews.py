"""What a review stands for: the text it was given for, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from iop_training.content.catalog import Catalog, Place
from iop_training.content.faults import Fault
from iop_training.content.hashing import canonical_json, sha256
from iop_training.model import Item, Status
from iop_training.model.case import Case
from iop_training.model.kinds.case import CaseItem

DIGITS = 12


Reviewed = Item | Case
"""What carries a review."""


def reviewed(entry: Reviewed) -> Reviewed:
    """What the review of an entry is of: a session with a client is reviewed as its case."""
    if isinstance(entry, CaseItem) and isinstance(entry.case, Case):
        return entry.case
    return entry


def content_mark(catalog: Catalog, entry: Reviewed) -> str:
    """What ``review.content`` must be for an item or a case as it is now: 12 hex digits.

    It covers all that a reviewer judges: stem, answers, keys, reasons, harm, points, domain,
    competencies, the keys of the sources, and the rubric with its example answers; of a case all
    that its file has. Left out are ``review`` and ``review_by``, which are about the content, and
    what stands at its default, so that a field which the program learns later leaves earlier
    reviews standing.
    """
    entry = reviewed(entry)
    dumped = entry.model_dump(mode="json", exclude={"review", "review_by"}, exclude_defaults=True)
    if isinstance(entry, Case):
        return sha256(canonical_json({"case": dumped}))[:DIGITS]
    rubric = catalog.rubrics.get(getattr(entry, "rubric", None) or "")
    judged = {
        "item": dumped,
        "rubric": rubric.model_dump(mode="json", exclude_defaults=True) if rubric else None,
    }
    return sha256(canonical_json(judged))[:DIGITS]


def status_of(catalog: Catalog, entry: Reviewed) -> Status:
    """How far it has been checked *as it is now*: ``draft`` once its text has changed."""
    review = reviewed(entry).review
    return review.status if review.content == content_mark(catalog, entry) else "draft"


def place_of(catalog: Catalog, entry: Reviewed) -> Place:
    """Where an item or a case stands."""
    return catalog.place("cases" if isinstance(entry, Case) else "items", entry.id)


def check_reviews(catalog: Catalog) -> Iterator[Fault]:
    """A warning for each review of another text than the one that stands there."""
    everything: list[Reviewed] = [*catalog.items.values(), *catalog.cases.values()]
    for entry in everything:
        if entry.review.status != "draft" and status_of(catalog, entry) == "draft":
            yield place_of(catalog, entry).fault("review", f"{entry.id}: {_why(entry)}", "warning")


def _why(entry: Reviewed) -> str:
    review, module = entry.review, entry.id.partition("-")[0]
    only = "" if isinstance(entry, Case) else f" --items {entry.id}"
    if review.content is None and review.status == "source-checked":
        return (
            "review says source-checked, but not which text was checked, so it counts as draft; "
            f"run: iop-training review {module} --mark source-checked"
        )
    if review.status == "source-checked":
        return (
            f"the text changed after it was checked on {review.date}, so it counts as draft; "
            "compare it with its sources again, then run: "
            f"iop-training review {module} --mark source-checked{only}"
        )
    return (
        f"this text is not the one that {review.by} signed on {review.date}, so it counts as "
        f"draft; compare it with its sources, then run: iop-training review {module} "
        f"--mark source-checked{only}, and have it signed again"
    )
