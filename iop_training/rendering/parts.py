"""The words for a part that was judged: a verdict, the better answer, the reason, the harm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iop_training.model import Item, Part, Score
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.kinds import drawing

Verdicts = dict[tuple[bool, bool], tuple[str, str]]
"""(chosen, right) to the words for it and the tone of its box; no words, no verdict."""

ONE_OF_MANY: Verdicts = {
    (True, True): ("Yes", "is-ok"),
    (True, False): ("Not yet", "is-not-yet"),
    (False, True): ("The better answer", "is-better"),
    (False, False): ("", ""),
}
EACH_FOR_ITSELF: Verdicts = {
    (True, True): ("Yes", "is-ok"),
    (True, False): ("Not yet", "is-not-yet"),
    (False, True): ("This belongs here", "is-better"),
    (False, False): ("Rightly left", "is-ok"),
}
PLACED: Verdicts = {
    (True, True): ("Yes", "is-ok"),
    (True, False): ("Not yet", "is-not-yet"),
    (False, True): ("No answer here yet", "is-better"),
    (False, False): ("", ""),
}
"""For what is filled in or put somewhere."""


def verdict(item: Item, part: Part) -> tuple[str, str]:
    """The words and the tone for one part. A kind with parts of several sorts has
    ``verdicts_at(item, part id)`` in place of ``verdicts(item)``."""
    owner = item.owner(part.id)
    kind = drawing(owner.kind)
    if hasattr(kind, "verdicts_at"):
        verdicts: Verdicts = kind.verdicts_at(owner, part.id.rpartition(".")[2])
    else:
        verdicts = kind.verdicts(owner)
    return verdicts[part.chosen, part.right]


def more(item: Item, score: Score, earlier: Sequence[Score]) -> dict[str, Any]:
    """What the item's kind tells in practice beyond the parts, as JSON data: {} for most kinds.
    ``earlier`` are the scores of what was checked so far, oldest first, this one too."""
    kind = drawing(item.kind)
    told: dict[str, Any] = kind.more(score, earlier) if hasattr(kind, "more") else {}
    return told


@drawn_once
def part_why(item: Item, part: Part) -> Html:
    """The box that tells why, under what was judged."""
    words, tone = verdict(item, part)
    parts = [tag("p", [tag("b", words + ". ") if words else "", *_reason(part)])]
    if part.harmful:
        tone = "is-harm"
        much = "seriously harm" if part.harm == "serious" else "hurt"
        parts.append(tag("p", [tag("b", f"This could {much} a client. "), part.harm_reason or ""]))
    return tag("div", parts, class_=f"iop-why {tone}".strip())


def _reason(part: Part) -> list[str | Html]:
    better = [tag("b", "Better: "), part.better.rstrip("."), ". "] if part.better else []
    return [*better, part.rationale]
