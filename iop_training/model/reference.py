"""Reference: what a claim or a key rests on. Term: a word the course doesn't use. GlossaryEntry:
a word it explains."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from iop_training.model.base import Key, Model, ProseText


class Reference(Model):
    """One source. ``evidence`` says how well it was checked:

    ``read``: the text itself was read. ``secondary``: read in a place that quotes it.
    ``known``: from general knowledge; may be taught as uncertain, never carries a graded key.
    """

    title: ProseText
    publisher: str
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    url: str | None = None
    evidence: Literal["read", "secondary", "known"]
    checked: dt.date | None = None
    note: ProseText | None = None

    @model_validator(mode="after")
    def _read_has_a_date(self) -> Reference:
        if self.evidence != "known" and self.checked is None:
            raise ValueError(f"evidence {self.evidence} needs checked: <date it was looked up>")
        return self

    def citation(self) -> str:
        """Who, when and what, in one line."""
        when = f" ({self.year})" if self.year else ""
        return f"{self.publisher}{when}. {self.title.rstrip('.')}."


class Term(Model):
    """Words to avoid, what to write instead, and who says so."""

    avoid: Annotated[list[str], Field(min_length=1)]
    use: ProseText
    source: Annotated[list[Key], Field(min_length=1)]


GLOSSARY_KEY = r"[a-z][a-z0-9-]{0,39}"


class GlossaryEntry(Model):
    """A word of the field and what it means; ``also`` has other ways to write it. A lesson marks
    it as ``[the word](#glossary:<key>)``."""

    term: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    also: list[str] = []
    definition: ProseText
    source: Annotated[list[Key], Field(min_length=1)]
