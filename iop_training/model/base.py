"""The base of every model, and the text types that authors meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

COMPETENCY_PATTERN = r"^(TAP21-\d{3}|IOP-\d{2})$"
KEY_PATTERN = r"^[a-z][a-z0-9_]{0,39}$"
MODULE = r"[mcw]\d\d"
"""Matches a module's id: m01, that of a practice case c01, or that of a first week w01."""
ITEM = MODULE + r"-[a-z]\d\d"
"""Matches an item's id, but for fields of a form: m01-q01."""


Path = tuple[str | int, ...]
"""Where something stands in a model: names of fields and indices of lists."""


class Prose:
    """Marks a field as prose: in YAML it must be a block scalar (``|``), so that
    ``#``, ``:`` and quotes in a sentence can't cut or change it."""


def _tidy(text: str) -> str:
    """The text without blank ends. Line breaks stay as typed (``|``) or folded (``>``)."""
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise ValueError("is empty; write a sentence")
    return text


ProseText = Annotated[str, AfterValidator(_tidy), Prose()]
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
Competency = Annotated[str, StringConstraints(pattern=COMPETENCY_PATTERN)]


class Model(BaseModel):
    """Immutable; unknown keys are refused, so a typing error can't be lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def prose(self) -> Iterator[tuple[Path, str]]:
        """Every prose text in here and in what it holds, with its path of names and indices."""
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            for path, text in prose_texts(info, value):
                yield (name, *path), text
            for path, child in children(value):
                for rest, text in child.prose():
                    yield (name, *path, *rest), text


def is_prose(info: Any) -> bool:
    """Whether a pydantic field is marked as prose."""
    marks = list(info.metadata)
    for argument in getattr(info.annotation, "__args__", ()):
        marks += getattr(argument, "__metadata__", ())
    return any(isinstance(mark, Prose) for mark in marks)


def prose_texts(info: Any, value: Any) -> list[tuple[Path, str]]:
    """The prose that a field holds: its text, or each text of its list with the index."""
    if not is_prose(info):
        return []
    listed = enumerate(value) if isinstance(value, list | tuple) else ()
    found: list[tuple[Path, Any]] = [((), value), *(((i,), text) for i, text in listed)]
    return [(path, text) for path, text in found if isinstance(text, str)]


def children(value: Any) -> list[tuple[Path, Model]]:
    """The models that a field's value is or lists, with their index in the list."""
    if isinstance(value, Model):
        return [((), value)]
    if isinstance(value, list | tuple):
        return [((i,), v) for i, v in enumerate(value) if isinstance(v, Model)]
    return []


def inner_model(annotation: Any) -> type[Model] | None:
    """The model that a field of this type is or lists; None when it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = inner_model(argument)
        if found:
            return found
    return (
        inner_model(getattr(annotation, "__origin__", None))
        if hasattr(annotation, "__metadata__")
        else None
    )
