"""Cross checks: what no single file can show. Each check is one function from the course
to faults; ``check_course`` runs them all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from iop_training.content.case_checks import check_cases
from iop_training.content.catalog import Catalog, bank_of
from iop_training.content.code_checks import check_code
from iop_training.content.competencies import read_competencies
from iop_training.content.faults import Fault, did_you_mean, shown_path
from iop_training.content.gate_checks import check_domains, check_standards
from iop_training.content.language import markdown_in, stigma_finder
from iop_training.content.notebooks import ASKING, Notebook, course_notebooks, read_notebook
from iop_training.content.program_checks import check_program
from iop_training.content.reading import check_reading
from iop_training.content.reviews import check_reviews
from iop_training.content.secrecy import check_secrecy
from iop_training.content.writing import check_writing
from iop_training.errors import ContentError
from iop_training.model.item import module_of

_VERDICT = re.compile(r"(yes|no|not yet|right|wrong|correct)[:,.]", re.I)


@dataclass
class Course:
    """Content and notebooks together, and the day that ``review_by`` is compared with."""

    catalog: Catalog
    notebooks: list[Notebook]
    today: dt.date


def check_course(root: Path, today: dt.date | None = None) -> tuple[Course, list[Fault]]:
    """Every fault of the course under ``root``, sorted by file and line."""
    catalog = Catalog.read(root)
    faults = list(catalog.faults)
    every = []
    for path in course_notebooks(root):
        try:
            every.append(read_notebook(path, root))
        except ContentError as error:
            faults.append(Fault(shown_path(path, root), 0, str(error.faults[0])))
    notebooks = [notebook for notebook in every if not notebook.has_code]
    with_code = [notebook for notebook in every if notebook.has_code]
    faults += check_code(with_code, root)
    course = Course(catalog, notebooks, today or dt.date.today())
    for check in (
        _sources,
        _competencies,
        _rubrics,
        _dates,
        _language,
        _asked,
        _cells,
        _verdict_words,
        _unused,
    ):
        faults += check(course)
    faults += check_reading(catalog, notebooks)
    faults += check_secrecy(catalog, notebooks)
    faults += check_writing(catalog)
    faults += check_reviews(catalog)
    faults += check_program(catalog, notebooks)
    faults += check_domains(catalog)
    faults += check_cases(catalog, _known_competencies(course), course.today)
    faults += check_standards(
        catalog,
        {n.assignment for n in notebooks if n.assignment},
        {n.assignment for n in with_code if n.assignment},
    )
    return course, sorted(set(faults))


def _entries(course: Course) -> Iterator[tuple[str, str, list[str]]]:
    catalog = course.catalog
    for collection in ("items", "rubrics", "tables", "diaries", "glossary"):
        for key, entry in getattr(catalog, collection).items():
            yield collection, key, entry.source


def _sources(course: Course) -> Iterator[Fault]:
    """Every source exists; a graded key rests on something that was looked up."""
    references = course.catalog.references
    for collection, key, sources in _entries(course):
        place = course.catalog.place(collection, key)
        for source in sources:
            if source not in references:
                yield place.fault(
                    "source",
                    f"{key}: source {source!r} is not in "
                    "data/references.yaml; " + did_you_mean(source, references),
                )
        item = course.catalog.items.get(key) if collection == "items" else None
        known = [s for s in sources if s in references and references[s].evidence == "known"]
        if item and item.use == "graded" and len(known) == len(sources):
            yield place.fault(
                "source",
                f"{key} is graded, but nobody has read {known[0]!r} yet "
                "(evidence: known); look it up, or make the item formative",
            )
        if item and item.review.status != "draft" and known:
            yield place.fault(
                "review",
                f"{key} is {item.review.status}, but source {known[0]!r} "
                "has evidence: known; look it up or set status: draft",
            )


def _known_competencies(course: Course) -> set[str]:
    """Ids of the list; none where it is missing, which is told once."""
    try:
        return set(read_competencies(course.catalog.root))
    except OSError:
        return set()


def _competencies(course: Course) -> Iterator[Fault]:
    known = _known_competencies(course)
    if not known:
        yield Fault("data/competencies.csv", 0, "is missing; restore it")
        return
    named = [("items", i.id, "competency", i.competency) for i in course.catalog.items.values()]
    named += [
        ("modules", m.module, "objectives", o.competency)
        for m in course.catalog.modules.values()
        for o in m.objectives
    ]
    for collection, key, field, competencies in named:
        for missing in sorted(set(competencies) - known):
            yield course.catalog.place(collection, key).fault(
                field, f"{key}: {missing} is not in data/competencies.csv"
            )


def _rubrics(course: Course) -> Iterator[Fault]:
    catalog = course.catalog
    for item in catalog.items.values():
        name = getattr(item, "rubric", None)
        if name is None:
            continue
        place = catalog.place("items", item.id)
        if name not in catalog.rubrics:
            yield place.fault(
                "rubric",
                f"{item.id}: no rubric {name!r} in data/rubrics; "
                + did_you_mean(name, catalog.rubrics),
            )
        elif catalog.rubrics[name].points != item.points:
            points = catalog.rubrics[name].points
            yield place.fault(
                "points",
                f"{item.id} has {item.points:g} points; its rubric gives "
                f"{points} (4 for each criterion): make them equal",
            )


def _dates(course: Course) -> Iterator[Fault]:
    for item in course.catalog.items.values():
        if item.review_by and item.review_by < course.today:
            yield course.catalog.place("items", item.id).fault(
                "review_by",
                f"{item.id} was to be looked at again by {item.review_by}; check the "
                "source, then set a new date",
                "warning",
            )


def _language(course: Course) -> Iterator[Fault]:
    """Words that stigmatize, outside quotation marks (a client's own words stay theirs), and
    Markdown in data."""
    found = stigma_finder(course.catalog.terms)
    catalog = course.catalog
    for collection in ("items", "modules", "diaries", "glossary"):
        for key, entry in getattr(catalog, collection).items():
            place = catalog.place(collection, key)
            for path, text in entry.prose():
                line = place.document.line((*place.loc, *path))
                for message in [*found(text), *markdown_in(text)]:
                    yield Fault(place.document.file, line, f"{key}: {message}", "warning")
    for notebook in course.notebooks:
        for cell in notebook.cells:
            for message in found(cell.source if cell.type == "markdown" else ""):
                file = shown_path(notebook.path, course.catalog.root)
                yield Fault(file, 0, f"cell {cell.index + 1}: {message}", "warning")


def _asked(course: Course) -> Iterator[Fault]:
    """Each notebook asks for items that exist, once, and of its own use; an assignment, which is
    graded and released with its own bank, for those of its own module."""
    items = course.catalog.items
    faulty = {fault.file for fault in course.catalog.faults}
    for notebook in course.notebooks:
        file = shown_path(notebook.path, course.catalog.root)
        use = "graded" if notebook.assignment else "formative"
        asked = notebook.asked()
        bank = f"data/items/{notebook.module}.yaml"
        if notebook.module not in course.catalog.modules and bank not in faulty:
            yield Fault(file, 0, f"needs {bank} with its title")
        yield from _minutes(course, notebook, file)
        for item_id in sorted(set(asked)):
            if item_id not in items:
                if bank_of(item_id) not in faulty:  # else it is told why it isn't there
                    yield Fault(file, 0, f"asks for {item_id!r}; " + did_you_mean(item_id, items))
            elif notebook.assignment and module_of(item_id) != notebook.module:
                yield Fault(
                    file,
                    0,
                    f"{_where_asked(notebook, item_id)} asks for {item_id}, a question of "
                    f"{module_of(item_id)}; an assignment takes those of its own module, "
                    f"here from {bank}",
                )
            elif items[item_id].use != use:
                yield Fault(
                    file,
                    0,
                    f"asks for {item_id}, which is {items[item_id].use}; "
                    f"this notebook takes {use} items",
                )
            if asked.count(item_id) > 1:
                yield Fault(file, 0, f"asks for {item_id} more than once; keep one cell")
        for chart in notebook.charts():
            if chart not in course.catalog.tables:
                yield Fault(
                    file, 0, f"shows chart {chart!r}; " + did_you_mean(chart, course.catalog.tables)
                )
        for diary in notebook.diaries():
            if diary not in course.catalog.diaries:
                allowed = did_you_mean(diary, course.catalog.diaries)
                yield Fault(file, 0, f"shows diary {diary!r}; {allowed}")


def _where_asked(notebook: Notebook, item_id: str) -> str:
    cell = next(c for c in notebook.cells if c.call and c.call[1] == item_id)
    return f"cell {cell.index + 1} ({cell.id})"


def _minutes(course: Course, notebook: Notebook, file: str) -> Iterator[Fault]:
    """A page says how long it takes."""
    module, kind = course.catalog.modules.get(notebook.module), notebook.kind
    if module and getattr(module.minutes, kind) is None:
        yield Fault(file, 0, f"says not how long it takes; add {kind}: to minutes: in its bank")


def _cells(course: Course) -> Iterator[Fault]:
    """Code cells make one course call each; nbgrader's metadata agrees with the item."""
    for notebook in course.notebooks:
        file = shown_path(notebook.path, course.catalog.root)
        for cell in notebook.cells:
            where = f"cell {cell.index + 1} ({cell.id})"
            if cell.type == "code" and cell.call is None:
                yield Fault(
                    file,
                    0,
                    f"{where} is not a single course call such as "
                    'ask("m01-q01"); trainees are never shown code',
                )
            elif notebook.assignment:
                yield from _graded_cell(course, notebook, cell.index, file, where)


def _graded_cell(
    course: Course, notebook: Notebook, index: int, file: str, where: str
) -> Iterator[Fault]:
    cell = notebook.cells[index]
    meta = cell.nbgrader
    if meta.get("grade_id") != cell.id:
        yield Fault(file, 0, f"{where}: nbgrader grade_id must equal the cell id")
        return
    item = course.catalog.items.get(cell.call[1]) if cell.call and cell.call[0] in ASKING else None
    if item is None or module_of(item.id) != notebook.module:
        if cell.call and cell.call[0] in ASKING:
            return  # that there is no such item here is told elsewhere
        if cell.type == "code" and (meta.get("grade") or not meta.get("locked")):
            yield Fault(file, 0, f"{where}: must be locked and ungraded in nbgrader")
        return
    answer = notebook.cells[index + 1] if item.manual and index + 1 < len(notebook.cells) else cell
    if answer.id != item.id or not answer.nbgrader.get("grade"):
        yield Fault(
            file,
            0,
            f"{where}: the graded cell of {item.id} must have the id {item.id}"
            + (" and follow as a markdown cell" if item.manual else ""),
        )
    elif answer.nbgrader.get("points") != item.counted:
        yield Fault(
            file,
            0,
            f"{where}: {answer.nbgrader.get('points')} points in the notebook, "
            f"{item.counted:g} in data/items{' (it is optional)' if item.optional else ''}: "
            "make them equal",
        )


def _verdict_words(course: Course) -> Iterator[Fault]:
    """The page says "Yes" or "Not yet" itself, depending on what was chosen."""
    for item in course.catalog.items.values():
        place = course.catalog.place("items", item.id)
        for path, text in item.prose():
            if path[-1] == "rationale" and _VERDICT.match(text):
                line = place.document.line((*place.loc, *path))
                yield Fault(
                    place.document.file,
                    line,
                    f"{item.id}: begin a rationale with the reason; the page adds the verdict",
                )


def _unused(course: Course) -> Iterator[Fault]:
    asked = {i for notebook in course.notebooks for i in notebook.asked()}
    for item in course.catalog.items.values():
        if item.id not in asked:
            yield course.catalog.place("items", item.id).fault(
                "id", f"{item.id} is asked in no notebook", "warning"
            )
