"""Words that stigmatize, and what to write instead; signs of Markdown where none is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from iop_training.model import Term

_MARKDOWN = re.compile(r"\*{1,2}\w[^*\n]*\*{1,2}|\[[^]\n]+\]\([^)\n]*\)")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")


def stigma_finder(terms: Iterable[Term]) -> Callable[[str], list[str]]:
    """A function from a text to one sentence for each word to avoid in it, quotations excepted:
    a client's own words stay theirs."""
    instead = {word.lower(): term.use for term in terms for word in term.avoid}
    if not instead:
        return lambda text: []
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, instead)) + r")\b", re.I)

    def found(text: str) -> list[str]:
        return [
            f"{match[0]!r} can stigmatize; write: {instead[match[0].lower()]}"
            for match in pattern.finditer(_QUOTED.sub(" ", text))
        ]

    return found


def markdown_in(text: str) -> list[str]:
    """One sentence for each piece of Markdown in a text that is shown as it is written."""
    return [
        f"{match[0]!r} is Markdown, which only the text of lessons has; here its signs are shown. "
        "Leave them out, or use quotation marks"
        for match in _MARKDOWN.finditer(text)
    ]
