"""What the command ``review`` does: write a packet and its sheet, mark items, read a sheet back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from iop_training.content.catalog import Catalog
from iop_training.content.competencies import read_competencies
from iop_training.content.faults import Fault, did_you_mean
from iop_training.content.reviews import Reviewed, content_mark, place_of, reviewed, status_of
from iop_training.errors import ContentError
from iop_training.model import Item, Review
from iop_training.model.case import Case
from iop_training.model.kinds.case import CaseItem
from iop_training.signoff.case_packet import case_packet_html
from iop_training.signoff.marks import write_reviews
from iop_training.signoff.packet import packet_html
from iop_training.signoff.sheet import Sheet, read_sheet, sheet_text

FOLDER = "review"
"""Where packets go in the course folder. They hold keys, so it is no part of the repository."""


@dataclass
class Outcome:
    """Ids that got a mark, ids that had it already, and sentences on those that got none;
    ``comments`` are (place of the item, its id, what to change)."""

    done: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    comments: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Packet:
    """The two files; ``kept`` when the sheet was there, typed in, and was left as it is."""

    page: Path
    sheet: Path
    kept: bool


def chosen_items(catalog: Catalog, module: str, ids: Sequence[str]) -> list[Item]:
    """Items of a module, all or those named; ContentError for a name that isn't there."""
    if module not in catalog.modules:
        raise ContentError(
            [f"There is no module {module!r}; " + did_you_mean(module, catalog.modules)]
        )
    items = {item.id: item for item in catalog.module_items(module)}
    unknown = [i for i in ids if i not in items]
    if unknown:
        raise ContentError(
            [f"data/items/{module}.yaml has no {i!r}; " + did_you_mean(i, items) for i in unknown]
        )
    return [item for item in items.values() if item.id in ids or not ids]


def make_packet(
    root: Path, module: str, ids: Sequence[str], folder: Path, today: dt.date
) -> Packet:
    """Write ``<module>-review.html`` and ``<module>-review.txt`` into ``folder``; ``module`` can
    also be a case.

    A sheet that somebody typed in is never written over.
    """
    catalog = Catalog.load(root)
    case = catalog.cases.get(module)
    items = [] if case else chosen_items(catalog, module, ids)
    page, sheet = (folder / f"{module}-review.{end}" for end in ("html", "txt"))
    title = case.title if case else catalog.modules[module].title
    signed = [case] if case else [item for item in items if not isinstance(item, CaseItem)]
    marks = {entry.id: content_mark(catalog, entry) for entry in signed}
    fresh = sheet_text(module, title, marks, today, page.name, str(sheet))
    kept = sheet.is_file() and _typed_in(sheet)
    try:
        words = read_competencies(root)
        drawn = (
            case_packet_html(catalog, case, words, today)
            if case
            else packet_html(catalog, catalog.modules[module], items, words, today)
        )
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(drawn, encoding="utf-8")
        if not kept:
            sheet.write_text(fresh, encoding="utf-8")
    except OSError as error:
        raise ContentError([f"{error.filename}: {error.strerror}"]) from error
    return Packet(page, sheet, kept)


def _typed_in(sheet: Path) -> bool:
    """Whether any line that a program left open has something behind its colon."""
    lines = sheet.read_text(encoding="utf-8", errors="replace").splitlines()
    return any(
        line.strip() and not line.startswith("#") and not line.rstrip().endswith(":")
        for line in lines
    )


def mark(
    root: Path,
    module: str,
    status: Literal["draft", "source-checked"],
    ids: Sequence[str],
    today: dt.date,
) -> Outcome:
    """Mark items of a module, or a case, as ``status`` for the text they have now.

    Without ids only those items whose review says so already and not yet for which text; they keep
    their date. A signature that holds is left alone.
    """
    catalog = Catalog.load(root)
    outcome, reviews = Outcome(), {}
    case = catalog.cases.get(module)
    for item in [case] if case else _questions(chosen_items(catalog, module, ids), outcome):
        review, content = item.review, content_mark(catalog, item)
        unmarked = review.status == status != "draft" and review.content is None
        if not ids and not unmarked and not case:
            continue
        if review.status == status and (status == "draft" or review.content == content):
            outcome.already.append(item.id)
        elif status_of(catalog, item) == "signed":
            outcome.refused.append(f"{item.id} is signed by {review.by}; that mark says more.")
        elif status != "draft" and (unread := _unread(catalog, item)):
            outcome.refused.append(unread)
        else:
            date = review.date if unmarked else today
            reviews[item.id] = (
                Review() if status == "draft" else Review(status=status, date=date, content=content)
            )
            outcome.done.append(item.id)
    write_reviews(catalog, reviews)
    return outcome


