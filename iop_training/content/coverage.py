"""Coverage: where each competency is taught, practised and graded, by what, and which are not yet.

Only what a notebook shows counts: the objectives of a module that has a lesson, and the items that
are asked, with those of practice cases. A graded item is one observation, and so is an assessed
session; an optional item, which nobody has to answer, counts as practice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from iop_training.content.catalog import Catalog
from iop_training.content.competencies import read_competencies, read_dimensions
from iop_training.content.faults import did_you_mean
from iop_training.content.notebooks import Notebook, course_notebooks, read_notebook
from iop_training.errors import ContentError
from iop_training.model import Evidence, Item

OFTEN = 3
"""Graded observations from which a competency counts as graded often."""

Standing = Literal["often", "graded", "practised", "taught", "none"]
STANDINGS: dict[Standing, str] = {
    "often": f"graded {OFTEN} times or more",
    "graded": "graded once or twice",
    "practised": "practised only",
    "taught": "taught only",
    "none": "not yet",
}
"""How far a competency is covered, the furthest first."""


@dataclass(frozen=True)
class Covered:
    """A competency: in the course's words, with the part of the framework it belongs to; the
    modules whose lesson teaches it; ids of the items that practise and grade it; and how many of
    the graded ones are of which kind of evidence, and of the practised ones sessions."""

    id: str
    words: str
    dimension: str
    taught: tuple[str, ...]
    practised: tuple[str, ...]
    graded: tuple[str, ...]
    evidence: dict[Evidence, int]
    sessions: int

    @property
    def standing(self) -> Standing:
        """How far it is covered."""
        if self.graded:
            return "often" if len(self.graded) >= OFTEN else "graded"
        if self.practised:
            return "practised"
        return "taught" if self.taught else "none"

    @property
    def lacks(self) -> tuple[str, ...]:
        """Of taught, practised and graded, what it is not yet."""
        has = {"taught": self.taught, "practised": self.practised, "graded": self.graded}
        return tuple(word for word, found in has.items() if not found)


def read_coverage(root: Path, module: str = "") -> list[Covered]:
    """Every competency of the course under ``root``, in the order of its list; of a ``module``
    only those that it names, and what it does for them.

    ContentError when something can't be read, or there is no such module.
    """
    catalog = Catalog.load(root)
    every = (read_notebook(path, root) for path in course_notebooks(root))
    notebooks = [notebook for notebook in every if not notebook.has_code]
    if module and module not in catalog.modules:
        hint = did_you_mean(module, catalog.modules)
        raise ContentError([f"There is no module {module!r}; {hint}"])
    try:
        words, dimensions = read_competencies(root), read_dimensions(root)
    except OSError as error:
        raise ContentError(["data/competencies.csv is missing; restore it"]) from error
    covered = coverage(catalog, notebooks, words, dimensions, module)
    return [c for c in covered if len(c.lacks) < 3] if module else covered


def coverage(
    catalog: Catalog,
    notebooks: Iterable[Notebook],
    words: dict[str, str],
    dimensions: dict[str, str],
    module: str = "",
) -> list[Covered]:
    """Each competency of ``words``, by what the notebooks of all modules, or of one, show."""
    pages = [page for page in notebooks if module in ("", page.module)]
    lessons = {page.module for page in pages if not page.assignment} - set(catalog.cases)
    asked = dict.fromkeys(item for page in pages for item in page.asked())
    items = [catalog.items[item] for item in asked if item in catalog.items]
    return [
        _covered(catalog, sorted(lessons), items, competency, text, dimensions.get(competency, ""))
        for competency, text in words.items()
    ]


def _covered(
    catalog: Catalog,
    lessons: list[str],
    items: list[Item],
    competency: str,
    words: str,
    dimension: str,
) -> Covered:
    taught = [
        module
        for module in lessons
        if module in catalog.modules
        and any(competency in goal.competency for goal in catalog.modules[module].objectives)
    ]
    named = [item for item in items if competency in item.competency]
    graded = [item for item in named if item.use == "graded" and not item.optional]
    practised = [item for item in named if item not in graded]
    return Covered(
        competency,
        words,
        dimension,
        tuple(taught),
        tuple(item.id for item in practised),
        tuple(item.id for item in graded),
        dict(Counter(item.evidence for item in graded)),
        sum(item.evidence == "session" for item in practised),
    )
