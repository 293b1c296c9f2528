"""A share of the points for each situation that is reached in time, less half a share for each
harmful action:

    points x max(0, situations in time - 0.5 x harmful actions) / situations

A situation is in time when an action that serves it begins at its minute ``by`` or before. Begun
later or never, it may do harm of its own, which is told apart from the points.
"""

from __future__ import annotations

from random import Random

from iop_training.model import Part, Score
from iop_training.model.kinds.board import Action, Board, Situation

HARM_COSTS = 0.5
"""Shares that a harmful action takes off."""


def score(item: Board, value: list[str]) -> Score:
    harmful = sum(a.harm != "none" for a in item.actions if a.id in value)
    net = max(0.0, sum(item.in_time(value).values()) - HARM_COSTS * harmful)
    return Score(
        item=item.id,
        points=round(item.points * net / len(item.situations), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Board, value: list[str]) -> tuple[Part, ...]:
    """One part a situation, then one an action."""
    return (
        *(_situation(item, s, value) for s in item.situations),
        *(_action(item, a, value) for a in item.actions),
    )


def solution(item: Board) -> list[str]:
    # An item without one is a fault of its file.
    return item.best() or []


def guess(item: Board, chance: Random) -> list[str]:
    """Actions in any order, each that still fits with one chance in two."""
    left, done = item.minutes, []
    for action in chance.sample(item.actions, len(item.actions)):
        if action.minutes <= left and chance.random() < 0.5:
            left -= action.minutes
            done.append(action.id)
    return done


def _situation(item: Board, situation: Situation, value: list[str]) -> Part:
    begun, in_time = item.begun(value)[situation.id], item.in_time(value)[situation.id]
    needed = " or ".join(" ".join(a.text.split()) for a in item.answers(situation.id))
    by = f"by minute {situation.by}" if situation.by else "before all else"
    return Part(
        id=situation.id,
        text=situation.text,
        chosen=bool(value),
        right=in_time,
        answer=(f"begun at minute {begun}" if begun is not None else "not begun") if value else "",
        better="" if in_time else f"{needed}, {by}",
        rationale=situation.rationale,
        harm=situation.harm if not in_time else "none",
        harm_reason=situation.harm_reason if not in_time else None,
    )


def _action(item: Board, action: Action, value: list[str]) -> Part:
    """Right is what serves a situation that is reached in time, or one that nothing was begun
    for. What serves none and does no harm is neither right nor not: it costs its minutes."""
    begins = item.begins(value).get(action.id)
    judged = action.serves is not None or action.harm != "none"
    right = False
    if action.serves is not None and value:
        done = begins is not None
        never = item.begun(value)[action.serves] is None
        right = item.in_time(value)[action.serves] if done else never
    return Part(
        id=action.id,
        text=f"{action.text} ({minutes_text(action.minutes)})",
        chosen=begins is not None and judged,
        right=right,
        answer=f"minute {begins} to {begins + action.minutes}" if begins is not None else "",
        rationale=action.rationale,
        harm=action.harm,
        harm_reason=action.harm_reason,
    )


def minutes_text(minutes: int) -> str:
    """Such as "1 minute" or "8 minutes"."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
