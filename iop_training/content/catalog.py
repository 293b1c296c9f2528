"""Catalog: everything in data/, read once, with its faults and the place of every item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iop_training.content import strict_yaml
from iop_training.content.diaries import diary_names, head_path, parse_diary
from iop_training.content.faults import Fault, did_you_mean
from iop_training.content.parse import parse
from iop_training.content.program import read_program
from iop_training.content.strict_yaml import Document, Loc
from iop_training.errors import ContentError
from iop_training.model import (
    KINDS,
    Diary,
    GlossaryEntry,
    Item,
    Module,
    ProgramFacts,
    Reference,
    Reflection,
    Rubric,
    Standard,
    Table,
    Term,
)
from iop_training.model.base import Model
from iop_training.model.item import module_of
from iop_training.model.reference import GLOSSARY_KEY

if TYPE_CHECKING:
    from iop_training.model.case import Case


@dataclass
class Place:
    """Where something stands: its document and its path in it."""

    document: Document
    loc: Loc

    def fault(self, field_name: str, message: str, level: Any = "error") -> Fault:
        """A fault at a field of this place."""
        return Fault(
            self.document.file, self.document.line((*self.loc, field_name)), message, level
        )


@dataclass
class Catalog:
    """The course's content. ``faults`` are those of reading; cross checks are in checks."""

    root: Path
    modules: dict[str, Module] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    rubrics: dict[str, Rubric] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    standards: dict[str, Standard] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    glossary: dict[str, GlossaryEntry] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    diaries: dict[str, Diary] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    program: ProgramFacts = field(default_factory=ProgramFacts)
    program_document: Document | None = None
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> Catalog:
        """Everything under ``root/data``, faults and all. Nothing is raised for bad content."""
        catalog = cls(root)
        catalog._read_entries("references", Reference)
        catalog._read_entries("standards", Standard)
        catalog._read_language()
        catalog._read_glossary()
        for path in sorted((root / "data" / "rubrics").glob("*.yaml")):
            catalog._read_named(path, Rubric, "rubrics")
        for path in sorted((root / "data" / "tables").glob("*.yaml")):
            catalog._read_named(path, Table, "tables")
        for name in diary_names(root):
            catalog._read_diary(name)
        for path in sorted((root / "data" / "cases").glob("*.yaml")):
            catalog._read_case(path)
        for path in sorted((root / "data" / "items").glob("*.yaml")):
            catalog._read_module(path)
        catalog.program, catalog.program_document = read_program(root)
        if catalog.program_document:
            catalog.faults += catalog.program_document.faults
        catalog.faults.sort()
        return catalog

    @classmethod
    def load(cls, root: Path) -> Catalog:
        """Like :meth:`read`, but raises ContentError when anything could not be read."""
        catalog = cls.read(root)
        if catalog.faults:
            raise ContentError(catalog.faults)
        return catalog

    @classmethod
    def read_standards(cls, root: Path) -> Catalog:
        """The pass marks alone; grading wants them and must not wait for all the rest."""
        catalog = cls(root)
        catalog._read_entries("standards", Standard)
        return catalog

    def module_items(self, module: str) -> list[Item]:
        """Items of a module in the order of its file."""
        return [item for item in self.items.values() if item.id.startswith(module + "-")]

    def reflections(self) -> dict[str, Reflection]:
        """The private boxes of all modules, by id."""
        return {r.id: r for module in self.modules.values() for r in module.reflections}

    def place(self, collection: str, key: str) -> Place:
        """Where an entry of a collection ("items", "rubrics", ...) stands."""
        return self.places[collection, key]

    def _document(self, path: Path) -> Iterator[Document]:
        document = strict_yaml.read(path, self.root)
        if document.data is not None:
            yield document
        self.faults += document.faults

    def _read_entries(self, name: str, model: type[Model]) -> None:
        """A file with one block of entries, both named ``name``."""
        for document in self._document(self.root / "data" / f"{name}.yaml"):
            for key, data in _block(document, name).items():
                self._keep(document, (name, key), data, model, name, key)

    def _read_language(self) -> None:
        for document in self._document(self.root / "data" / "language.yaml"):
            for n, data in enumerate(_list(document, "terms")):
                term = parse(document, ("terms", n), data, Term)
                if term:
                    self.terms.append(term)

    def _read_glossary(self) -> None:
        path = self.root / "data" / "glossary.yaml"
        if not path.exists():
            return
        for document in self._document(path):
            for key, data in _block(document, "glossary").items():
                loc = ("glossary", key)
                if re.fullmatch(GLOSSARY_KEY, key):
                    self._keep(document, loc, data, GlossaryEntry, "glossary", key)
                else:
                    document.fault(
                        loc,
                        f"key {key!r} may have small letters, digits and hyphens, up to 40, and "
                        "begins with a letter",
                    )

    def _read_named(self, path: Path, model: type[Model], collection: str) -> None:
        for document in self._document(path):
            self._keep(document, (), document.data, model, collection, path.stem)
            kept = getattr(self, collection).get(path.stem)
            if kept and kept.id != path.stem:
                document.fault(
                    ("id",), f"id is {kept.id!r}; the file is named {path.stem!r}: make them equal"
                )

    def _read_diary(self, name: str) -> None:
        for document in self._document(head_path(self.root, name)):
            diary, faults = parse_diary(document, self.root, name)
            self.faults += faults
            if diary:
                self.diaries[name] = diary
                self.places["diaries", name] = Place(document, ())

    def _read_case(self, path: Path) -> None:
        from iop_training.content.cases import parse_case  # who reads standards needs no cases

        for document in self._document(path):
            case = parse_case(document, path.stem)
            if case:
                self.cases[case.id] = case
                self.places["cases", case.id] = Place(document, ())
                if case.mode == "practice":
                    self._make_module(case)

    def _make_module(self, case: Case) -> None:
        """A practice case is a page of its own: its file is all that its module and its one item
        need."""
        minutes = {"lesson": case.prebrief.minutes}
        objectives = [objective.model_dump() for objective in case.objectives]
        about = {"title": case.title, "minutes": minutes, "objectives": objectives}
        self.modules[case.id] = Module.model_validate({"module": case.id, **about})
        item = case_item(case)
        self.items[item.id] = item
        for place in (("modules", case.id), ("items", item.id)):
            self.places[place] = self.place("cases", case.id)

    def _read_module(self, path: Path) -> None:
        for document in self._document(path):
            if not isinstance(document.data, dict):
                document.fault((), "must start with module:, title:, minutes:, objectives:, items:")
                continue
            head = {k: v for k, v in document.data.items() if k != "items"}
            self._keep(document, (), head, Module, "modules", path.stem)
            module = self.modules.get(path.stem)
            if module and module.module != path.stem:
                document.fault(
                    ("module",),
                    f"module is {module.module!r}; the file is named "
                    f"{path.stem!r}: make them equal",
                )
            for n, data in enumerate(_list(document, "items")):
                self._read_item(document, ("items", n), data, path.stem)

    def _read_item(self, document: Document, loc: Loc, data: Any, module: str) -> None:
        kind = data.get("kind", "") if isinstance(data, dict) else ""
        if kind not in KINDS:
            document.fault((*loc, "kind"), f"kind is {kind!r}; " + did_you_mean(kind, KINDS))
            return
        item_id = data.get("id", "")
        if item_id in self.items:
            first = self.place("items", item_id).fault("id", "")
            document.fault(
                (*loc, "id"),
                f"id {item_id!r} is used already in "
                f"{first.file}:{first.line}; give each item its own",
            )
            return
        if "." in item_id:
            document.fault(
                (*loc, "id"),
                f"id {item_id!r} has a '.'; only a form's fields have one, by themselves",
            )
            return
        if kind == "case" and data.get("case") in self.cases:
            data = {**data, "case": self.cases[data["case"]]}
        self._keep(document, loc, data, KINDS[kind], "items", item_id)
        item = self.items.get(item_id)
        if item and not item_id.startswith(module + "-"):
            document.fault((*loc, "id"), f"id {item_id!r} must start with {module + '-'!r}")
        for path, field_item in item.inner() if item else ():
            self.places["items", field_item.id] = Place(document, (*loc, *path))

    def _keep(
        self, document: Document, loc: Loc, data: Any, model: type[Model], collection: str, key: str
    ) -> None:
        parsed = parse(document, loc, data, model)
        if parsed is not None:
            getattr(self, collection)[key] = parsed
            self.places[collection, key] = Place(document, loc)


def bank_of(item_id: str) -> str:
    """The file that has the item, or should have it, relative to the course's root."""
    return f"data/items/{module_of(item_id)}.yaml"


def case_item(case: Case) -> Item:
    """The item of a practice case: ``c01-s01`` of c01."""
    return KINDS["case"].model_validate(
        {"id": f"{case.id}-s01", "kind": "case", "use": "formative", "case": case}
    )


def _block(document: Document, name: str) -> dict[str, Any]:
    value = document.data.get(name) if isinstance(document.data, dict) else None
    if not isinstance(value, dict):
        document.fault((name,), f"must have {name}: with one block for each entry")
        return {}
    return value


def _list(document: Document, name: str) -> list[Any]:
    value = document.data.get(name) if isinstance(document.data, dict) else None
    if not isinstance(value, list):
        document.fault((name,), f"must have {name}: with a list ('- ...' lines)")
        return []
    return value
