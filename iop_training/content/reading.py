"""Checks of what stands beside the questions: private boxes, and words marked for the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault, did_you_mean, shown_path
from iop_training.content.notebooks import Notebook


def check_reading(catalog: Catalog, notebooks: Iterable[Notebook]) -> list[Fault]:
    """Faults of reflections and of the glossary, in no order."""
    pages = list(notebooks)
    return [*_reflections(catalog, pages), *_glossary(catalog, pages)]


def _reflections(catalog: Catalog, pages: list[Notebook]) -> Iterator[Fault]:
    """Every box exists, is shown once, in a lesson, and has an id of its own in its module."""
    known = catalog.reflections()
    shown = {r for page in pages for r in page.reflects()}
    for module_id, module in catalog.modules.items():
        place = catalog.place("modules", module_id)
        ids = [reflection.id for reflection in module.reflections]
        for n, reflection in enumerate(ids):
            line = place.document.line((*place.loc, "reflections", n, "id"))
            if not reflection.startswith(f"{module_id}-"):
                message = f"id {reflection!r} must start with {module_id + '-'!r}"
                yield Fault(place.document.file, line, message)
            if reflection in ids[:n]:
                message = f"id {reflection!r} is used already; give each reflection its own"
                yield Fault(place.document.file, line, message)
            if reflection not in shown:
                message = f"{reflection} is shown in no notebook"
                yield Fault(place.document.file, line, message, "warning")
    for page in pages:
        file = shown_path(page.path, catalog.root)
        asked = page.reflects()
        for reflection in sorted(set(asked)):
            if page.assignment:
                yield Fault(
                    file, 0, f"shows {reflection}; private boxes are for lessons, not assignments"
                )
            elif reflection not in known:
                yield Fault(file, 0, f"shows {reflection!r}; " + did_you_mean(reflection, known))
            if asked.count(reflection) > 1:
                yield Fault(file, 0, f"shows {reflection} more than once; keep one cell")


def _glossary(catalog: Catalog, pages: list[Notebook]) -> Iterator[Fault]:
    """Every marked word is in the glossary, and marked in a lesson."""
    marked = set()
    for page in pages:
        file = shown_path(page.path, catalog.root)
        for index, key in page.words():
            marked.add(key)
            where = f"cell {index + 1} ({page.cells[index].id})"
            if page.assignment:
                yield Fault(file, 0, f"{where}: marks {key!r}; words are explained in lessons only")
            elif key not in catalog.glossary:
                yield Fault(
                    file,
                    0,
                    f"{where}: word {key!r} is not in data/glossary.yaml; "
                    + did_you_mean(key, catalog.glossary),
                )
    for key in catalog.glossary:
        if key not in marked:
            yield catalog.place("glossary", key).fault(
                "term", f"{key} is marked in no lesson", "warning"
            )
