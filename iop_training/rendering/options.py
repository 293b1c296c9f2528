"""What the choice kinds share: the options with marks, verdicts and reasons."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from iop_training.model import Part, Score
from iop_training.model.options import ChoiceItem
from iop_training.rendering.html import Html, tag

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


def verdicts_of(item: ChoiceItem) -> Verdicts:
    """Several options are judged each for itself; of one best answer only that and the chosen."""
    return ONE_OF_MANY if len(item.right_ids()) == 1 else EACH_FOR_ITSELF


def options_html(
    item: ChoiceItem,
    chosen: Collection[str],
    score: Score | None,
    order: Sequence[str],
    marks: tuple[str, str],
) -> Html:
    """A list of the options. ``marks`` are the signs for chosen and not chosen."""
    reasons = {part.id: part for part in score.parts} if score else {}
    ids = [i for i in order if any(o.id == i for o in item.options)]
    ids += [o.id for o in item.options if o.id not in ids]
    rows = [_option(item, i, i in chosen, reasons.get(i), marks) for i in ids]
    return tag("ul", rows, class_="iop-options")


def _option(
    item: ChoiceItem, option_id: str, chosen: bool, part: Part | None, marks: tuple[str, str]
) -> Html:
    mark, word = (marks[0], "Chosen: ") if chosen else (marks[1], "Not chosen: ")
    line = tag(
        "div",
        [
            tag("span", mark, class_="iop-mark", aria_hidden="true"),
            tag("span", [tag("span", word, class_="iop-spoken"), item.option(option_id).text]),
        ],
        class_="iop-option is-chosen" if chosen else "iop-option",
    )
    return tag("li", [line, _why(part, verdicts_of(item)) if part else ""])


def _why(part: Part, verdicts: Verdicts) -> Html:
    words, tone = verdicts[part.chosen, part.right]
    parts = [tag("p", [tag("b", words + ". ") if words else "", part.rationale])]
    if part.chosen and part.harm != "none":
        tone = "is-harm"
        much = "seriously harm" if part.harm == "serious" else "hurt"
        parts.append(tag("p", [tag("b", f"This could {much} a client. "), part.harm_reason or ""]))
    return tag("div", parts, class_=f"iop-why {tone}".strip())
