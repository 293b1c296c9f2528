"""matching: every prompt gets the answer that fits. A response is {prompt id: answer id}."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from iop_training.errors import ResponseError
from iop_training.model.base import Path
from iop_training.model.item import Item
from iop_training.model.placing import Place, Placed, PlacingItem


class Matching(PlacingItem):
    """``reuse`` lets an answer fit several prompts; without it each fits at most one."""

    kind: Literal["matching"]
    prompts: Annotated[list[Placed], Field(min_length=2, max_length=8)]
    answers: Annotated[list[Place], Field(min_length=2, max_length=8)]
    reuse: bool = False

    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "prompts.id",
        "prompts.text",
        "answers.id",
        "answers.text",
        "reuse",
    )

    def placed(self) -> Sequence[Placed]:
        return self.prompts

    def places(self) -> Sequence[Place]:
        return self.answers

    def _lists(self) -> tuple[str, str]:
        return "prompts", "answers"

    def shuffled(self) -> list[str]:
        return [a.id for a in self.answers]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        return {
            "prompts": [{"id": p.id, "text": p.text} for p in self.prompts],
            "answers": [{"id": i, "text": self.place(i).text} for i in order],
            "reuse": self.reuse,
        }

    def validate_response(self, value: Any) -> dict[str, str]:
        matched = super().validate_response(value)
        chosen = list(matched.values())
        twice = sorted({i for i in chosen if chosen.count(i) > 1})
        if twice and not self.reuse:
            raise ResponseError(
                f"{self.id} takes an answer for one prompt only; {', '.join(twice)} stands at more."
            )
        return matched

    def check(self) -> list[tuple[str | Path, str]]:
        faults = super().check()
        keys = [p.key for p in self.prompts]
        for n, key in enumerate(keys):
            if key in keys[:n] and not self.reuse:
                faults.append(
                    (
                        ("prompts", n, "key"),
                        f"answer {key!r} is the key of another prompt too; "
                        "give this one its own, or set reuse: true",
                    )
                )
        if self.use == "graded" and len(keys) > 2 and _follows(self.prompts):
            faults.append(
                (
                    "answers",
                    "the ids give the key away: in alphabetical order each answer fits the prompt "
                    "of its place; name some of them otherwise",
                )
            )
        return faults


def _follows(prompts: Sequence[Placed]) -> bool:
    """Whether prompts and their keys, by the alphabet, go side by side."""
    keys = [p.key for p in sorted(prompts, key=lambda p: p.id)]
    return keys == sorted(set(keys))


ITEM = Matching
