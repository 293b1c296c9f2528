"""The week as columns of days, what it meets as a list, and one week that fits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from iop_training.model import Part, Score
from iop_training.model.kinds.schedule import DAY_NAMES, Activity, Schedule
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.parts import Verdicts, verdict
from iop_training.scoring import solution
from iop_training.scoring.kinds.schedule import WEEK, hours_text


def verdicts(item: Schedule) -> Verdicts:
    """A requirement is met or not yet; an activity is rightly ticked, or ticked and left out
    where it should not be. What was rightly left alone needs no verdict."""
    return {
        (True, True): ("Yes", "is-ok"),
        (True, False): ("Not yet", "is-not-yet"),
        (False, True): ("Not yet", "is-not-yet"),
        (False, False): ("", ""),
    }


def body(
    item: Schedule, value: dict[str, Any] | None, score: Score | None, order: Sequence[str]
) -> Html:
    week = item.validate_response(value)
    parts = [_week(item, week), tag("p", _total(item, week), class_="iop-week-total")]
    if score:
        whole = [part for part in score.parts if part.id.startswith(WEEK)]
        rows = [part for part in score.parts if part not in whole]
        why = [tag("p", tag("b", "What counts, and why")), _checklist(item, rows)]
        parts += [_checklist(item, whole), tag("div", why, class_="iop-stack is-part")]
    if score and not score.full:
        example = [tag("p", tag("b", "One week that fits")), _week(item, solution(item))]
        parts.append(tag("div", example, class_="iop-stack is-part"))
    return tag("div", parts, class_="iop-stack")


def _week(item: Schedule, week: Mapping[str, Any]) -> Html:
    """The days in columns, or in rows where there is little room."""
    placed, ticked = week["days"], week["counts"]
    days = [
        _day(day, [a for a in item.activities if placed.get(a.id) == day], ticked)
        for day in item.days
    ]
    columns = tag("ol", days, class_="iop-week", style=f"--days: {len(days)}")
    # The language makes a browser hyphenate long names in narrow columns.
    return tag("div", columns, class_="iop-week-frame", lang="en")


def _day(day: str, activities: Sequence[Activity], ticked: Collection[str]) -> Html:
    name, counted = DAY_NAMES[day], sum(a.hours for a in activities if a.id in ticked)
    heading = [name[:3], tag("span", name[3:], class_="iop-spoken")]
    blocks = [_block(activity, activity.id in ticked) for activity in activities]
    return tag(
        "li",
        [
            tag("p", heading, class_="iop-day-name"),
            tag("ul", blocks, class_="iop-blocks") if blocks else tag("div", class_="iop-blocks"),
            tag("p", f"{counted:g} h" if counted else "–", class_="iop-day-total"),
        ],
        class_="iop-day",
    )


def _block(activity: Activity, counted: bool) -> Html:
    said = ", counted" if counted else ", not counted"
    return tag(
        "li",
        [
            tag("span", activity.text),
            tag("b", f"{activity.hours:g} h"),
            tag("span", said, class_="iop-spoken"),
        ],
        class_="iop-block is-counted" if counted else "iop-block",
        style=f"--hours: {activity.hours:g}",
    )


def _total(item: Schedule, week: Mapping[str, Any]) -> str:
    """The hours that were ticked, in words, and what was left out of the week."""
    if item.is_blank(week):
        return "Nothing was put into the week."
    rows = {a.id: a for a in item.activities}
    days = {week["days"][i] for i in week["counts"]}
    hours = hours_text(sum(rows[i].hours for i in week["counts"]))
    on = "1 day" if len(days) == 1 else f"{len(days)} days"
    left = ", ".join(a.text for a in item.activities if a.id not in week["days"])
    counted = f"Counted: {hours} on {on}." if days else "Nothing was counted."
    return f"{counted} Not in the week: {left}." if left else counted


def _checklist(item: Schedule, parts: Sequence[Part]) -> Html:
    return tag("ul", [_line(item, part) for part in parts], class_="iop-checklist")


@drawn_once
def _line(item: Schedule, part: Part) -> Html:
    words, tone = verdict(item, part)
    said = [tag("b", words + ". ") if words else "", part.text, ": ", tag("b", part.answer)]
    reasons = ["Better: " + part.better if part.better else "", part.rationale]
    shown = [tag("span", reason, class_="iop-line") for reason in reasons if reason]
    return tag("li", [tag("span", said, class_="iop-line"), *shown], class_=tone or None)
