"""What the choice kinds share: the options with marks, verdicts and reasons."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from iop_training.model import Item, Part, Score
from iop_training.model.options import ChoiceItem
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import EACH_FOR_ITSELF, ONE_OF_MANY, Verdicts, part_why


def verdicts(item: ChoiceItem) -> Verdicts:
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
    texts = {o.id: o.text for o in item.options}
    ids = [*(i for i in order if i in texts), *(i for i in texts if i not in order)]
    words = ((marks[0], "Chosen: "), (marks[1], "Not chosen: "))
    rows = [option_row(item, texts[i], i in chosen, reasons.get(i), words) for i in ids]
    return tag("ul", rows, class_="iop-options")


@drawn_once
def option_row(
    item: Item,
    text: str,
    chosen: bool,
    part: Part | None,
    marks: tuple[tuple[str, str], tuple[str, str]],
) -> Html:
    """What could be chosen, as an entry of a list. ``marks`` are the signs, each with its word to
    be spoken, for chosen and not chosen."""
    mark, word = marks[0 if chosen else 1]
    line = tag(
        "div",
        [
            tag("span", mark, class_="iop-mark", aria_hidden="true"),
            tag("span", [tag("span", word, class_="iop-spoken"), text]),
        ],
        class_="iop-option is-chosen" if chosen else "iop-option",
    )
    return tag("li", [line, part_why(item, part) if part else ""])
