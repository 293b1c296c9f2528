"""Who needed something, what was done and when, and one order that reaches everybody in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from iop_training.model import Part, Score
from iop_training.model.kinds.board import Action, Board, Situation
from iop_training.rendering.html import Html, lines, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import Verdicts, part_why
from iop_training.scoring import solution
from iop_training.scoring.kinds.board import minutes_text

Shown = TypeVar("Shown", Situation, Action)


def verdicts(item: Board) -> Verdicts:
    """A situation is reached in time or not yet, an action serves or does not yet. What serves
    nobody and does no harm needs no verdict."""
    return {
        (True, True): ("Yes", "is-ok"),
        (True, False): ("Not yet", "is-not-yet"),
        (False, True): ("This would help", "is-better"),
        (False, False): ("", ""),
    }


def body(item: Board, value: list[str] | None, score: Score | None, order: Sequence[str]) -> Html:
    done = item.validate_response(value)
    parts = {part.id: part for part in score.parts} if score else {}
    actions = {a.id: a for a in item.actions}
    left = [a for a in _in_order(item.actions, order) if a.id not in done]
    shown = [
        _heading("Who needs something"),
        tag(
            "ul",
            [_situation(item, s.text, parts.get(s.id)) for s in _in_order(item.situations, order)],
            class_="iop-options is-situations",
        ),
        _heading("What was done, in this order"),
        _clock(item, done),
        _done(item, done, parts),
    ]
    if left and parts:
        why = [tag("li", _action(item, a, "", parts.get(a.id))) for a in left]
        shown += [_heading("What was left"), tag("ul", why, class_="iop-options")]
    elif left:
        shown.append(tag("p", "Not done: " + "; ".join(a.text for a in left), class_="iop-muted"))
    if score and not score.full:
        best = solution(item)
        begins = item.begins(best)
        rows = [tag("li", f"{_span(actions[i], begins[i])}: {actions[i].text}") for i in best]
        example = [_heading("One order that reaches everybody in time"), tag("ol", rows)]
        shown.append(tag("div", example, class_="iop-stack is-part"))
    return tag("div", shown, class_="iop-stack")


def _in_order(entries: Sequence[Shown], order: Sequence[str]) -> list[Shown]:
    """As the trainee saw them."""
    place = {i: n for n, i in enumerate(order)}
    return sorted(entries, key=lambda e: place.get(e.id, len(place)))


def _heading(text: str) -> Html:
    return tag("p", tag("b", text))


@drawn_once
def _situation(item: Board, text: str, part: Part | None) -> Html:
    told = tag("b", part.answer.capitalize()) if part and part.answer else ""
    line = tag("div", [tag("div", lines(text)), told], class_="iop-placed")
    return tag("li", [line, part_why(item, part) if part else ""])


def _clock(item: Board, done: Sequence[str]) -> Html:
    """The minutes of the shift as a bar, each action as long as it takes. The list says the same
    in words."""
    lengths = {a.id: a.minutes for a in item.actions}
    taken = sum(lengths[i] for i in done)
    blocks = [
        tag("span", f"{n}", style=f"--minutes: {lengths[i]}") for n, i in enumerate(done, start=1)
    ]
    rest = tag("i", style=f"--minutes: {item.minutes - taken}")
    return tag(
        "div",
        [
            tag("p", f"Case clock: minute {taken} of {item.minutes}", class_="iop-clock-time"),
            tag("div", [*blocks, rest], class_="iop-clock-bar", aria_hidden="true"),
        ],
        class_="iop-clock",
    )


def _done(item: Board, done: Sequence[str], parts: Mapping[str, Part]) -> Html:
    if not done:
        return tag("p", "Nothing was done.", class_="iop-muted")
    actions, begins = {a.id: a for a in item.actions}, item.begins(done)
    rows = [_action(item, actions[i], _span(actions[i], begins[i]), parts.get(i)) for i in done]
    return tag("ol", [tag("li", row) for row in rows], class_="iop-options is-numbered")


def _span(action: Action, begins: int) -> str:
    return f"Minute {begins} to {begins + action.minutes}"


def _action(item: Board, action: Action, when: str, part: Part | None) -> list[Html]:
    """What was done with its minutes, "" for not at all, with how long it would take."""
    took = when or f"Not done, {minutes_text(action.minutes)}"
    line = tag(
        "div",
        [*lines(action.text), tag("span", took, class_="iop-muted")],
        class_="iop-placed is-chosen" if when else "iop-placed",
    )
    return [line, part_why(item, part) if part else Html()]
