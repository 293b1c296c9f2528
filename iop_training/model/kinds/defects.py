"""defects: a document in which to mark what must not stay as it is, and what is missing.

A response is ``{"lines": [line ids], "missing": [ids]}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Evidence, Item, PartId
from iop_training.model.options import Harmful
from iop_training.model.order import display_order


class Line(Harmful):
    """A line of the document; ``better`` is one that would do in the place of a defect. Harm is
    done by leaving it as it is."""

    id: PartId
    text: ProseText
    defect: bool = False
    rationale: ProseText
    better: ProseText | None = None


class Wanted(Model):
    """What a sound document may need; ``absent`` when this one should have it and has not."""

    id: PartId
    text: ProseText
    absent: bool = False
    rationale: ProseText


class Defects(Item):
    """``document`` is its heading; ``lines`` stand in its order, ``missing`` in another one for
    each trainee."""

    kind: Literal["defects"]
    document: ProseText
    lines: Annotated[list[Line], Field(min_length=4, max_length=14)]
    missing: Annotated[list[Wanted], Field(max_length=6)] = []

    evidence: ClassVar[Evidence] = "chosen"
    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "document",
        "lines.id",
        "lines.text",
        "missing.id",
        "missing.text",
    )

    def to_mark(self) -> frozenset[str]:
        """Ids of the defects and of what is absent."""
        return frozenset(
            [line.id for line in self.lines if line.defect]
            + [wanted.id for wanted in self.missing if wanted.absent]
        )

    def shuffled(self) -> list[str]:
        return [wanted.id for wanted in self.missing]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        texts = {wanted.id: wanted.text for wanted in self.missing}
        return {
            "document": self.document,
            "lines": [{"id": line.id, "text": line.text} for line in self.lines],
            "missing": [{"id": i, "text": texts[i]} for i in order],
        }

    def public(self) -> dict[str, Any]:
        """As of every item; of a graded one, what may be missing in an order that doesn't follow
        its author's, who may have written first what is."""
        data = super().public()
        if self.use == "graded" and self.missing:
            entries = {entry["id"]: entry for entry in data["missing"]}
            data["missing"] = [entries[i] for i in display_order("", self.id, entries)]
        return data

    def secrets(self) -> list[str]:
        return [*super().secrets(), *(line.better for line in self.lines if line.better)]

    def validate_response(self, value: Any) -> dict[str, list[str]]:
        value = {} if value is None else value
        if not isinstance(value, dict) or not set(value) <= {"lines", "missing"}:
            raise ResponseError(f"{self.id} takes lines and missing, each a list of ids.")
        return {
            "lines": self._marked(value.get("lines", []), [line.id for line in self.lines]),
            "missing": self._marked(value.get("missing", []), self.shuffled()),
        }

    def _marked(self, found: Any, known: Sequence[str]) -> list[str]:
        if not isinstance(found, list) or not all(isinstance(i, str) for i in found):
            raise ResponseError(f"{self.id} takes lines and missing, each a list of ids.")
        for one in found:
            if one not in known:
                has = ", ".join(known) or "nothing there"
                raise ResponseError(f"{self.id} has no {one[:40]!r} to mark; it has {has}.")
        return sorted({*found})

    def is_blank(self, value: Any) -> bool:
        return not value["lines"] and not value["missing"]

    def check(self) -> list[tuple[str | Path, str]]:
        return [*self._repeated(), *self._about_sound_lines(), *self._balance()]

    def _repeated(self) -> Iterator[tuple[Path, str]]:
        """Ids once in the whole item; texts once in their list."""
        ids: set[str] = set()
        for field in ("lines", "missing"):
            texts: dict[str, str] = {}
            for n, entry in enumerate(getattr(self, field)):
                if entry.id in ids:
                    yield (field, n, "id"), f"id {entry.id!r} is used twice; give each its own"
                ids.add(entry.id)
                text = " ".join(entry.text.lower().split())
                if text in texts:
                    told = f"{entry.id} says the same as {texts[text]}; change or remove one"
                    yield (field, n, "text"), told
                texts.setdefault(text, entry.id)

    def _about_sound_lines(self) -> Iterator[tuple[Path, str]]:
        for n, line in enumerate(self.lines):
            for name, given in (("better", line.better), ("harm", line.harm_reason)):
                if given and not line.defect:
                    told = f"{line.id} is no defect, so it has no {name}; add defect: true, or"
                    yield ("lines", n, name), f"{told} take {name} away"

    def _balance(self) -> Iterator[tuple[str, str]]:
        """Something to mark, and so little of it that marking everything earns nothing."""
        wrong, of = len(self.to_mark()), len(self.lines) + len(self.missing)
        if not any(line.defect for line in self.lines):
            yield "lines", "no line is a defect; at least one needs defect: true"
        if 2 * wrong > of:
            yield (
                "lines",
                f"{wrong} of {of} are to be marked, so marking everything would earn points; add "
                "sound lines, or things that are not needed, until at most half are to be marked",
            )


ITEM = Defects
