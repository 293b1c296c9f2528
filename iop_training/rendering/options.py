"""What the choice kinds share: the options with marks, verdicts and reasons."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from iop_training.model import Part, Score
from iop_training.model.options import ChoiceItem
from iop_training.rendering.html import Html, tag


def options_html(item: ChoiceItem, chosen: Collection[str], score: Score | None,
                 order: Sequence[str], marks: tuple[str, str]) -> Html:
    """A list of the options. ``marks`` are the signs for chosen and not chosen."""
    reasons = {part.id: part for part in score.parts} if score else {}
    ids = [i for i in order if any(o.id == i for o in item.options)]
    ids += [o.id for o in item.options if o.id not in ids]
    rows = [_option(item, i, i in chosen, reasons.get(i), marks) for i in ids]
    return tag("ul", rows, class_="iop-options")


def verdict(part: Part) -> str:
    """In words, what choosing or leaving this option was."""
    if part.chosen:
        return "Yes" if part.right else "Not yet"
    return "This belongs here" if part.right else "Rightly left"


def _option(item: ChoiceItem, option_id: str, chosen: bool, part: Part | None,
            marks: tuple[str, str]) -> Html:
    mark, word = (marks[0], "Chosen: ") if chosen else (marks[1], "Not chosen: ")
    line = tag("div", [
        tag("span", mark, class_="iop-mark", aria_hidden="true"),
        tag("span", [tag("span", word, class_="iop-hidden"), item.option(option_id).text]),
    ], class_="iop-option is-chosen" if chosen else "iop-option")
    return tag("li", [line, _why(part) if part else ""])


def _why(part: Part) -> Html:
    tone = "is-ok" if part.agrees else "is-not-yet"
    parts = [tag("p", [tag("b", verdict(part) + ". "), part.rationale])]
    if part.chosen and part.harm == "serious":
        tone = "is-harm"
        parts.append(tag("p", [tag("b", "This could seriously harm a client. "),
                               part.harm_reason or ""]))
    elif part.chosen and part.harm == "minor":
        parts.append(tag("p", [tag("b", "This could hurt a client. "), part.harm_reason or ""]))
    return tag("div", parts, class_=f"iop-why {tone}")
