"""Reasons of graded items and assessed cases must be nowhere a learner gets before handing in: not
word for word in a lesson, an explained word, a chart, a practice item or case either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_training.content.catalog import Catalog, Place
from iop_training.content.faults import Fault, shown_path
from iop_training.content.notebooks import Notebook
from iop_training.model.base import Path
from iop_training.model.case import PlayCase
from iop_training.model.case_parts import case_secrets, play_part

Prose = Iterable[tuple[Path, str]]

MIN_SECRET = 20
"""Characters from which a text is telling; shorter ones ("Yes") stand everywhere."""


def check_secrecy(catalog: Catalog, notebooks: Iterable[Notebook]) -> Iterator[Fault]:
    """An error at every graded reason that learners could read elsewhere."""
    public = list(_public(catalog, notebooks))
    everything = "\n".join(shown for _, shown in public)
    for key, place, prose, secrets in _graded(catalog):
        for path, text in prose:
            secret = _normal(text)
            if text not in secrets or len(text) < MIN_SECRET or secret not in everything:
                continue
            where = next((name for name, shown in public if secret in shown), None)
            if where:
                line = place.document.line((*place.loc, *path))
                yield Fault(
                    place.document.file,
                    line,
                    f"{key}: this stands word for word in {where}, which learners have before "
                    "they hand in; say it in other words here",
                )


def _graded(catalog: Catalog) -> Iterator[tuple[str, Place, Prose, set[str]]]:
    """Id, place, texts and secrets of everything that is graded."""
    for item in catalog.items.values():
        if item.use == "graded":
            yield item.id, catalog.place("items", item.id), item.prose(), set(item.secrets())
    for case in catalog.cases.values():
        if case.mode == "assessed":
            yield case.id, catalog.place("cases", case.id), case.prose(), set(case_secrets(case))


def _public(catalog: Catalog, notebooks: Iterable[Notebook]) -> Iterator[tuple[str, str]]:
    """(where, text) of all that learners get to read."""
    for notebook in notebooks:
        file = shown_path(notebook.path, catalog.root)
        for cell in notebook.cells:
            yield f"{file}, cell {cell.index + 1}", _normal(cell.source)
    for item in catalog.items.values():
        hidden = set(item.secrets()) if item.use == "graded" else set()
        for _, text in item.prose():
            if text not in hidden:
                yield item.id, _normal(text)
    for case in catalog.cases.values():
        assessed = case.mode == "assessed"
        given = PlayCase.model_validate(play_part(case)) if assessed else case
        yield from ((f"data/cases/{case.id}.yaml", _normal(text)) for _, text in given.prose())
    for key, entry in catalog.glossary.items():
        yield f"data/glossary.yaml ({key})", _normal(entry.definition)
    for collection in ("tables", "diaries"):
        for key, shown in getattr(catalog, collection).items():
            for _, text in shown.prose():
                yield f"data/{collection}/{key}.yaml", _normal(text)


def _normal(text: str) -> str:
    return " ".join(text.split())
