"""ordering: steps are put in their order. A response lists every step id once; [] is blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, count
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Evidence, Item, PartId
from iop_training.model.order import display_order


class Step(Model):
    """One line, with the reason why it stands where it stands."""

    id: PartId
    text: ProseText
    rationale: ProseText


class Danger(Model):
    """Harm that is done where step ``first`` comes before step ``then``."""

    first: PartId
    then: PartId
    harm: Literal["minor", "serious"]
    harm_reason: ProseText


Group = Annotated[list[PartId], Field(min_length=2)]


class Ordering(Item):
    """``key`` has every step once; steps in a list of their own may stand in any order there."""

    kind: Literal["ordering"]
    steps: Annotated[list[Step], Field(min_length=3, max_length=8)]
    key: Annotated[list[PartId | Group], Field(min_length=2)]
    dangers: list[Danger] = []

    evidence: ClassVar[Evidence] = "arranged"
    PUBLIC: ClassVar[tuple[str, ...]] = (*Item.PUBLIC, "steps.id", "steps.text")

    def groups(self) -> list[list[str]]:
        """The key as lists of steps, first to last; within a list the order is free."""
        return [[group] if isinstance(group, str) else group for group in self.key]

    def pairs(self) -> set[tuple[str, str]]:
        """All (earlier, later) whose order matters."""
        return {
            (first, then)
            for earlier, later in combinations(self.groups(), 2)
            for first in earlier
            for then in later
        }

    def net(self, order: Sequence[str]) -> int:
        """Pairs in right order less pairs in wrong order, of those whose order matters."""
        right = self.pairs()
        return sum((pair in right) - (pair[::-1] in right) for pair in combinations(order, 2))

    def shuffled(self) -> list[str]:
        return [s.id for s in self.steps]

    def display_order(self, seed: str) -> list[str]:
        """As many pairs in right as in wrong order (one more wrong where they can't be equal):
        the first display earns nothing, and turning it round earns next to nothing.

        That takes the key, which a learner doesn't have of a graded item. Its public steps come
        in the one order that everybody sees first: each further one would tell of the key.
        """
        if self.use == "formative":
            return self._start(seed)
        return self._start("") if "key" in self.model_fields_set else self.shuffled()

    def _start(self, seed: str) -> list[str]:
        wanted = -(len(self.pairs()) % 2)
        orders = (display_order(f"{seed}/{n}", self.id, self.shuffled()) for n in count())
        return next(order for order in orders if self.net(order) == wanted)

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        texts = {s.id: s.text for s in self.steps}
        return {"steps": [{"id": i, "text": texts[i]} for i in order]}

    def public(self) -> dict[str, Any]:
        data = super().public()
        if self.use == "graded":
            steps = {s["id"]: s for s in data["steps"]}
            data["steps"] = [steps[i] for i in self.display_order("")]
        return data

    def validate_response(self, value: Any) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise ResponseError(f"{self.id} takes a list of step ids.")
        known = self.shuffled()
        for found in value:
            if found not in known:
                raise ResponseError(
                    f"{self.id} has no step {found[:40]!r}; it has {', '.join(known)}."
                )
        if value and sorted(value) != sorted(known):
            raise ResponseError(f"{self.id} takes every step once: {', '.join(known)}.")
        return list(value)

    def is_blank(self, value: Any) -> bool:
        return not value

    def check(self) -> list[tuple[str | Path, str]]:
        faults: list[tuple[str | Path, str]] = [*self._steps_differ(), *self._key_fits()]
        if faults:
            return faults
        if self.use == "graded" and self.net(sorted(self.shuffled())) == len(self.pairs()):
            faults.append(
                (
                    "steps",
                    "the ids give the order away: in alphabetical order they are right; name some "
                    "of them otherwise",
                )
            )
        return faults + list(self._dangers_fit())

    def _steps_differ(self) -> Iterator[tuple[Path, str]]:
        ids: set[str] = set()
        texts: dict[str, str] = {}
        for n, step in enumerate(self.steps):
            if step.id in ids:
                yield ("steps", n, "id"), f"step id {step.id!r} is used twice; give each its own"
            text = " ".join(step.text.lower().split())
            if text in texts:
                yield (
                    ("steps", n, "text"),
                    f"{step.id} says the same as {texts[text]}; change or remove one",
                )
            ids.add(step.id)
            texts.setdefault(text, step.id)

    def _key_fits(self) -> Iterator[tuple[Path, str]]:
        known = self.shuffled()
        keyed = [i for group in self.groups() for i in group]
        for i in dict.fromkeys(keyed):
            if i not in known:
                yield ("key",), f"key {i!r} is no step id; steps are {', '.join(known)}"
            elif keyed.count(i) > 1:
                yield ("key",), f"step {i!r} stands in the key twice; keep one"
        for i in known:
            if i not in keyed:
                yield ("key",), f"step {i!r} is missing in the key; put it in its place"

    def _dangers_fit(self) -> Iterator[tuple[Path, str]]:
        known, right = self.shuffled(), self.pairs()
        seen: set[tuple[str, str]] = set()
        for n, danger in enumerate(self.dangers):
            pair = (danger.first, danger.then)
            for name, step in zip(("first", "then"), pair, strict=True):
                if step not in known:
                    yield (
                        ("dangers", n, name),
                        f"{step!r} is no step id; steps are {', '.join(known)}",
                    )
            if set(pair) <= set(known) and pair[::-1] not in right:
                yield (
                    ("dangers", n, "first"),
                    f"{danger.first!r} before {danger.then!r} is not wrong by the key; "
                    "a danger has to be",
                )
            if pair in seen:
                yield ("dangers", n, "first"), "this danger is given already; keep one"
            seen.add(pair)


ITEM = Ordering
