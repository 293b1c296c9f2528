"""A share of the points for each requirement that the week meets:

    points x requirements met / requirements

Requirements are those of the key, from the activities that truly count, and the count: that of
the activities in the week exactly the clinical ones are ticked. A week without a clinical hour
meets none.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.schedule import DAY_NAMES, Activity, Schedule

WEEK = "week."
"""How the ids of parts that judge the whole week begin; no activity id has a full stop."""


def score(item: Schedule, value: dict[str, Any]) -> Score:
    met = _met(item, value)
    return Score(
        item=item.id,
        points=round(item.points * sum(met.values()) / len(met), 4),
        max_points=item.points,
        blank=False,
        parts=parts(item, value),
    )


def parts(item: Schedule, value: dict[str, Any]) -> tuple[Part, ...]:
    """One part a requirement (met, or not), then one an activity: was it ticked, and should it
    have been?"""
    words = _answers(item, value)
    requirements = [
        Part(
            id=WEEK + name,
            text=words[name][0],
            chosen=met,
            right=True,
            answer=words[name][1],
            better="" if met else words[name][2],
            rationale=item.rationale if name == "hours" else "",
        )
        for name, met in _met(item, value).items()
    ]
    return (*requirements, *(_activity(a, value) for a in item.activities))


def _met(item: Schedule, value: dict[str, Any]) -> dict[str, bool]:
    """Requirement to whether it is met, in the order they are shown."""
    placed = value["days"]
    met = {**item.met(placed), "count": value["counts"] == _counting(item, placed)}
    return met if item.clinical(placed) else dict.fromkeys(met, False)


def _counting(item: Schedule, placed: Mapping[str, str]) -> list[str]:
    return sorted(a.id for a in item.activities if a.counts and a.id in placed)


def _answers(item: Schedule, value: dict[str, Any]) -> dict[str, tuple[str, str, str]]:
    """Requirement to what it is about, what the week has, and what it should have."""
    placed, key = value["days"], item.key
    by_day = item.clinical(placed)
    rows = {a.id: a for a in item.activities}
    low, high = key.hours
    longest = max(by_day, key=lambda day: by_day[day], default="")
    ticked = sum(rows[i].hours for i in value["counts"])
    clinical = ", ".join(rows[i].text for i in _counting(item, placed))
    days = "1 day" if len(by_day) == 1 else f"{len(by_day)} days"
    return {
        "hours": (
            "Clinical hours in the week",
            hours_text(sum(by_day.values())),
            hours_text(low) if low == high else f"{low:g} to {hours_text(high)}",
        ),
        "days": ("Days with clinical hours", days, f"at least {key.days}"),
        "longest_day": (
            "Most clinical hours on a day",
            f"{hours_text(by_day[longest])} on {DAY_NAMES[longest]}" if longest else "none",
            f"at most {hours_text(key.longest_day or 0)}",
        ),
        **{
            f"must.{i}": (rows[i].text, _place(i, placed), "this belongs in the week")
            for i in key.must
        },
        "count": (
            "Ticked as clinical hours",
            hours_text(ticked),
            f"tick what counts in this week: {clinical or 'nothing does'}",
        ),
    }


def _activity(activity: Activity, value: dict[str, Any]) -> Part:
    placed, ticked = activity.id in value["days"], activity.id in value["counts"]
    counted = ("counted" if ticked else "not counted") if placed else ""
    return Part(
        id=activity.id,
        text=f"{activity.text} ({hours_text(activity.hours)})",
        chosen=ticked,
        right=placed and activity.counts,
        answer=", ".join(filter(None, (_place(activity.id, value["days"]), counted))),
        rationale=activity.rationale,
    )


def _place(activity: str, placed: Mapping[str, str]) -> str:
    return DAY_NAMES[placed[activity]] if activity in placed else "not in the week"


def hours_text(hours: float) -> str:
    """Such as "1 hour" or "9.5 hours"."""
    return f"{hours:g} hour" if hours == 1 else f"{hours:g} hours"


def solution(item: Schedule) -> dict[str, Any]:
    return {"days": item.example, "counts": _counting(item, item.example)}


def guess(item: Schedule, chance: Random) -> dict[str, Any]:
    """Each activity on any day or nowhere, and ticks at random."""
    places = {a.id: chance.choice([None, *item.days]) for a in item.activities}
    days = {activity: day for activity, day in places.items() if day}
    return {"days": days, "counts": [activity for activity in days if chance.random() < 0.5]}
