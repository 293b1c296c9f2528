"""coding: each line of a transcript gets a code. A response is {line id: code id}."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Evidence, Item, PartId

FEWEST = 4
"""Lines that an item has to have coded, at least."""
Speaker = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class LineCode(Model):
    """A code of the item's codebook; ``about`` says when it fits."""

    id: PartId
    text: ProseText
    about: ProseText


class Utterance(Model):
    """What somebody says. With a ``code`` (its key; ``also`` what counts as right too) it is to be
    coded and has an id; without one it is context, and an id that it was given is left out."""

    by: Speaker
    text: ProseText
    id: PartId | None = None
    code: PartId | None = None
    also: list[PartId] = []
    rationale: ProseText | None = None

    @model_validator(mode="before")
    @classmethod
    def _context_has_no_id(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and data.get("code") is None:
            return {name: value for name, value in data.items() if name != "id"}
        return data

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if self.code is None:
            if self.also or self.rationale:
                raise ValueError(
                    "a line without code: is context and takes no also or rationale; add its code"
                )
        elif self.id is None or self.rationale is None:
            raise ValueError("a line with a code needs an id and a rationale")
        return self

    @property
    def right(self) -> tuple[str, ...]:
        """The codes that count as right, the key first."""
        return (self.code, *self.also) if self.code else ()


class Coding(Item):
    """Codes and lines in the author's order."""

    kind: Literal["coding"]
    codes: Annotated[list[LineCode], Field(min_length=2, max_length=8)]
    transcript: Annotated[list[Utterance], Field(min_length=6, max_length=24)]

    evidence: ClassVar[Evidence] = "arranged"
    keeps_checks: ClassVar[bool] = True
    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "codes.id",
        "codes.text",
        "codes.about",
        "transcript.by",
        "transcript.text",
        "transcript.id",
    )

    def coded(self) -> dict[str, Utterance]:
        """Id to line, of the lines that get a code; a learner's item tells them by their ids."""
        return {line.id: line for line in self.transcript if line.id}

    def code_text(self, code_id: str) -> str:
        """The name of a code of the item."""
        return next(code.text for code in self.codes if code.id == code_id)

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {
            "codes": [{"id": c.id, "text": c.text, "about": c.about} for c in self.codes],
            "transcript": [
                {"by": line.by, "text": line.text, "id": line.id or ""} for line in self.transcript
            ],
        }

    def validate_response(self, value: Any) -> dict[str, str]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise ResponseError(
                f"{self.id} takes a code for each line, not {type(value).__name__}."
            )
        for line, code in value.items():
            self._known("line", line, list(self.coded()))
            if code is not None and code != "":
                self._known("code", code, [c.id for c in self.codes])
        return {line: value[line] for line in sorted(value) if value[line]}

    def _known(self, what: str, found: Any, allowed: Sequence[str]) -> None:
        if found not in allowed:
            known = ", ".join(allowed)
            raise ResponseError(f"{self.id} has no {what} {str(found)[:40]!r}; it has {known}.")

    def is_blank(self, value: Any) -> bool:
        return not value

    def lacks(self, value: Any) -> list[str]:
        left = len(self.coded()) - len(value or {})
        return [f"codes for {left} of {len(self.coded())} lines"] if left else []

    def check(self) -> list[tuple[str | Path, str]]:
        return [*self._repeated(), *self._unknown_codes(), *self._enough()]

    def _repeated(self) -> Iterator[tuple[Path, str]]:
        """Ids once in the whole item; codes with names of their own."""
        ids: set[str] = set()
        names: dict[str, str] = {}
        for field in ("codes", "transcript"):
            for n, entry in enumerate(getattr(self, field)):
                if entry.id in ids:
                    yield (field, n, "id"), f"id {entry.id!r} is used twice; give each its own"
                ids |= {entry.id} if entry.id else set()
        for n, code in enumerate(self.codes):
            name = " ".join(code.text.lower().split())
            if name in names:
                told = f"{code.id} says the same as {names[name]}; change or remove one"
                yield ("codes", n, "text"), told
            names.setdefault(name, code.id)

    def _unknown_codes(self) -> Iterator[tuple[Path, str]]:
        ids = [code.id for code in self.codes]
        for n, line in enumerate(self.transcript):
            if line.code and line.code not in ids:
                told = f"code {line.code!r} of {line.id} is not known; allowed: {', '.join(ids)}"
                yield ("transcript", n, "code"), told
            for m, also in enumerate(line.also):
                if also not in ids:
                    told = f"{also!r} is not known; allowed: {', '.join(ids)}"
                    yield ("transcript", n, "also", m), told
                elif also in (line.code, *line.also[:m]):
                    yield ("transcript", n, "also", m), f"{also!r} counts already; take it away"

    def _enough(self) -> Iterator[tuple[str, str]]:
        """Lines enough, and codes that differ: agreement with one code alone tells nothing."""
        keys = [line.code for line in self.coded().values()]
        if len(keys) < FEWEST:
            yield "transcript", f"{len(keys)} lines have a code; at least {FEWEST} need one"
        elif len({*keys}) == 1:
            yield "transcript", "every line has the same code; at least one needs another"


ITEM = Coding
