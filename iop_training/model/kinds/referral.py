"""referral: is this the time to refer, and who does what until then?

Signs from a person's chart or words are put into lanes, one decision is made, and each step gets
the hands it belongs into. A response is ``{"signs": {sign id: lane id}, "decision": option id or
"", "steps": {step id: hand id}}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import Path, ProseText
from iop_training.model.item import Item
from iop_training.model.options import Option
from iop_training.model.order import display_order
from iop_training.model.referral_parts import (
    Decision,
    Hand,
    Lane,
    Placeable,
    Sign,
    Step,
    Steps,
)

MOST_ALIKE = 2 / 3
"""The largest share of the signs (steps) that may belong to one lane (hand): with more, putting
all of them there would earn a good part of the points."""


class Referral(Item):
    """Lanes and hands stand in the author's order; signs, options and steps in another one for
    each trainee."""

    kind: Literal["referral"]
    title: ProseText
    lanes: Annotated[list[Lane], Field(min_length=2, max_length=4)]
    signs: Annotated[list[Sign], Field(min_length=4, max_length=12)]
    decision: Decision
    steps: Steps

    # Decision and steps are no lists: `public` chooses from them.
    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "title",
        "lanes.id",
        "lanes.name",
        "lanes.about",
        "signs.id",
        "signs.text",
    )

    def shuffled(self) -> list[str]:
        together: list[Placeable | Option] = [
            *self.signs,
            *self.decision.options,
            *self.steps.entries,
        ]
        return [one.id for one in together]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {
            "title": self.title,
            "lanes": [{"id": a.id, "text": a.name, "about": a.about or ""} for a in self.lanes],
            "signs": _seen(self.signs, order),
            "options": _seen(self.decision.options, order),
            "hands": [{"id": h.id, "text": h.name} for h in self.steps.hands],
            "steps": _seen(self.steps.entries, order),
        }

    def public(self) -> dict[str, Any]:
        """As of every item; a graded one in an order that doesn't follow its author's, who may
        have written it down lane by lane."""
        data = super().public()
        if self.use == "graded":
            order = display_order("", self.id, self.shuffled())
            data["signs"] = _seen(self.signs, order)
            data["decision"] = {"options": _seen(self.decision.options, order)}
            data["steps"] = {
                "hands": [h.model_dump() for h in self.steps.hands],
                "entries": _seen(self.steps.entries, order),
            }
        return data

    @classmethod
    def from_public(cls, data: dict[str, Any]) -> Item:
        if data["use"] == "formative":
            return super().from_public(data)
        decision: dict[str, Any] = {
            "options": [Option.model_construct(**o) for o in data["decision"]["options"]]
        }
        steps = Steps.model_construct(
            hands=[Hand.model_construct(**h) for h in data["steps"]["hands"]],
            entries=[Step.model_construct(**e) for e in data["steps"]["entries"]],
        )
        whole = {**data, "decision": Decision.model_construct(**decision), "steps": steps}
        return super().from_public(whole)

    def validate_response(self, value: Any) -> dict[str, Any]:
        value = {} if value is None else value
        if not isinstance(value, dict) or not set(value) <= {"signs", "decision", "steps"}:
            raise ResponseError(f"{self.id} takes signs, decision and steps.")
        decision = value.get("decision") or ""
        if decision:
            self._known("option", decision, self.decision.options)
        return {
            "signs": self._placed("sign", value.get("signs"), self.signs, "lane", self.lanes),
            "decision": decision,
            "steps": self._placed(
                "step", value.get("steps"), self.steps.entries, "hand", self.steps.hands
            ),
        }

    def _placed(
        self,
        what: str,
        value: Any,
        placed: Sequence[Placeable],
        place: str,
        places: Sequence[Lane | Hand],
    ) -> dict[str, str]:
        value = {} if value is None else value
        if not isinstance(value, dict):
            raise ResponseError(f"{self.id} takes {what}s by id, not {type(value).__name__}.")
        for placed_id, place_id in value.items():
            self._known(what, placed_id, placed)
            if place_id:
                self._known(place, place_id, places)
        return {i: value[i] for i in sorted(value) if value[i]}

    def _known(self, what: str, found: Any, among: Sequence[Any]) -> None:
        known = [one.id for one in among]
        if found not in known:
            allowed = ", ".join(known)
            raise ResponseError(f"{self.id} has no {what} {str(found)[:40]!r}; it has {allowed}.")

    def is_blank(self, value: Any) -> bool:
        return not any(value.values())

    def lacks(self, value: Any) -> list[str]:
        signs = len(self.signs) - len(value["signs"])
        steps = len(self.steps.entries) - len(value["steps"])
        return [
            *([f"a lane for {_count(signs, 'sign')}"] if signs else []),
            *([] if value["decision"] else ["the decision"]),
            *([f"who does {_count(steps, 'step')}"] if steps else []),
        ]

    def check(self) -> list[tuple[str | Path, str]]:
        lists: dict[Path, Sequence[Any]] = {
            ("lanes",): self.lanes,
            ("signs",): self.signs,
            ("decision", "options"): self.decision.options,
            ("steps", "hands"): self.steps.hands,
            ("steps", "entries"): self.steps.entries,
        }
        return [
            *_repeated(lists),
            *_places(("signs",), "lane", self.signs, self.lanes),
            *self._decided(),
            *_places(("steps", "entries"), "hand", self.steps.entries, self.steps.hands),
        ]

    def _decided(self) -> Iterator[tuple[Path, str]]:
        """The key names an option, and a right decision hurts nobody."""
        key, options = self.decision.key, self.decision.options
        if key not in [o.id for o in options]:
            allowed = ", ".join(o.id for o in options)
            told = f"key {key!r} is no option id; options are {allowed}"
            yield ("decision", "key"), told
        for n, option in enumerate(options):
            if option.id == key and option.harm != "none":
                told = f"option {key} is right and does harm; change the key or the harm"
                yield ("decision", "options", n, "harm"), told


def _seen(entries: Sequence[Placeable | Option], order: Sequence[str]) -> list[dict[str, str]]:
    """What a trainee may have of them, in the order in which they see them."""
    place = {i: n for n, i in enumerate(order)}
    found = sorted(entries, key=lambda e: place.get(e.id, len(place)))
    return [{"id": e.id, "text": e.text} for e in found]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _repeated(lists: Mapping[Path, Sequence[Any]]) -> Iterator[tuple[Path, str]]:
    """Ids once in the whole item; texts once in their list."""
    seen: dict[str, str] = {}
    for field, entries in lists.items():
        texts: dict[str, str] = {}
        for n, entry in enumerate(entries):
            if entry.id in seen:
                told = f"id {entry.id!r} is used already in {seen[entry.id]}; give each its own"
                yield (*field, n, "id"), told
            seen.setdefault(entry.id, ".".join(map(str, field)))
            name = "text" if hasattr(entry, "text") else "name"
            text = " ".join(getattr(entry, name).lower().split())
            if text in texts:
                told = f"{entry.id} says the same as {texts[text]}; change or remove one"
                yield (*field, n, name), told
            texts.setdefault(text, entry.id)


def _places(
    field: Path, place: str, placed: Sequence[Placeable], places: Sequence[Lane | Hand]
) -> Iterator[tuple[Path, str]]:
    """Keys and harms name places that are there, harm comes from no right place, and no place is
    right for nearly all."""
    ids = [p.id for p in places]
    allowed = ", ".join(ids)
    for n, entry in enumerate(placed):
        if entry.key not in ids:
            told = f"{place} {entry.key!r} of {entry.id} is not known; allowed: {allowed}"
            yield (*field, n, place), told
        named: set[str] = set()
        for m, harm in enumerate(entry.hurts):
            where = (*field, n, "harms", m, place)
            if harm.where not in ids:
                yield where, f"{harm.where!r} is not known; allowed: {allowed}"
            elif harm.where == entry.key:
                yield where, f"{harm.where!r} is right for {entry.id}, so it does no harm"
            elif harm.where in named:
                yield where, f"the harm of {harm.where!r} is given already; keep one"
            named.add(harm.where)
    keys = [entry.key for entry in placed]
    for one in ids:
        if keys.count(one) > MOST_ALIKE * len(keys):
            told = (
                f"{keys.count(one)} of {len(keys)} belong to {one}, so putting all there would "
                "earn points; at most two thirds may have the same"
            )
            yield field, told


ITEM = Referral
