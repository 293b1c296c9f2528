"""The base of every model, and the text types that authors meet."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

COMPETENCY_PATTERN = r"^(TAP21-\d{3}|IOP-\d{2})$"


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
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Competency = Annotated[str, StringConstraints(pattern=COMPETENCY_PATTERN)]


class Model(BaseModel):
    """Immutable; unknown keys are refused, so a typing error can't be lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)
