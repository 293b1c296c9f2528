"""What one case file can get wrong beyond the form of its fields: names that nothing bears.

Whether the case plays well is another question; ``simulation.proof`` answers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path as FilePath
from typing import Any

from iop_training.content import strict_yaml
from iop_training.content.faults import did_you_mean, shown_path
from iop_training.content.parse import parse
from iop_training.content.strict_yaml import Document
from iop_training.errors import ContentError
from iop_training.model.base import Path
from iop_training.model.case import Case
from iop_training.model.case_moments import Change, Utterance
from iop_training.model.condition import names_in, numbers_in

GROUP = "group"
"""What ``to`` says for everybody in the room."""

Found = tuple[Path, str]
"""Where in the case, and a sentence."""


def parse_case(document: Document, name: str) -> Case | None:
    """The case in a document whose file is called ``name``; None when faults were recorded."""
    case = parse(document, (), document.data, Case)
    if case is None:
        return None
    for path, message in case_faults(case):
        document.fault(path, message)
    if case.id != name:
        document.fault(("id",), f"id is {case.id!r}; the file is named {name!r}: make them equal")
    return None if document.faults else case


def load_case(root: FilePath, name: str) -> Case:
    """The case called ``name`` in the course under ``root``; ContentError with all its faults, or
    with the names there are."""
    folder = root / "data" / "cases"
    path = folder / f"{name}.yaml"
    if not path.exists():
        hint = did_you_mean(name, [found.stem for found in folder.glob("*.yaml")])
        raise ContentError([f"There is no case {name!r} in {shown_path(folder, root)}; {hint}"])
    document = strict_yaml.read(path, root)
    case = parse_case(document, name) if document.data is not None else None
    if case is None:
        raise ContentError(document.faults)
    return case


def case_faults(case: Case) -> Iterator[Found]:
    """Every name that can't be as it is, with what it may be."""
    yield from _unique(case)
    yield from _claims(case)
    yield from _conditions(case)
    yield from _changes(case)
    yield from _targets(case)
    yield from _speakers(case)
    yield from _judged(case)
    yield from _fallbacks(case)


def _unique(case: Case) -> Iterator[Found]:
    """An id is used once among its kind; variables, flags and people share their names."""
    for name in ("moments", "endings", "decisions", "observations", "drills"):
        yield from _twice((name,), getattr(case, name))
    for n, moment in enumerate(case.moments):
        yield from _twice(("moments", n, "moves"), moment.moves)
    for n, person in enumerate(case.people):
        yield from _twice(("people", n, "state"), person.state)
    seen: dict[str, str] = {GROUP: "everybody (to: [group])"}
    kinds = (("people", "a person"), ("state", "a variable"), ("flags", "a flag"))
    for field, kind in kinds:
        for n, entry in enumerate(getattr(case, field)):
            if entry.id in seen:
                yield (
                    (field, n, "id"),
                    f"id {entry.id!r} is {seen[entry.id]} already; choose another",
                )
            seen.setdefault(entry.id, kind)


def _claims(case: Case) -> Iterator[Found]:
    """The lines of the note differ, and only an assessed one gives points."""
    if case.note is None:
        return
    yield from _twice(("note", "claims"), case.note.claims)
    for n, claim in enumerate(case.note.claims):
        yield from _twice(("note", "claims", n, "options"), claim.options)
    if bool(case.note.points) != (case.mode == "assessed"):
        yield (
            ("note", "points"),
            f"is {case.note.points}; the note of an assessed case gives points, in practice none",
        )


def _twice(path: Path, entries: Iterable[Any]) -> Iterator[Found]:
    ids: set[str] = set()
    for n, entry in enumerate(entries):
        if entry.id in ids:
            yield (*path, n, "id"), f"id {entry.id!r} is used already; give each its own"
        ids.add(entry.id)


