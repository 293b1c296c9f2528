"""Standard: the pass mark of one assignment, and how it was set."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from iop_training.model.base import KEY_PATTERN, Key, Model, ProseText

Method = Literal[
    "convention", "angoff", "ebel", "hofstee", "borderline_group", "contrasting_groups"
]
"""``convention``: a customary number that nobody derived from these questions. The others are
methods by which people who know the work set a mark for them."""


def _keys(value: Any) -> Any:
    return [] if value == "none" else value


Sources = Annotated[
    list[Key],
    BeforeValidator(_keys),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "none"},
                {"type": "array", "items": {"type": "string", "pattern": KEY_PATTERN}},
            ]
        }
    ),
]
"""Keys of data/references.yaml; the word ``none`` where there are none."""


class Standard(Model):
    """``mark`` is in percent of the assignment's points, more than 0 and at most 100. ``why``
    says in a sentence why this mark; ``source`` may be none only for a convention."""

    mark: Annotated[float, Field(gt=0, le=100)]
    method: Method
    why: ProseText
    source: Sources

    def check(self) -> list[tuple[str, str]]:
        """Faults that one field can't show: pairs of (field, sentence)."""
        if self.method != "convention" and not self.source:
            return [
                (
                    "source",
                    f"method {self.method} needs a source that tells who set the mark and how; "
                    "a mark without one is method: convention",
                )
            ]
        return []

    @property
    def method_words(self) -> str:
        """The method, in words."""
        words = self.method.replace("_", " ")
        return words.capitalize() if self.method in ("angoff", "ebel", "hofstee") else words