def _questions(items: Sequence[Item], outcome: Outcome) -> list[Item]:
    """Those that carry their own review; of a session with a client its case does."""
    for item in items:
        if isinstance(item, CaseItem):
            outcome.refused.append(
                f"{item.id} is reviewed as its case: iop-training review {item.case.id}"
            )
    return [item for item in items if not isinstance(item, CaseItem)]


def take_sheet(root: Path, module: str, path: Path, today: dt.date) -> Outcome:
    """Sign what the sheet signs, if it is still the text that was printed; list what to change."""
    catalog = Catalog.load(root)
    sheet = read_sheet(path, root, today)
    unknown = _not_there(catalog, module, sheet.file, {i: a.line for i, a in sheet.answers.items()})
    if unknown:
        raise ContentError(unknown)
    outcome, reviews = Outcome(), {}
    for item_id, answer in sheet.answers.items():
        item = _signable(catalog, item_id)
        content = content_mark(catalog, item)
        if not answer.signed:
            continue
        review = Review(
            status="signed",
            by=sheet.name,
            credential=sheet.credential,
            date=sheet.date,
            content=content,
        )
        if content != answer.content:
            outcome.refused.append(
                f"{sheet.file}:{answer.line}: {item_id} is not the text that was printed any more; "
                f"print it again: iop-training review {_again(module, item_id)}"
            )
        elif unread := _unread(catalog, item):
            outcome.refused.append(f"{sheet.file}:{answer.line}: {unread}")
        elif item.review == review:
            outcome.already.append(item_id)
        else:
            reviews[item_id] = review
            outcome.done.append(item_id)
    write_reviews(catalog, reviews)
    outcome.comments = _comments(Catalog.load(root), sheet)
    return outcome


def _comments(catalog: Catalog, sheet: Sheet) -> list[Fault]:
    """What is to be changed, by the line where each question stands now."""
    faults = []
    for item_id, answer in sheet.answers.items():
        if answer.comment:
            entry = _signable(catalog, item_id)
            stale = answer.content != content_mark(catalog, entry)
            since = " (the text has changed since it was printed)" if stale else ""
            place = place_of(catalog, entry)
            faults.append(place.fault("id", f"{item_id}: {answer.comment}{since}", "note"))
    return faults


def _signable(catalog: Catalog, entry_id: str) -> Reviewed:
    """The item or the case of that id."""
    return catalog.cases.get(entry_id) or catalog.items[entry_id]


def _again(module: str, entry_id: str) -> str:
    return module if module == entry_id else f"{module} --items {entry_id}"


def _not_there(catalog: Catalog, module: str, file: str, lines: dict[str, int]) -> list[Fault]:
    if module in catalog.cases:
        known, where = [module], f"what the packet of {module} is of"
    else:
        questions = [i for i in catalog.module_items(module) if not isinstance(i, CaseItem)]
        known, where = [item.id for item in questions], f"in data/items/{module}.yaml"
    return [
        Fault(file, line, f"{i!r} is not {where}; " + did_you_mean(i, known))
        for i, line in lines.items()
        if i not in known
    ]


def _unread(catalog: Catalog, item: Reviewed) -> str:
    """Why it can't be more than a draft: a source nobody looked up; "" when it can."""
    item = reviewed(item)
    for source in item.sources() if isinstance(item, Case) else item.source:
        if source in catalog.references and catalog.references[source].evidence == "known":
            return (
                f"{item.id} stays a draft: nobody has looked up its source {source!r} "
                "(evidence: known)"
            )
    return ""
