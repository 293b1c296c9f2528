"""The board: signs in their lanes, the decision, who does what; then the reasons, sign by sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.referral import Referral
from iop_training.model.referral_parts import Hand, Lane, Placeable
from iop_training.rendering.html import Html, lines, tag
from iop_training.rendering.options import option_row
from iop_training.rendering.parts import ONE_OF_MANY, PLACED, Verdicts
from iop_training.rendering.placing import placed_row

_OPTION_MARKS = (("◉", "Chosen: "), ("○", "Not chosen: "))
_CARD_MARKS = {True: ("✓", "is-ok", " (yes)"), False: ("○", "is-not-yet", " (not yet)")}


def verdicts_at(item: Referral, part_id: str) -> Verdicts:
    """Of the decision one option is right; all else has its place."""
    options = {o.id for o in item.decision.options}
    return ONE_OF_MANY if part_id in options else PLACED


def body(
    item: Referral, value: dict[str, Any] | None, score: Score | None, order: Sequence[str]
) -> Html:
    held = item.validate_response(value)
    parts = {part.id: part for part in score.parts} if score else {}
    seen = {i: n for n, i in enumerate(order)}
    signs = sorted(item.signs, key=lambda s: seen.get(s.id, len(seen)))
    steps = sorted(item.steps.entries, key=lambda s: seen.get(s.id, len(seen)))
    options = sorted(item.decision.options, key=lambda o: seen.get(o.id, len(seen)))
    decided = [
        option_row(item, o.text, o.id == held["decision"], parts.get(o.id), _OPTION_MARKS)
        for o in options
    ]
    return tag(
        "div",
        [
            tag("p", item.title, class_="iop-plan-title"),
            _board("sign", item.lanes, signs, held["signs"], parts),
            _reasons(item, "Sign by sign", item.lanes, signs, held["signs"], parts),
            tag(
                "div",
                [
                    tag("p", "Decision", class_="iop-decision-name"),
                    tag("ul", decided, class_="iop-options"),
                ],
                class_="iop-decision",
            ),
            _heading("Who does this"),
            _board("step", item.steps.hands, steps, held["steps"], parts),
            _reasons(item, "Step by step", item.steps.hands, steps, held["steps"], parts),
        ],
        class_="iop-referral",
    )


def _heading(text: str) -> Html:
    return tag("p", tag("b", text))


def _board(
    noun: str,
    places: Sequence[Lane | Hand],
    placed: Sequence[Placeable],
    held: Mapping[str, str],
    parts: Mapping[str, Part],
) -> Html:
    """Places as columns with a card for each sign or step that was put there."""
    columns = [
        _column(noun, place, [one for one in placed if held.get(one.id) == place.id], parts)
        for place in places
    ]
    left = len(placed) - len(held)
    board = tag("ul", columns, class_="iop-lanes", style=f"--lanes: {len(places)}")
    return tag(
        "div",
        [board, tag("p", f"Without a place: {left}", class_="iop-muted") if left else ""],
        class_="iop-lanes-frame",
    )


def _column(
    noun: str, place: Lane | Hand, cards: Sequence[Placeable], parts: Mapping[str, Part]
) -> Html:
    about = place.about if isinstance(place, Lane) else None
    noun = f" {noun}" if len(cards) == 1 else f" {noun}s"
    count = [str(len(cards)), tag("span", noun, class_="iop-spoken")]
    head = [tag("span", lines(place.name)), tag("span", count, class_="iop-lane-count")]
    held = [tag("li", _card(one, parts.get(one.id)), class_="iop-lane-card") for one in cards]
    return tag(
        "li",
        [
            tag("p", head, class_="iop-lane-name"),
            tag("p", lines(about), class_="iop-lane-about") if about else "",
            tag("ul", held, class_="iop-lane-cards")
            if held
            else tag("p", "Nothing here", class_="iop-lane-empty"),
        ],
        class_="iop-lane",
    )


def _card(one: Placeable, part: Part | None) -> list[Html]:
    """Text, with a mark where it was judged; the reason is told below."""
    if not part:
        return lines(one.text)
    mark, tone, word = _CARD_MARKS[part.agrees]
    shown = tag("span", mark, class_=f"iop-lane-mark {tone}", aria_hidden="true")
    return [shown, *lines(one.text), tag("span", word, class_="iop-spoken")]


def _reasons(
    item: Referral,
    title: str,
    places: Sequence[Lane | Hand],
    placed: Sequence[Placeable],
    held: Mapping[str, str],
    parts: Mapping[str, Part],
) -> Html:
    if not parts:
        return Html()
    names = {place.id: " ".join(place.name.split()) for place in places}
    rows = [
        placed_row(item, one.text, names.get(held.get(one.id, ""), ""), parts.get(one.id))
        for one in placed
    ]
    return Html(_heading(title) + tag("ul", rows, class_="iop-options"))
