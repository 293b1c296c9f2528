"""What has its place: prompts that are matched with answers, entries put into categories."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Evidence, Item, PartId
from iop_training.model.order import display_order


class Place(Model):
    """Where something can go: an answer to match with, or a category."""

    id: PartId
    text: ProseText


class Misplacement(Model):
    """A place that could hurt a client if somebody chose it."""

    answer: PartId
    harm: Literal["minor", "serious"]
    harm_reason: ProseText


class Placed(Model):
    """What is to be placed; ``key`` is the id of its right place."""

    id: PartId
    text: ProseText
    key: PartId
    rationale: ProseText
    harms: list[Misplacement] = []


class PlacingItem(Item):
    """Base of the kinds in which each of several things gets one place.

    A response is a dict from what is placed to its place; what is missing is not placed yet.
    """

    evidence: ClassVar[Evidence] = "arranged"

    @abstractmethod
    def placed(self) -> Sequence[Placed]:
        """What is to be placed, in the author's order."""

    @abstractmethod
    def places(self) -> Sequence[Place]:
        """Where it can go, in the author's order."""

    def place(self, place_id: str) -> Place:
        """The place of that id."""
        return next(p for p in self.places() if p.id == place_id)

    def validate_response(self, value: Any) -> dict[str, str]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise ResponseError(f"{self.id} takes pairs of ids, not {type(value).__name__}.")
        known = {p.id for p in self.placed()}
        for placed_id, place_id in value.items():
            if placed_id not in known:
                raise self._unknown("part", placed_id, self.placed())
            if place_id is not None and not isinstance(place_id, str):
                raise ResponseError(
                    f"{self.id} takes one id for {placed_id}, not {type(place_id).__name__}."
                )
        places = {p.id for p in self.places()}
        chosen = {i: value[i] for i in sorted(value) if value[i]}
        for place_id in chosen.values():
            if place_id not in places:
                raise self._unknown("place", place_id, self.places())
        return chosen

    def is_blank(self, value: Any) -> bool:
        return not value

    def check(self) -> list[tuple[str | Path, str]]:
        return [*self._repeated(), *self._unknown_places()]

    def _repeated(self) -> Iterator[tuple[Path, str]]:
        """Ids once in the whole item; texts once in their list."""
        seen: dict[str, str] = {}
        for field in self._lists():
            texts: dict[str, str] = {}
            for n, entry in enumerate(getattr(self, field)):
                if entry.id in seen:
                    yield (
                        (field, n, "id"),
                        f"id {entry.id!r} is used already in {seen[entry.id]}; give each its own",
                    )
                seen.setdefault(entry.id, field)
                text = " ".join(entry.text.lower().split())
                if text in texts:
                    yield (
                        (field, n, "text"),
                        f"{entry.id} says the same as {texts[text]}; change or remove one",
                    )
                texts.setdefault(text, entry.id)

    def _unknown_places(self) -> Iterator[tuple[Path, str]]:
        """Keys and harms name places that are there, and harm comes from no right place."""
        field, _ = self._lists()
        ids = [p.id for p in self.places()]
        allowed = ", ".join(ids)
        for n, entry in enumerate(self.placed()):
            if entry.key not in ids:
                yield (
                    (field, n, "key"),
                    f"key {entry.key!r} of {entry.id} is not known; allowed: {allowed}",
                )
            named: set[str] = set()
            for m, harm in enumerate(entry.harms):
                where = (field, n, "harms", m, "answer")
                if harm.answer not in ids:
                    yield where, f"{harm.answer!r} is not known; allowed: {allowed}"
                elif harm.answer == entry.key:
                    yield where, f"{harm.answer!r} is the key of {entry.id}, so it does no harm"
                elif harm.answer in named:
                    yield where, f"the harm of {harm.answer!r} is given already; keep one"
                named.add(harm.answer)

    @abstractmethod
    def _lists(self) -> tuple[str, str]:
        """Names of the fields with what is placed and with the places."""

    def public(self) -> dict[str, Any]:
        """As of every item; a graded one in an order that doesn't follow its author's, who may
        have written the answers down in the order of the prompts."""
        data = super().public()
        if self.use == "graded":
            for field in self._lists():
                entries = {e["id"]: e for e in data[field]}
                if set(entries) == set(self.shuffled()):
                    data[field] = [entries[i] for i in display_order("", self.id, entries)]
        return data

    def _unknown(self, what: str, found: str, among: Sequence[Place | Placed]) -> ResponseError:
        known = ", ".join(one.id for one in among)
        return ResponseError(f"{self.id} has no {what} {found[:40]!r}; it has {known}.")
