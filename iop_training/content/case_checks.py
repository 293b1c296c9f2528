"""Cross checks of cases: what they rest on, what they train, how they speak of people."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Literal

from iop_training.content.catalog import Catalog
from iop_training.content.faults import Fault, did_you_mean
from iop_training.content.language import stigma_finder
from iop_training.model.base import Model, Path, children
from iop_training.model.case import Case

_SPOKEN = {"says", "reply", "view", "core_beliefs", "rules", "automatic_thoughts"}
"""Fields with the words of people in the case, which stay theirs."""


def check_cases(catalog: Catalog, competencies: Collection[str], today: dt.date) -> Iterator[Fault]:
    """Faults of all cases that could be read."""
    for case in catalog.cases.values():
        for path, message, level in (
            *_sources(catalog, case),
            *_competencies(case, competencies),
            *_gates(catalog, case),
            *_harms(case),
            *_prebrief(catalog, case),
            *_drills(case),
            *_language(catalog, case),
        ):
            document = catalog.place("cases", case.id).document
            yield Fault(document.file, document.line(path), f"{case.id}: {message}", level)
        if case.review_by and case.review_by < today:
            yield catalog.place("cases", case.id).fault(
                "review_by",
                f"{case.id}: was to be reviewed by {case.review_by}; check its sources and set a "
                "new date",
                "warning",
            )


Found = tuple[Path, str, Literal["error", "warning", "note"]]
"""Where in the case, a sentence, and how grave it is."""


def _sources(catalog: Catalog, case: Case) -> Iterator[Found]:
    """Every source exists; what is assessed rests on something that was looked up."""
    known = catalog.references
    for path, entry in _entries((), case):
        sources = getattr(entry, "source", ())
        for source in sources:
            if source not in known:
                hint = did_you_mean(source, known)
                yield (
                    (*path, "source"),
                    f"source {source!r} is not in data/references.yaml; {hint}",
                    "error",
                )
        unread = [s for s in sources if s in known and known[s].evidence == "known"]
        if case.mode == "assessed" and unread and len(unread) == len(sources):
            yield (
                (*path, "source"),
                f"is assessed, but nobody has read {unread[0]!r} yet (evidence: known); look it up",
                "error",
            )


def _entries(path: Path, model: Model) -> Iterator[tuple[Path, Model]]:
    yield path, model
    for name in type(model).model_fields:
        for inside, child in children(getattr(model, name)):
            yield from _entries((*path, name, *inside), child)


def _competencies(case: Case, known: Collection[str]) -> Iterator[Found]:
    for n, objective in enumerate(case.objectives):
        for missing in sorted({*objective.competency} - {*known}) if known else ():
            path: Path = ("objectives", n, "competency")
            yield path, f"{missing} is not in data/competencies.csv", "error"


def _gates(catalog: Catalog, case: Case) -> Iterator[Found]:
    """A gate on something that no lesson teaches yet is fair only once one does."""
    taught = {item.domain for item in catalog.items.values() if item.use == "formative"}
    for n, observation in enumerate(case.observations):
        if observation.domain not in taught:
            yield (
                ("observations", n, "domain"),
                f"{observation.id} observes {observation.domain}, which no lesson practises yet",
                "note",
            )


def _harms(case: Case) -> Iterator[Found]:
    """Serious harm in an assessed case that no safety gate would see."""
    for n, moment in enumerate(case.moments if case.mode == "assessed" else ()):
        for m, move in enumerate(moment.moves):
            if move.harm == "serious" and not move.observes:
                yield (
                    ("moments", n, "moves", m, "harm"),
                    f"{moment.id}/{move.id} is seriously harmful and no observation sees it; add "
                    "observes: where one fits",
                    "note",
                )


def _prebrief(catalog: Catalog, case: Case) -> Iterator[Found]:
    """Somebody who would rather not meet a case can know what it holds, and take another."""
    if case.prebrief.summary is None:
        yield (
            ("prebrief",),
            "has no summary:; tell the story from a distance in a few sentences, for who wants to "
            "know it first",
            "warning",
        )
    others = {other.id for other in catalog.cases.values() if other.mode == case.mode} - {case.id}
    for n, name in enumerate(case.prebrief.instead):
        if name not in others:
            hint = did_you_mean(name, others) if others else "there is no other yet"
            what = "this case itself" if name == case.id else f"no other {case.mode} case"
            yield ("prebrief", "instead", n), f"instead: {name!r} is {what}; {hint}", "error"


VARIANTS, HARDER, DRILLED = 3, 1, 2
"""How many variants of a moment the debrief's loop takes, how many harder ones after them, and of
how many moments a case should have both."""


def _drills(case: Case) -> Iterator[Found]:
    plain = Counter(drill.moment for drill in case.drills if not drill.harder)
    harder = Counter(drill.moment for drill in case.drills if drill.harder)
    covered = [m for m in plain if plain[m] >= VARIANTS and harder[m] >= HARDER]
    if len(covered) < DRILLED:
        yield (
            ("drills",),
            f"moments with {VARIANTS} variants and a harder one: {', '.join(covered) or 'none'}; "
            f"the debrief's loop needs at least {DRILLED}, where much depends on the line",
            "note",
        )


def _language(catalog: Catalog, case: Case) -> Iterator[Found]:
    """Words that stigmatize, in what the course says; people in the case speak as they do."""
    found = stigma_finder(catalog.terms)
    for path, text in case.prose():
        if not _SPOKEN.intersection(path):
            yield from ((path, message, "warning") for message in found(text))
