"""schedule: activities are put on days, and those that are clinical hours are ticked.

A response is ``{"days": {activity id: day}, "counts": [activity ids]}``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from iop_training.errors import ResponseError
from iop_training.model.base import Model, Path, ProseText
from iop_training.model.item import Item, PartId

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAY_NAMES: dict[str, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
# Quarters of an hour add up exactly, so a sum is never a hair over a limit.
Hours = Annotated[float, Field(gt=0, le=24, multiple_of=0.25)]
Limit = Annotated[float, Field(gt=0, le=168, multiple_of=0.25)]


class Activity(Model):
    """A row to put into the week; ``counts`` whether its hours are clinical hours."""

    id: PartId
    text: ProseText
    hours: Hours
    counts: bool
    rationale: ProseText


class WeekKey(Model):
    """What a right week has: clinical ``hours`` (lowest, highest), on at least so many ``days``,
    at most so many on the ``longest_day``, and the activities it ``must`` have."""

    hours: tuple[Limit, Limit]
    days: Annotated[int, Field(ge=1, le=7)] | None = None
    longest_day: Limit | None = None
    must: list[PartId] = []

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.hours[0] > self.hours[1]:
            raise ValueError("hours are [lowest, highest], such as [9, 19]")
        return self


class Schedule(Item):
    """``days`` in the order they are shown; ``example`` is one week that is right."""

    kind: Literal["schedule"]
    days: Annotated[list[Day], Field(min_length=1, max_length=7)] = list(DAY_NAMES)  # type: ignore[arg-type]
    activities: Annotated[list[Activity], Field(min_length=3, max_length=12)]
    key: WeekKey
    example: dict[PartId, Day]
    rationale: ProseText

    PUBLIC: ClassVar[tuple[str, ...]] = (
        *Item.PUBLIC,
        "days",
        "activities.id",
        "activities.text",
        "activities.hours",
    )

    def shuffled(self) -> list[str]:
        return [a.id for a in self.activities]

    def asked(self, order: Sequence[str]) -> dict[str, Any]:
        rows = {a.id: a for a in self.activities}
        return {
            "days": [{"id": day, "name": DAY_NAMES[day]} for day in self.days],
            "activities": [{"id": i, "text": rows[i].text, "hours": rows[i].hours} for i in order],
        }

    def validate_response(self, value: Any) -> dict[str, Any]:
        value = {} if value is None else value
        if not isinstance(value, dict) or not set(value) <= {"days", "counts"}:
            raise ResponseError(f"{self.id} takes days and counts, each by activity id.")
        days, counts = value.get("days", {}), value.get("counts", [])
        if not isinstance(days, dict) or not isinstance(counts, list):
            raise ResponseError(f"{self.id} takes days as a mapping and counts as a list.")
        for activity, day in days.items():
            self._known("activity", activity, self.shuffled())
            self._known("day", day, self.days)
        for activity in counts:
            self._known("activity", activity, self.shuffled())
        # A tick at what isn't in the week says nothing.
        return {"days": dict(sorted(days.items())), "counts": sorted({*counts} & {*days})}

    def _known(self, what: str, found: Any, allowed: Sequence[str]) -> None:
        if found not in allowed:
            known = ", ".join(allowed)
            raise ResponseError(f"{self.id} has no {what} {str(found)[:40]!r}; it has {known}.")

    def is_blank(self, value: Any) -> bool:
        return not value["days"]

    def clinical(self, placed: Mapping[str, str]) -> dict[str, float]:
        """Hours of each day that has some, from the activities that truly count."""
        hours: dict[str, float] = {}
        for activity in self.activities:
            if activity.counts and activity.id in placed:
                day = placed[activity.id]
                hours[day] = hours.get(day, 0) + activity.hours
        return hours

    def met(self, placed: Mapping[str, str]) -> dict[str, bool]:
        """Requirement to whether the week meets it: "hours" and, where the key has them, "days",
        "longest_day" and "must." with an activity id."""
        hours, key = self.clinical(placed), self.key
        met = {"hours": key.hours[0] <= sum(hours.values()) <= key.hours[1]}
        if key.days is not None:
            met["days"] = len(hours) >= key.days
        if key.longest_day is not None:
            met["longest_day"] = max(hours.values(), default=0) <= key.longest_day
        return met | {f"must.{i}": i in placed for i in key.must}

    def check(self) -> list[tuple[str | Path, str]]:
        return [*self._names(), *self._possible()]

    def _names(self) -> list[tuple[str | Path, str]]:
        """Faults in what names something else."""
        ids = self.shuffled()
        faults: list[tuple[str | Path, str]] = []
        for n, repeated in enumerate(ids):
            if repeated in ids[:n]:
                faults.append((("activities", n, "id"), f"activity id {repeated!r} is used twice"))
        for n, day in enumerate(self.days):
            if day in self.days[:n]:
                faults.append((("days", n), f"day {day!r} is there twice; keep one"))
        allowed = f"activities are {', '.join(ids)}"
        for n, must in enumerate(self.key.must):
            if must not in ids:
                faults.append((("key", "must", n), f"{must!r} is no activity id; {allowed}"))
        for placed, day in self.example.items():
            if placed not in ids:
                faults.append((("example", placed), f"{placed!r} is no activity id; {allowed}"))
            if day not in self.days:
                days = ", ".join(self.days)
                faults.append(
                    (("example", placed), f"{day!r} is not in this week; days are {days}")
                )
        return faults

    def _possible(self) -> list[tuple[str | Path, str]]:
        """Faults in what the week asks for."""
        faults: list[tuple[str | Path, str]] = []
        counting = [a.hours for a in self.activities if a.counts]
        low, high = self.key.hours
        if sum(counting) < low:
            faults.append(
                (
                    ("key", "hours"),
                    f"all clinical hours together are {sum(counting):g}, and the week needs "
                    f"{low:g}; ask for less or add an activity that counts",
                )
            )
        if len(counting) == len(self.activities):
            faults.append(("activities", "every activity counts; add one that does not"))
        if (self.key.days or 0) > len(self.days):
            faults.append(
                (
                    ("key", "days"),
                    f"{self.key.days} days are needed, and the week has {len(self.days)}",
                )
            )
        unmet = [name for name, met in self.met(self.example).items() if not met]
        if unmet:
            hours = sum(self.clinical(self.example).values())
            faults.append(
                (
                    "example",
                    f"does not meet {', '.join(unmet)} of the key: it has {hours:g} clinical "
                    f"hours on {len(self.clinical(self.example))} days, and {low:g} to {high:g} "
                    "are right",
                )
            )
        return faults


ITEM = Schedule
