"""Reasons of graded items must be nowhere a learner gets before handing in: not word for word in
a lesson, an explained word, a chart or a practice item either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault, shown_path
from iop_training.content.notebooks import Notebook

MIN_SECRET = 20
"""Characters from which a text is telling; shorter ones ("Yes") stand everywhere."""


def check_secrecy(catalog: Catalog, notebooks: Iterable[Notebook]) -> Iterator[Fault]:
    """An error at every graded reason that learners could read elsewhere."""
    public = list(_public(catalog, notebooks))
    for item in catalog.items.values():
        place = catalog.place("items", item.id)
        secrets = set(item.secrets()) if item.use == "graded" else set()
        for path, text in item.prose():
            if text not in secrets or len(text) < MIN_SECRET:
                continue
            where = next((name for name, shown in public if _normal(text) in shown), None)
            if where:
                line = place.document.line((*place.loc, *path))
                yield Fault(
                    place.document.file,
                    line,
                    f"{item.id}: this stands word for word in {where}, which learners have before "
                    "they hand in; say it in other words here",
                )


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
    for key, entry in catalog.glossary.items():
        yield f"data/glossary.yaml ({key})", _normal(entry.definition)
    for key, table in catalog.tables.items():
        for _, text in table.prose():
            yield f"data/tables/{key}.yaml", _normal(text)


def _normal(text: str) -> str:
    return " ".join(text.split())
