"""Making the public item file beside a notebook: what a learner's kernel needs and may have."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from iop_training.content.bundle import FORMAT, Word
from iop_training.content.catalog import Catalog
from iop_training.content.hashing import canonical_json, sha256
from iop_training.content.notebooks import Notebook, read_notebook
from iop_training.content.snapshot import keyed_snapshot
from iop_training.model import GlossaryEntry


def public_bundle(catalog: Catalog, path: Path) -> dict[str, Any]:
    """The item file of the notebook at ``path`` as JSON data; ContentError on a missing item.

    Graded items come without key, reasons and harm; formative ones are whole.
    """
    notebook = read_notebook(path, catalog.root)
    return bundle_of(catalog, notebook)


def bundle_of(catalog: Catalog, notebook: Notebook) -> dict[str, Any]:
    """Like :func:`public_bundle`, of a notebook that was read."""
    snapshot = keyed_snapshot(catalog, notebook)
    module = catalog.modules[notebook.module]
    tables = {t: catalog.tables[t] for t in notebook.charts() if t in catalog.tables}
    used = {s for item in snapshot.items.values() for s in item.source}
    diaries = {d: catalog.diaries[d] for d in notebook.diaries() if d in catalog.diaries}
    used |= {s for table in tables.values() for s in table.source}
    used |= {s for diary in diaries.values() for s in diary.source}
    marked = {key for _, key in notebook.words()}
    words = {k: entry for k, entry in sorted(catalog.glossary.items()) if k in marked}
    used |= {s for entry in words.values() for s in entry.source}
    prompts = catalog.reflections()
    # What a page has not is left out, so that its file stays as it is.
    more = {
        "reflections": {r: prompts[r].prompt for r in notebook.reflects() if r in prompts},
        "diaries": {d: diary.model_dump(mode="json") for d, diary in diaries.items()},
        "glossary": {k: asdict(_word(catalog, entry)) for k, entry in words.items()},
    }
    minutes = getattr(module.minutes, notebook.kind)
    data = {
        "format": FORMAT,
        "notebook": notebook.name,
        "assignment": notebook.assignment,
        "module": module.module,
        "title": module.title,
        "minutes": minutes,
        "objectives": [o.text for o in module.objectives],
        "release": snapshot.release,
        "items": [item.public() for item in snapshot.items.values()],
        "references": {
            s: catalog.references[s].citation() for s in sorted(used) if s in catalog.references
        },
        "tables": {
            name: table.model_dump(mode="json", exclude_none=True) for name, table in tables.items()
        },
        **{name: entries for name, entries in more.items() if entries},
    }
    return {**data, "digest": sha256(canonical_json(data))}


def _word(catalog: Catalog, entry: GlossaryEntry) -> Word:
    citations = [catalog.references[s].citation() for s in entry.source if s in catalog.references]
    return Word(entry.term, list(entry.also), entry.definition, citations)


def bundle_text(data: dict[str, Any]) -> str:
    """The bytes of an item file, the same for the same content."""
    return canonical_json(data, indent=1) + "\n"
