"""The packet: every question of a module with key, reasons and sources, to read on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from iop_training.content.catalog import Catalog
from iop_training.content.reviews import Reviewed, content_mark, reviewed, status_of
from iop_training.model import Item, Module, ProgramFacts, Reference, Rubric
from iop_training.model.kinds.case import CaseItem
from iop_training.rendering import body_html, rubric_html, stem_html, style
from iop_training.rendering.html import Html, paragraphs, tag
from iop_training.scoring import score, solution
from iop_training.signoff.undrawn import Fact, undrawn

BOX = "☐"
EVIDENCE = {
    "read": "the text itself was read",
    "secondary": "read where another text quotes or sums it up",
    "known": "general knowledge, nobody looked it up",
}
STATEMENT = (
    "I have read the questions in this packet that are marked “sign”, with their keys, reasons and "
    "sources. In my professional judgment they are accurate, safe and fit to teach to "
    "counselors who are new to an intensive outpatient program."
)


def packet_html(
    catalog: Catalog,
    module: Module,
    items: Sequence[Item],
    competencies: Mapping[str, str],
    date: dt.date,
) -> str:
    """A page that stands alone and prints: a first page to sign, then one block a question.

    ``competencies`` are ids with their words. It holds keys and reasons of graded questions.
    """
    blocks = [_block(catalog, item, competencies, n) for n, item in enumerate(items, start=1)]
    used = {key: ref for item in items for key, ref in _references(catalog, item).items()}
    return page(
        f"Review packet {module.module}: {module.title}",
        [_cover(catalog, module, items, date), *blocks, sources_html(used)],
    )


def page(title: str, parts: Sequence[Html]) -> str:
    """A packet as a page of its own."""
    css = (files("iop_training.signoff") / "packet.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        [
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            tag("title", title),
            Html(f"<style>\n{style()}\n{css}</style>"),
        ],
    )
    main = tag("main", parts)
    return f'<!DOCTYPE html>\n<html lang="en">{head}<body>{main}</body></html>\n'


def blanks() -> Html:
    """Where somebody puts their name."""
    names = ("Name", "Credential", "License (state, number)", "Date", "Signature")
    return tag("div", [tag("div", name) for name in names], class_="blanks")


def _cover(catalog: Catalog, module: Module, items: Sequence[Item], date: dt.date) -> Html:
    rows = [
        tag(
            "tr",
            [
                tag("th", i.id, scope="row"),
                tag("td", f"{i.use}, {_kind(i)}"),
                tag("td", i.domain.replace("_", " ") if i.domain else ""),
                tag("td", standing(catalog, i)),
            ],
        )
        for i in items
    ]
    names = ("Question", "What it is", "Safety gate", "So far")
    head = tag("tr", [tag("th", name, scope="col") for name in names])
    return tag(
        "section",
        [
            tag("h1", [f"Module {module.module}: ", module.title]),
            tag("p", f"Review packet of {date}, {len(items)} questions", class_="lead"),
            tag(
                "p",
                "This packet holds the keys of graded questions. Keep it from trainees.",
                class_="confidential",
            ),
            tag("p", STATEMENT, class_="statement"),
            blanks(),
            tag(
                "p",
                "Filled marks, and what stands behind “Your answer”, are the key. Below each "
                "answer stands the reason a trainee reads. Harm is what a trainee is told who "
                "gave that answer. Please tick “sign” or “change” at each question, and write "
                "what you would change and why. What was read of each source stands on the last "
                "pages.",
            ),
            tag("table", [tag("thead", head), tag("tbody", rows)], class_="contents"),
        ],
        class_="cover",
    )


def _block(catalog: Catalog, item: Item, competencies: Mapping[str, str], number: int) -> Html:
    if isinstance(item, CaseItem):
        return _session(catalog, item, number)
    drawn, lettered = _drawn(item)
    rubric = catalog.rubrics.get(getattr(item, "rubric", None) or "")
    use = f"{item.use}, optional" if item.optional else item.use
    about = [use, _kind(item), f"{item.points:g} {'point' if item.points == 1 else 'points'}"]
    return tag(
        "article",
        [
            tag(
                "header",
                [
                    tag("h2", f"{number}. {item.id}", id=item.id),
                    tag("p", " · ".join(about), class_="about"),
                ],
            ),
            tag("div", drawn, class_="iop is-lettered" if lettered else "iop"),
            _also(undrawn(item, drawn)),
            _rubric(rubric) if rubric else "",
            _facts(catalog, item, competencies),
            answer_box(item.id, content_mark(catalog, item)),
        ],
        class_="item",
        aria_labelledby=item.id,
    )


def _session(catalog: Catalog, item: CaseItem, number: int) -> Html:
    """A session with a client has a packet of its own."""
    case = item.case
    words = f"A session with a client: {case.title}. Its packet is made with "
    told = [
        words,
        tag("b", f"iop-training review {case.id}"),
        f". So far: {standing(catalog, item)}.",
    ]
    head = tag("header", tag("h2", f"{number}. {item.id}", id=item.id))
    return tag("article", [head, tag("p", told)], class_="item", aria_labelledby=item.id)


def _drawn(item: Item) -> tuple[Html, bool]:
    """The question with a full answer and all reasons; whether letters fit its options."""
    if item.manual:
        value: Any = getattr(item, "model_answer", None)
        body = [tag("h3", "Model answer"), body_html(item, value, None, [])] if value else []
    else:
        value = solution(item)
        body = [body_html(item, value, score(item, value), [])]
    ids = [option.id for option in getattr(item, "options", ())]
    in_order = bool(ids) and ids == [chr(ord("a") + n) for n in range(len(ids))]
    return Html("".join([stem_html(item), *body])), in_order


def _also(facts: Sequence[Fact]) -> Html:
    """Harm first, then what else belongs to the question and isn't drawn."""
    shown = []
    for fact in sorted(facts, key=lambda f: not f.harm):
        rows = [tag("div", [tag("dt", name), tag("dd", text)]) for name, text in fact.rows]
        shown += [
            tag("p", ("Could harm a client: " if fact.harm else "") + fact.what)
            if fact.what or fact.harm
            else "",
            tag("dl", rows, class_="is-harm" if fact.harm else None),
        ]
    return tag("div", shown, class_="also") if shown else Html("")