def _conditions(case: Case) -> Iterator[Found]:
    """Conditions name variables where they compare, flags where they don't."""
    variables, flags = dict(case.variables()), {flag.id for flag in case.flags}
    for path, condition in _each_condition(case):
        numbers, truths = names_in(condition)
        for name in sorted(numbers - set(variables)):
            hint = (
                f"it is a flag: write {name!r} or 'not {name}' without a comparison"
                if name in flags
                else did_you_mean(name, variables)
            )
            yield path, f"{name!r} in {condition!r} is no variable; {hint}"
        for name in sorted(truths - flags):
            hint = (
                f"it is a variable: compare it, as in '{name} >= 1'"
                if name in variables
                else did_you_mean(name, flags | set(variables))
            )
            yield path, f"{name!r} in {condition!r} is no flag; {hint}"
        for name, number in numbers_in(condition):
            known = variables.get(name)
            if known and not known.low <= number <= known.high:
                yield (
                    path,
                    f"{condition!r} compares {name} with {number}; it runs from {known.low} to "
                    f"{known.high}",
                )


def _each_condition(case: Case) -> Iterator[tuple[Path, str]]:
    for n, moment in enumerate(case.moments):
        here: Path = ("moments", n)
        yield from _when(here, [moment])
        yield from _when((*here, "says"), moment.says, listed=True)
        yield from _when((*here, "branch"), moment.branch, listed=True)
        for m, move in enumerate(moment.moves):
            inside: Path = (*here, "moves", m)
            yield from _when(inside, [move])
            for name in ("also", "reply", "branch"):
                yield from _when((*inside, name), getattr(move, name), listed=True)
    yield from _when(("endings",), case.endings, listed=True)
    for n, claim in enumerate(case.note.claims if case.note else ()):
        yield from _when(("note", "claims", n), [claim])
        yield from _when(("note", "claims", n, "options"), claim.options, listed=True)


def _when(path: Path, entries: Sequence[Any], listed: bool = False) -> Iterator[tuple[Path, str]]:
    for n, entry in enumerate(entries):
        if entry.when is not None:
            yield (*path, n, "when") if listed else (*path, "when"), entry.when


def _changes(case: Case) -> Iterator[Found]:
    for n, moment in enumerate(case.moments):
        for m, move in enumerate(moment.moves):
            path: Path = ("moments", n, "moves", m)
            yield from _change(case, path, move)
            for a, also in enumerate(move.also):
                yield from _change(case, (*path, "also", a), also)


def _change(case: Case, path: Path, change: Change) -> Iterator[Found]:
    variables, flags = dict(case.variables()), [flag.id for flag in case.flags]
    for name, effect in change.effects.items():
        known = variables.get(name)
        if known is None:
            yield (
                (*path, "effects", name),
                f"{name!r} is no variable; " + did_you_mean(name, variables),
            )
        elif effect[0] == "=" and not known.low <= int(effect[1:]) <= known.high:
            yield (
                (*path, "effects", name),
                f"sets {name} to {effect[1:]}; it runs from {known.low} to {known.high}",
            )
    for field in ("set", "clear"):
        for name in getattr(change, field):
            if name not in flags:
                yield (*path, field), f"{name!r} is no flag; " + did_you_mean(name, flags)


def _targets(case: Case) -> Iterator[Found]:
    allowed = {m.id for m in case.moments if not m.cuts_in} | {f"end:{e.id}" for e in case.endings}
    cuts_in = {m.id for m in case.moments if m.cuts_in}
    for n, moment in enumerate(case.moments):
        entries: list[tuple[Path, Any]] = [(("moments", n), moment)]
        entries += [(("moments", n, "moves", m), move) for m, move in enumerate(moment.moves)]
        for path, entry in entries:
            named = [((*path, "branch", b, "to"), way.to) for b, way in enumerate(entry.branch)]
            named += [((*path, "next"), entry.next)] if entry.next else []
            for where, target in named:
                if target in cuts_in:
                    yield where, f"{target!r} cuts in by itself; no line can lead there"
                elif target not in allowed:
                    yield where, f"there is no {target!r}; " + did_you_mean(target, allowed)


