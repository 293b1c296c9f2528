"""board: several people need something, and minutes are few. What is done first?

A response is the list of action ids in the order they are done. Time is the case's own: each
action begins when those before it are over, and no real clock runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import Path, ProseText
from iop_training.model.item import Item, PartId
from iop_training.model.options import Harmful
from iop_training.model.order import display_order

Minutes = Annotated[int, Field(ge=1, le=600)]


class Situation(Harmful):
    """Who or what needs something, begun at the latest at case minute ``by``. Harm is what comes
    of beginning later, or not at all."""

    id: PartId
    text: ProseText
    by: Annotated[int, Field(ge=0, le=600)]
    rationale: ProseText


class Action(Harmful):
    """What can be done, in how many ``minutes``; ``serves`` is the situation it rightly answers.
    Harm is what comes of doing it at all."""

    id: PartId
    text: ProseText
    minutes: Minutes
    serves: PartId | None = None
    rationale: ProseText


class Board(Item):
    """``minutes`` are those of the shift. Situations and actions are shown in another order to
    each trainee, so that none tells what is urgent."""

    kind: Literal["board"]
    minutes: Minutes
    situations: Annotated[list[Situation], Field(min_length=2, max_length=5)]
    actions: Annotated[list[Action], Field(min_length=4, max_length=12)]

    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "minutes",
        "situations.id",
        "situations.text",
        "actions.id",
        "actions.text",
        "actions.minutes",
    )

    def shuffled(self) -> list[str]:
        return [*(s.id for s in self.situations), *(a.id for a in self.actions)]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        situations = {s.id: s for s in self.situations}
        actions = {a.id: a for a in self.actions}
        return {
            "minutes": self.minutes,
            "situations": [{"id": i, "text": situations[i].text} for i in order if i in situations],
            "actions": [
                {"id": i, "text": actions[i].text, "minutes": actions[i].minutes}
                for i in order
                if i in actions
            ],
        }

    def public(self) -> dict[str, Any]:
        """As of every item; a graded one in an order that doesn't follow its author's, who may
        have written the most urgent down first."""
        data = super().public()
        if self.use == "graded":
            for field in ("situations", "actions"):
                entries = {e["id"]: e for e in data[field]}
                data[field] = [entries[i] for i in display_order("", self.id, entries)]
        return data

    def validate_response(self, value: Any) -> list[str]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise ResponseError(f"{self.id} takes a list of actions, not {type(value).__name__}.")
        known = {a.id: a for a in self.actions}
        for action in value:
            if action not in [*known]:
                allowed = ", ".join(known)
                raise ResponseError(
                    f"{self.id} has no action {str(action)[:40]!r}; it has {allowed}."
                )
        if len({*value}) < len(value):
            raise ResponseError(f"{self.id} takes each action once.")
        taken = sum(known[action].minutes for action in value)
        if taken > self.minutes:
            raise ResponseError(
                f"{self.id}: these actions take {taken} minutes, and there are {self.minutes}. "
                "Take one out and it is saved."
            )
        return list(value)

    def is_blank(self, value: Any) -> bool:
        return not value

    def begins(self, done: Sequence[str]) -> dict[str, int]:
        """Action done to the case minute at which it begins, in that order."""
        lengths = {a.id: a.minutes for a in self.actions}
        return {action: sum(lengths[i] for i in done[:n]) for n, action in enumerate(done)}

    def begun(self, done: Sequence[str]) -> dict[str, int | None]:
        """Situation to the case minute at which an action that serves it first begins; None for
        never."""
        serves = {a.id: a.serves for a in self.actions}
        begun: dict[str, int | None] = {s.id: None for s in self.situations}
        for action, minute in reversed(self.begins(done).items()):
            if serves[action] is not None:
                begun[str(serves[action])] = minute
        return begun

    def in_time(self, done: Sequence[str]) -> dict[str, bool]:
        """Situation to whether it was begun in time."""
        begun = self.begun(done)
        return {s.id: (b := begun[s.id]) is not None and b <= s.by for s in self.situations}

    def answers(self, situation: str) -> list[Action]:
        """The actions that rightly answer it, quickest first."""
        found = [a for a in self.actions if a.serves == situation]
        return sorted(found, key=lambda a: a.minutes)

    def best(self) -> list[str] | None:
        """The actions, one for each situation, in an order that reaches all of them in time; None
        when no order does. The quickest action for one never makes another late."""
        quickest = [found[0] for s in self.situations if (found := self.answers(s.id))]
        for order in permutations(quickest):
            done = [a.id for a in order]
            fits = sum(a.minutes for a in order) <= self.minutes
            if fits and all(self.in_time(done).values()):
                return done
        return None

    def check(self) -> list[tuple[str | Path, str]]:
        faults: list[tuple[str | Path, str]] = [*self._repeated(), *self._names()]
        return faults or [*self._possible()]

    def _repeated(self) -> Iterator[tuple[Path, str]]:
        """Ids once in the whole item; texts once in their list."""
        seen: dict[str, str] = {}
        lists: Mapping[str, Sequence[Situation | Action]] = {
            "situations": self.situations,
            "actions": self.actions,
        }
        for field, entries in lists.items():
            texts: dict[str, str] = {}
            for n, entry in enumerate(entries):
                if entry.id in seen:
                    told = f"id {entry.id!r} is used already in {seen[entry.id]}; give each its own"
                    yield (field, n, "id"), told
                seen.setdefault(entry.id, field)
                text = " ".join(entry.text.lower().split())
                if text in texts:
                    told = f"{entry.id} says the same as {texts[text]}; change or remove one"
                    yield (field, n, "text"), told
                texts.setdefault(text, entry.id)

    def _names(self) -> Iterator[tuple[Path, str]]:
        """Faults in what names something else, or contradicts itself."""
        ids = [s.id for s in self.situations]
        for n, action in enumerate(self.actions):
            if action.serves is not None and action.serves not in ids:
                allowed = ", ".join(ids)
                told = f"{action.serves!r} is no situation id; situations are {allowed}"
                yield ("actions", n, "serves"), told
            if action.serves is not None and action.harm != "none":
                told = (
                    f"{action.id} answers {action.serves} and does harm; change serves or the harm"
                )
                yield ("actions", n, "harm"), told
        for n, situation in enumerate(self.situations):
            if not self.answers(situation.id):
                told = f"no action serves {situation.id}; add serves: {situation.id} to one"
                yield ("situations", n, "id"), told

    def _possible(self) -> Iterator[tuple[str | Path, str]]:
        """Faults in what the board asks for: too much, or nothing."""
        if self.best() is None:
            yield (
                "situations",
                f"no order reaches all of them in time within {self.minutes} minutes; give one a "
                "later by: or make an action shorter",
            )
        for situation in self.situations:
            others = sum(a.minutes for a in self.actions if a.serves != situation.id)
            if others > situation.by:
                return
        yield (
            "situations",
            "every order of all actions reaches all of them in time; give one an earlier by: or "
            "make actions longer",
        )


ITEM = Board