def _rubric(rubric: Rubric) -> Html:
    examples = [
        tag("div", [tag("h3", f"Example answer: {name}"), paragraphs(text)], class_="anchor")
        for name, _, text in rubric.anchors.rows()
    ]
    return Html("".join([rubric_html(rubric, anchors=False), *examples]))


def _facts(catalog: Catalog, item: Item, competencies: Mapping[str, str]) -> Html:
    rows: list[tuple[str, str]] = []
    if item.domain:
        rows.append(("Safety gate", item.domain.replace("_", " ")))
    rows += [("Competency", f"{c}: {competencies.get(c) or 'no words'}") for c in item.competency]
    rows += [("Source", _citation(r)) for r in _references(catalog, item).values()]
    facts = ProgramFacts().facts(item.local) if item.local else []
    rows += [("Shown with it", f"each program's own: {fact.label}") for fact in facts]
    rows.append(("So far", standing(catalog, item)))
    if item.review_by:
        rows.append(("Look again by", str(item.review_by)))
    pairs = [part for name, text in rows for part in (tag("dt", name), tag("dd", text))]
    return tag("dl", pairs, class_="facts")


def _references(catalog: Catalog, item: Item) -> dict[str, Reference]:
    """What the item rests on, and its rubric."""
    rubric = catalog.rubrics.get(getattr(item, "rubric", None) or "")
    keys = dict.fromkeys([*item.source, *(rubric.source if rubric else [])])
    return {key: catalog.references[key] for key in keys if key in catalog.references}


def _citation(reference: Reference) -> str:
    """Who, when, what, where, and how well somebody looked."""
    looked = EVIDENCE[reference.evidence]
    checked = f", {reference.checked}" if reference.checked else ""
    parts = [reference.citation(), reference.url, f"[{looked}{checked}]"]
    return " ".join(part for part in parts if part)


def sources_html(used: Mapping[str, Reference], numbered: bool = False) -> Html:
    """What was read of each source, and what is uncertain; with the numbers of
    :func:`in_order`, where lines name sources by them."""
    entries = []
    for number, key in enumerate(in_order(used), start=1):
        count = f"{number}. " if numbered else ""
        entries += [tag("dt", count + _citation(used[key])), tag("dd", used[key].note or "")]
    heading = tag("h2", "What was read of each source", id="sources")
    return tag(
        "section", [heading, tag("dl", entries)], class_="sources", aria_labelledby="sources"
    )


def in_order(used: Mapping[str, Reference]) -> list[str]:
    """Keys of sources in the order of their citations."""
    return sorted(used, key=lambda key: used[key].citation())


def answer_box(item_id: str, mark: str) -> Html:
    """Where a reviewer signs a question or a case, or says what to change."""
    return tag(
        "div",
        [
            tag(
                "p",
                [
                    tag("span", f"{BOX} sign"),
                    tag("span", f"{BOX} change:"),
                    tag("span", f"{item_id} {mark}", class_="about"),
                ],
            ),
            *[tag("i", "")] * 3,
        ],
        class_="answer",
    )


def standing(catalog: Catalog, entry: Reviewed) -> str:
    """How far an item or a case has been checked, and by whom."""
    status, review = status_of(catalog, entry), reviewed(entry).review
    if status == "draft":
        return status
    by = f" by {review.by}, {review.credential}," if status == "signed" else ""
    return f"{status}{by} {review.date}"


def _kind(item: Item) -> str:
    return item.kind.replace("_", " ")
