"""What ``check`` says about the program's own facts and about pages that show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault, did_you_mean, shown_path
from iop_training.content.notebooks import Notebook
from iop_training.content.program import EXAMPLE, SOURCE
from iop_training.content.strict_yaml import Document
from iop_training.model import FACT_NAMES


def check_program(catalog: Catalog, notebooks: Sequence[Notebook]) -> Iterator[Fault]:
    """Facts that are empty or cut short, and names of facts that there are none of."""
    document = catalog.program_document
    if document is None:
        if (catalog.root / EXAMPLE).exists():
            yield Fault(
                SOURCE.as_posix(),
                0,
                "is not there, so cards tell trainees to ask their supervisor; copy "
                f"{EXAMPLE.as_posix()} to it and fill in what you know",
                "note",
            )
    elif not document.faults:
        yield from _cut_short(document)
        empty = catalog.program.empty()
        if empty:
            facts = "fact is" if len(empty) == 1 else "facts are"
            yield Fault(
                document.file,
                0,
                f"{len(empty)} {facts} empty, so cards tell trainees to ask their supervisor: "
                + ", ".join(empty),
                "note",
            )
    for item in catalog.items.values():
        for name in set(item.local or ()) - set(FACT_NAMES):
            yield catalog.place("items", item.id).fault(
                "local",
                f"{item.id}: local names {name!r}, which is no fact of a program; "
                + did_you_mean(name, FACT_NAMES),
            )
    for notebook in notebooks:
        for name in notebook.facts():
            if name not in FACT_NAMES:
                yield Fault(
                    shown_path(notebook.path, catalog.root),
                    0,
                    f"shows the program's {name!r}; " + did_you_mean(name, FACT_NAMES),
                )


def _cut_short(document: Document) -> Iterator[Fault]:
    """A ``#`` with a blank before it ends a value in YAML, such as that of "Suite #4"."""
    for loc, (_, end) in document.spans.items():
        rest = document.text[end:].split("\n", 1)[0]
        if loc and loc not in document.blocks and rest.lstrip(" ,}]").startswith("#"):
            yield Fault(
                document.file,
                document.line(loc),
                f"what stands behind # is not shown ({rest.strip()[:40]!r}); put the whole value "
                "into quotation marks, or a remark on a line of its own",
                "warning",
            )
