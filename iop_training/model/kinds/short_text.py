"""short_text: a word or a few are typed. A response is the text as typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints

from iop_training.model.base import Path, ProseText
from iop_training.model.item import Evidence, Item
from iop_training.model.options import Harmful
from iop_training.model.typed import LINE, typed_text

Wording = Annotated[str, StringConstraints(min_length=1, max_length=LINE)]
_ARTICLES = re.compile(r"^(?:(?:a|an|the) )+(?=.)")


@lru_cache(maxsize=4096)  # the accepted wordings are compared again with every answer
def wording(text: str) -> str:
    """A text as it is compared: small letters without accents, punctuation, extra blanks and
    leading articles ("The Narcan®!" is "narcan"). "" where nothing is left."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    # Signs such as ® and ™ are read as nothing, an apostrophe joins, the rest separates.
    kept = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "So"))
    words = re.sub(r"[\W_]+", " ", re.sub(r"['’]", "", kept)).split()
    return _ARTICLES.sub("", " ".join(words))


class KnownText(Harmful):
    """Wrong answers that people give, and what they miss."""

    text: Annotated[list[Wording], Field(min_length=1)]
    rationale: ProseText


class ShortText(Item):
    """``accepted`` lists every right wording, ``misses`` known wrong answers.

    The words themselves are no :meth:`secrets`: lessons teach them, so finding one elsewhere
    proves nothing. They stay out of what goes to learners because ``PUBLIC`` leaves them out.
    """

    kind: Literal["short_text"]
    accepted: Annotated[list[Wording], Field(min_length=1)]
    rationale: ProseText
    misses: list[KnownText] = []

    evidence: ClassVar[Evidence] = "typed"
    PUBLIC: ClassVar[tuple[str, ...]] = Item.PUBLIC

    def validate_response(self, value: Any) -> str:
        return typed_text(self.id, value, LINE)

    def is_blank(self, value: Any) -> bool:
        return not value.strip()

    def accepts(self, value: str) -> bool:
        """Whether it is one of the right wordings."""
        return wording(value) in {wording(text) for text in self.accepted}

    def miss(self, value: str) -> KnownText | None:
        """The known wrong answer that it is, if it is one."""
        said = wording(value)
        return next((m for m in self.misses if said in map(wording, m.text)), None)

    def check(self) -> list[tuple[str | Path, str]]:
        wordings: list[tuple[Path, str]] = [
            (("accepted", n), text) for n, text in enumerate(self.accepted)
        ]
        for m, miss in enumerate(self.misses):
            wordings += [(("misses", m, "text", n), text) for n, text in enumerate(miss.text)]
        faults: list[tuple[str | Path, str]] = []
        seen: dict[str, str] = {}
        for place, text in wordings:
            said = wording(text)
            if not said:
                faults.append((place, f"{text!r} has no letter or digit to compare; write a word"))
            elif said in seen:
                faults.append((place, f"{text!r} is compared as {seen[said]!r} is; keep one"))
            seen.setdefault(said, text)
        return faults


ITEM = ShortText
