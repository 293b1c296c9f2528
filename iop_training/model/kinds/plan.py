"""plan: each section of a plan is filled from what the client said.

A response is ``{section id: {"picked": [entry ids], "own": text}}``; what is empty is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Item, PartId
from iop_training.model.options import Harmful
from iop_training.model.order import display_order
from iop_training.model.typed import LINE, typed_text


class Entry(Harmful):
    """What could be written into a section; ``fits`` whether it belongs there."""

    id: PartId
    text: ProseText
    fits: bool = False
    rationale: ProseText


class Section(Model):
    """A step of the plan. ``pick`` says how many entries are chosen at most, and is told; without
    it all that fit are to be found."""

    id: PartId
    text: ProseText
    help: ProseText | None = None
    pick: Annotated[int, Field(ge=1)] | None = None
    entries: Annotated[list[Entry], Field(min_length=2, max_length=6)]

    def fitting(self) -> list[str]:
        """Ids of the entries that belong here."""
        return [e.id for e in self.entries if e.fits]

    def needed(self) -> int:
        """How many fitting entries fill the section."""
        return self.pick or len(self.fitting())


class Plan(Item):
    """``sections`` in the order of the plan, their entries in another one for each trainee. With
    ``own_words`` each section takes one line that is kept and printed, and never scored."""

    kind: Literal["plan"]
    title: ProseText
    sections: Annotated[list[Section], Field(min_length=2, max_length=24)]
    own_words: bool = False

    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "title", "own_words")
    _SECTION: ClassVar[tuple[str, ...]] = ("id", "text", "help", "pick")
    """Fields of a section that a learner may have; of its entries these are id and text."""

    def shuffled(self) -> list[str]:
        return [e.id for s in self.sections for e in s.entries]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {
            "title": self.title,
            "own_words": self.own_words,
            "longest": LINE,
            "sections": [
                {
                    "id": section.id,
                    "text": section.text,
                    "help": section.help or "",
                    "pick": section.pick,
                    "entries": [{"id": e.id, "text": e.text} for e in self.as_seen(section, order)],
                }
                for section in self.sections
            ],
        }

    @staticmethod
    def as_seen(section: Section, order: Sequence[str]) -> list[Entry]:
        """The entries of a section in the order of :meth:`shuffled` ids that a trainee sees."""
        place = {entry_id: n for n, entry_id in enumerate(order)}
        return sorted(section.entries, key=lambda e: place.get(e.id, len(place)))

    def public(self) -> dict[str, Any]:
        """As of every item; entries of a graded one stand in an order that doesn't follow the
        author's, who may have written those that fit first."""
        data = super().public()
        if self.use == "graded":
            data["sections"] = [self._public_section(section) for section in self.sections]
        return data

    def _public_section(self, section: Section) -> dict[str, Any]:
        whole = section.model_dump(mode="json", exclude_defaults=True)
        entries = self.as_seen(section, display_order("", self.id, self.shuffled()))
        return {
            **{name: whole[name] for name in self._SECTION if name in whole},
            "entries": [{"id": e.id, "text": e.text} for e in entries],
        }

    @classmethod
    def from_public(cls, data: dict[str, Any]) -> Item:
        if data["use"] == "formative":
            return super().from_public(data)
        sections = [
            Section.model_construct(
                **{**s, "entries": [Entry.model_construct(**e) for e in s["entries"]]}
            )
            for s in data["sections"]
        ]
        return super().from_public({**data, "sections": sections})

    def validate_response(self, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise ResponseError(f"{self.id} takes entries by section, not {type(value).__name__}.")
        sections = {s.id: s for s in self.sections}
        filled = {}
        for section_id in sorted(value, key=str):
            if section_id not in sections:
                raise self._unknown("section", section_id, sections)
            filled[section_id] = self._filled(sections[section_id], value[section_id])
        return {section_id: what for section_id, what in filled.items() if what}

    def _filled(self, section: Section, value: Any) -> dict[str, Any]:
        """What one section holds, without what is empty."""
        value = {} if value is None else value
        if not isinstance(value, dict) or not set(value) <= {"picked", "own"}:
            raise ResponseError(f"{self.id} takes picked and own for {section.id}.")
        picked = value.get("picked") or []
        if not isinstance(picked, list):
            raise ResponseError(f"{self.id} takes picked as a list for {section.id}.")
        known = [e.id for e in section.entries]
        for entry_id in picked:
            if entry_id not in known:
                raise self._unknown("entry", entry_id, known)
        picked = sorted({*picked})
        if section.pick and len(picked) > section.pick:
            raise ResponseError(
                f"{self.id} takes {section.pick} at most in {section.id}, not {len(picked)}. "
                "Take one out and it is saved."
            )
        own = typed_text(self.id, value.get("own"), LINE)
        if own and not self.own_words:
            raise ResponseError(f"{self.id} takes no words of one's own.")
        return {
            **({"picked": picked} if picked else {}),
            **({"own": own} if own.strip() else {}),
        }

    def _unknown(self, what: str, found: Any, known: Any) -> ResponseError:
        allowed = ", ".join(known)
        return ResponseError(f"{self.id} has no {what} {str(found)[:40]!r}; it has {allowed}.")

    def is_blank(self, value: Any) -> bool:
        return not value

    def empty(self, value: Any) -> list[Section]:
        """The sections for which nothing was chosen."""
        return [s for s in self.sections if not (value or {}).get(s.id, {}).get("picked")]

    def missing(self, value: Any) -> list[str]:
        return [" ".join(s.text.split()) for s in self.empty(value)]

    def check(self) -> list[tuple[str | Path, str]]:
        return [*self._repeated(), *self._unfair()]

    def _repeated(self) -> Iterator[tuple[Path, str]]:
        """Ids once in the whole item; texts once in their section."""
        seen: dict[str, str] = {}
        for n, section in enumerate(self.sections):
            if section.id in seen:
                yield ("sections", n, "id"), _again(section.id, seen[section.id])
            seen.setdefault(section.id, "another section")
        for n, section in enumerate(self.sections):
            texts: dict[str, str] = {}
            for m, entry in enumerate(section.entries):
                where = ("sections", n, "entries", m)
                if entry.id in seen:
                    yield (*where, "id"), _again(entry.id, seen[entry.id])
                seen.setdefault(entry.id, f"section {section.id}")
                text = " ".join(entry.text.lower().split())
                if text in texts:
                    yield (
                        (*where, "text"),
                        f"{entry.id} says the same as {texts[text]}; change or remove one",
                    )
                texts.setdefault(text, entry.id)

    def _unfair(self) -> Iterator[tuple[Path, str]]:
        """Sections that can't be filled, or that fill themselves by choosing everything."""
        for n, section in enumerate(self.sections):
            where = ("sections", n)
            fitting = section.fitting()
            others = len(section.entries) - len(fitting)
            for m, entry in enumerate(section.entries):
                if entry.fits and entry.harm != "none":
                    told = f"{entry.id} fits and does harm; change fits or the harm"
                    yield (*where, "entries", m, "harm"), told
            if not fitting:
                yield (*where, "entries"), f"nothing fits {section.id}; add fits: true to one"
            elif section.needed() > len(fitting):
                told = f"pick is {section.pick}, and only {len(fitting)} fit; ask for fewer"
                yield (*where, "pick"), told
            elif others < section.needed():
                yield (
                    (*where, "entries"),
                    f"{section.needed()} of {section.id} are to be chosen and only {others} do not "
                    "fit, so choosing all would earn points; add what does not fit, or set pick "
                    "lower",
                )


def _again(part_id: str, where: str) -> str:
    return f"id {part_id!r} is used already in {where}; give each its own"


ITEM = Plan
