"""The plan as a page: its steps, what was chosen for each, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.plan import Entry, Plan, Section
from iop_training.rendering.html import Html, lines, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import Verdicts, part_why


def verdicts(item: Plan) -> Verdicts:
    """Each entry is judged for itself; what was rightly left out needs no verdict."""
    return {
        (True, True): ("Yes", "is-ok"),
        (True, False): ("Not yet", "is-not-yet"),
        (False, True): ("This fits here", "is-better"),
        (False, False): ("", ""),
    }


def body(
    item: Plan, value: dict[str, Any] | None, score: Score | None, order: Sequence[str]
) -> Html:
    filled = item.validate_response(value)
    parts = {part.id: part for part in score.parts} if score else {}
    done = len(item.sections) - len(item.empty(filled))
    head = [
        tag("p", item.title, class_="iop-plan-title"),
        tag("p", f"{done} of {len(item.sections)} steps", class_="iop-muted"),
    ]
    steps = [
        _step(item, section, item.as_seen(section, order), filled.get(section.id, {}), parts)
        for section in item.sections
    ]
    whole = [tag("div", head, class_="iop-plan-head"), tag("ol", steps, class_="iop-plan-steps")]
    return tag("div", whole, class_="iop-plan")


def _step(
    item: Plan,
    section: Section,
    entries: Sequence[Entry],
    held: Mapping[str, Any],
    parts: Mapping[str, Part],
) -> Html:
    """One step. Before it is scored only what was chosen stands in it."""
    picked = held.get("picked", [])
    shown = [e for e in entries if parts or e.id in picked]
    drawn = [_entry(item, e.text, e.id in picked, parts.get(e.id)) for e in shown]
    return tag(
        "li",
        [
            tag("p", lines(section.text), class_="iop-plan-name"),
            tag("p", section.help, class_="iop-muted") if section.help else "",
            tag("ul", drawn, class_="iop-options") if drawn else "",
            "" if picked else tag("p", "Nothing was chosen.", class_="iop-muted"),
            _own(held["own"]) if held.get("own") else "",
        ],
        class_="iop-plan-step",
    )


@drawn_once
def _entry(item: Plan, text: str, chosen: bool, part: Part | None) -> Html:
    mark, word = ("☑", "Chosen: ") if chosen else ("☐", "Not chosen: ")
    line = tag(
        "div",
        [
            tag("span", mark, class_="iop-mark", aria_hidden="true"),
            tag("span", [tag("span", word, class_="iop-spoken"), *lines(text)]),
        ],
        class_="iop-option is-chosen" if chosen else "iop-option",
    )
    return tag("li", [line, part_why(item, part) if part else ""])


def _own(text: str) -> Html:
    words = [tag("span", "In their own words (not scored): ", class_="iop-muted"), text]
    return tag("p", words, class_="iop-plan-own")
