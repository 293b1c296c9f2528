"""What a review stands for: the text it was given for, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault
from iop_training.content.hashing import canonical_json, sha256
from iop_training.model import Item, Status

DIGITS = 12


def content_mark(catalog: Catalog, item: Item) -> str:
    """What ``review.content`` must be for the item as it is now: 12 hex digits.

    It covers all that a reviewer judges: stem, answers, keys, reasons, harm, points, domain,
    competencies, the keys of the sources, and the rubric with its example answers. Left out are
    ``review`` and ``review_by``, which are about the content, and what stands at its default, so
    that a field which the program learns later leaves earlier reviews standing.
    """
    rubric = catalog.rubrics.get(getattr(item, "rubric", None) or "")
    judged = {
        "item": item.model_dump(
            mode="json", exclude={"review", "review_by"}, exclude_defaults=True
        ),
        "rubric": rubric.model_dump(mode="json", exclude_defaults=True) if rubric else None,
    }
    return sha256(canonical_json(judged))[:DIGITS]


def status_of(catalog: Catalog, item: Item) -> Status:
    """How far the item *as it is now* has been checked: ``draft`` once its text has changed."""
    if item.review.content == content_mark(catalog, item):
        return item.review.status
    return "draft"


def check_reviews(catalog: Catalog) -> Iterator[Fault]:
    """A warning for each item whose review is of another text than the one that stands there."""
    for item in catalog.items.values():
        if item.review.status != "draft" and status_of(catalog, item) == "draft":
            yield catalog.place("items", item.id).fault(
                "review", f"{item.id}: {_why(item)}", "warning"
            )


def _why(item: Item) -> str:
    review, module = item.review, item.id.partition("-")[0]
    if review.content is None and review.status == "source-checked":
        return (
            "review says source-checked, but not which text was checked, so it counts as draft; "
            f"run: iop-training review {module} --mark source-checked"
        )
    if review.status == "source-checked":
        return (
            f"the text changed after it was checked on {review.date}, so it counts as draft; "
            "compare it with its sources again, then run: "
            f"iop-training review {module} --mark source-checked --items {item.id}"
        )
    return (
        f"this text is not the one that {review.by} signed on {review.date}, so it counts as "
        f"draft; compare it with its sources, then run: iop-training review {module} "
        f"--mark source-checked --items {item.id}, and have it signed again"
    )
