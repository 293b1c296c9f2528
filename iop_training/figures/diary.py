"""A client's diary cards as a page: all weeks as a picture, and one week at a time with its
picture, its sentence and the card itself. Plain HTML: the choice of a week is a group of radio
buttons, and the stylesheet shows the week that is chosen."""

from __future__ import annotations

from itertools import groupby

from iop_training.figures.diary_chart import days_frame, diary_svg
from iop_training.model import Diary
from iop_training.model.diary import WEEK, Day
from iop_training.rendering.html import Html, paragraphs, tag, text

NOT_FILLED_IN = Html(
    tag("span", "–", aria_hidden="true") + tag("span", "not filled in", class_="iop-spoken")
)
NOTED = Html(tag("span", "✓", aria_hidden="true") + tag("span", "noted", class_="iop-spoken"))


def diary_html(diary: Diary, group: str) -> Html:
    """The cards. ``group`` names the radio buttons; no two on a screen may have the same."""
    numbers = range(1, len(diary.weeks) + 1)
    options = [
        tag(
            "label",
            [_radio(group, n), tag("span", f"Week {n}")],
            class_="iop-option",
        )
        for n in numbers
    ]
    parts = [
        tag("figcaption", tag("b", diary.title)),
        tag("div", paragraphs(diary.person)),
        _picture(diary, None, diary.sentence),
        tag("div", paragraphs(diary.sentence)),
        _details("The weeks side by side, as a table", _side_by_side(diary)),
        tag(
            "fieldset",
            [
                tag("legend", "Look at one week"),
                tag("div", options, class_="iop-segments"),
            ],
        ),
        *(_week(diary, n) for n in numbers),
        _details("The skills that the card lists", _skills(diary)),
    ]
    # Without this attribute JupyterLab would take the arrow keys for its own.
    return tag(
        "figure",
        tag("div", parts, class_="iop-card iop-diary"),
        class_="iop is-figure",
        data_lm_suppress_shortcuts="true",
    )


def _radio(group: str, number: int) -> Html:
    checked = " checked" if number == 1 else ""
    return Html(f'<input type="radio" name="{text(group)}" value="{number}"{checked}>')


def _picture(diary: Diary, week: int | None, says: str) -> Html:
    picture = Html(diary_svg(diary, week))
    return tag("div", picture, role="img", aria_label=says, class_="iop-chart")


def _details(summary: str, content: Html) -> Html:
    return tag("details", [tag("summary", summary), content])


def _week(diary: Diary, number: int) -> Html:
    """One week: picture, sentence, card, notes."""
    says, days = diary.weeks[number - 1], diary.week(number)
    notes = [
        tag("li", [tag("b", f"{day.weekday}: "), "“", day.note, "”"]) for day in days if day.note
    ]
    title = f"Week {number}"
    return tag(
        "section",
        [
            tag("h3", title),
            tag("div", paragraphs(says)),
            _picture(diary, number, says),
            tag(
                "div",
                _card(diary, days, title),
                class_="iop-scrolling",
                tabindex="0",
                role="region",
                aria_label=f"The card of week {number}",
            ),
            *([tag("ul", notes, class_="iop-diary-notes")] if notes else []),
        ],
        class_=f"iop-diary-week is-{number}",
        aria_label=title,
    )


def _card(diary: Diary, days: list[Day], title: str) -> Html:
    """The card as the client filled it in: a column a day."""
    head = [tag("td"), *(tag("th", day.weekday, scope="col") for day in days)]
    lines = [
        [
            tag("th", line.name, scope="row"),
            *(tag("td", _filled(day, line.id, line.yes_no)) for day in days),
        ]
        for line in diary.lines
    ]
    skills = [
        [
            tag("th", skill.name, scope="row"),
            *(tag("td", NOTED if skill.id in day.skills else "") for day in days),
        ]
        for skill in diary.skills
    ]
    rows = [tag("tr", row) for row in (*lines, *skills)]
    caption = tag("caption", f"The card of {title.lower()}")
    body = [caption, tag("thead", tag("tr", head)), tag("tbody", rows)]
    return tag("table", body, class_="iop-table is-diary")


def _filled(day: Day, line: str, yes_no: bool) -> Html | str:
    value = day.values.get(line)
    if value is None:
        return NOT_FILLED_IN
    return ("no", "yes")[value] if yes_no else str(value)


def _side_by_side(diary: Diary) -> Html:
    """The weeks as numbers: what a reader of the picture sees at a glance."""
    days = days_frame(diary)
    weeks = days.groupby((days.index - 1) // WEEK)
    names = [line.id for line in diary.lines]
    rows = [("Days filled in", [f"{len(week[names].dropna(how='all'))}" for _, week in weeks])]
    for line in diary.lines:
        if line.yes_no:
            rows.append((f"{line.name}: days", [f"{week[line.id].sum():g}" for _, week in weeks]))
        else:
            means = weeks[line.id].mean().round(1)
            rows.append(
                (
                    f"{line.name}: mean",
                    ["not known" if mean != mean else f"{mean:g}" for mean in means],
                )
            )
    noted = weeks[[skill.id for skill in diary.skills]].sum().sum(axis=1)
    rows.append(("Skills noted, times", [f"{count:g}" for count in noted]))
    head = [tag("td"), *(tag("th", f"Week {n + 1}", scope="col") for n in range(len(diary.weeks)))]
    body = [
        tag("tr", [tag("th", name, scope="row"), *(tag("td", c) for c in cells)])
        for name, cells in rows
    ]
    return tag(
        "table", [tag("thead", tag("tr", head)), tag("tbody", body)], class_="iop-table is-diary"
    )


def _skills(diary: Diary) -> Html:
    """The skills by the module they belong to, in the order of the card."""
    by_module = sorted(diary.skills, key=lambda skill: skill.module)
    entries = []
    for module, skills in groupby(by_module, key=lambda skill: skill.module):
        name = module.replace("_", " ").capitalize()
        entries.append(
            tag("div", [tag("dt", name), tag("dd", ", ".join(skill.name for skill in skills))])
        )
    return tag("dl", entries, class_="iop-facts")