def _speakers(case: Case) -> Iterator[Found]:
    """Everybody who speaks or is spoken to is there, and is named where there are several."""
    people = [person.id for person in case.people]
    for n, moment in enumerate(case.moments):
        here: Path = ("moments", n)
        yield from _known(here, "by", moment.by, people)
        for path, said in _utterances(here, moment):
            yield from _known(path, "by", said.by, people)
            for k, line in enumerate(said.lines):
                yield from _known((*path, "lines", k), "by", line.by, people)
            if not said.lines and not (said.by or moment.by) and len(people) > 1:
                yield path, "says nobody's name; add by: here or at the moment"
        for m, move in enumerate(moment.moves):
            path = (*here, "moves", m, "to")
            for name in move.to:
                if name not in (*people, GROUP):
                    yield path, f"{name!r} is nobody here; " + did_you_mean(name, [*people, GROUP])
            if len(move.to) > 2 or (GROUP in move.to and len(move.to) > 1):
                yield path, "names one person, two people, or [group]"
    for n, ending in enumerate(case.endings):
        yield from _known(("endings", n), "view_by", ending.view_by, people)
    for n, drill in enumerate(case.drills):
        yield from _known(("drills", n), "by", drill.by, people)
        if drill.by is None and len(people) > 1:
            yield ("drills", n), "says nobody's name; add by:"
        qualities = [move.quality for move in drill.moves]
        if max(qualities) < 2 or min(qualities) > 1:
            yield (
                ("drills", n, "moves"),
                "need one of quality 2 or 3, which changes the client's answer, and one below",
            )


def _utterances(here: Path, moment: Any) -> Iterator[tuple[Path, Utterance]]:
    yield from (((*here, "says", k), said) for k, said in enumerate(moment.says))
    for m, move in enumerate(moment.moves):
        yield from (((*here, "moves", m, "reply", k), said) for k, said in enumerate(move.reply))


def _known(path: Path, field: str, name: str | None, people: list[str]) -> Iterator[Found]:
    if name is not None and name not in people:
        yield (*path, field), f"{name!r} is nobody here; " + did_you_mean(name, people)


def _judged(case: Case) -> Iterator[Found]:
    """Decisions and observations that lines name exist, and those that exist are named."""
    decisions = {d.id for d in case.decisions}
    observations = {o.id for o in case.observations}
    moments = {m.id for m in case.moments}
    decided, observed = set[str](), set[str]()
    for n, moment in enumerate(case.moments):
        if moment.decision:
            decided.add(moment.decision)
            if moment.decision not in decisions:
                hint = did_you_mean(moment.decision, decisions)
                yield ("moments", n, "decision"), f"there is no {moment.decision!r}; {hint}"
        for m, move in enumerate(moment.moves):
            for k, mark in enumerate(move.observes):
                observed.add(mark.id)
                if mark.id not in observations:
                    hint = did_you_mean(mark.id, observations)
                    path: Path = ("moments", n, "moves", m, "observes", k, "id")
                    yield path, f"there is no observation {mark.id!r}; {hint}"
    for d, decision in enumerate(case.decisions):
        if decision.id not in decided:
            yield ("decisions", d, "id"), f"no moment has decision: {decision.id}"
    for o, observation in enumerate(case.observations):
        if observation.id not in observed:
            yield ("observations", o, "id"), f"no line observes {observation.id}"
    for n, drill in enumerate(case.drills):
        if drill.moment not in moments:
            hint = did_you_mean(drill.moment, moments)
            yield ("drills", n, "moment"), f"there is no moment {drill.moment!r}; {hint}"
    if bool(case.decisions) != bool(case.scoring.decisions):
        yield (
            ("scoring", "decisions"),
            f"gives {case.scoring.decisions} points for decisions, and the case has "
            f"{len(case.decisions)} of them",
        )


def _fallbacks(case: Case) -> Iterator[Found]:
    """Something is always said, and the client is known from within."""
    for n, moment in enumerate(case.moments):
        if all(said.when for said in moment.says):
            yield (
                ("moments", n, "says"),
                "each has a when:, so nothing may fit; leave it out of the last one",
            )
        if not moment.vary and any(said.when is None for said in moment.says[:-1]):
            yield (
                ("moments", n, "says"),
                "one without when: stands before others, which are never said; move it to the end",
            )
    ordinary = [(n, ending) for n, ending in enumerate(case.endings) if not ending.at_once]
    for n, ending in ordinary[-1:]:
        if ending.when:
            yield ("endings", n, "when"), "must not be in the last ending, so that one always fits"
    for n, ending in enumerate(case.endings):
        if ending.at_once and len(ordinary) == 0:
            yield ("endings", n, "at_once"), "stands in every ending; one must be without it"
    if not any(person.profile for person in case.people):
        yield ("people", 0), "has no profile; the person whom the case is about needs one"
