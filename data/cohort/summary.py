"""What is made of the cohort: four tables for charts of the course, and one picture of all four."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

HEAD = """\
# yaml-language-server: $schema=../schema/table.schema.json
# Made by data/cohort/make_cohort.py: change data/cohort/parameters.yaml and run it, not this file.
"""
SPANS = ((2, 4), (5, 7), (8, 10), (11, 12))
"""Weeks that the first returns to use are counted in; there is none in week 1."""


@dataclass(frozen=True)
class Chart:
    """A table of the course: rows of numbers as text."""

    id: str
    kind: str
    title: str
    sentence: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    top: int | None = None

    def text(self) -> str:
        """The file."""
        rows = "".join(f"  - {json.dumps(list(row))}\n" for row in self.rows)
        top = "" if self.top is None else f"top: {self.top}\n"
        return (
            f"{HEAD}id: {self.id}\nkind: {self.kind}\n"
            f"title: |\n  {self.title}\nsentence: |\n  {self.sentence}\n"
            f"source: [course]\n{top}columns: [{', '.join(self.columns)}]\nrows:\n{rows}"
        )

    def column(self, number: int) -> list[float]:
        return [float(row[number]) for row in self.rows]


def charts(clients: pd.DataFrame, weeks: pd.DataFrame, events: pd.DataFrame) -> list[Chart]:
    """The four charts, in the order of the picture."""
    count = len(clients)
    returned = events[events["event"] == "return_to_use"].groupby("client")["week"].min()
    return [
        _attendance(count, weeks, events),
        _craving(count, weeks, set(returned.index)),
        _factors(count, weeks),
        _first_return(count, returned),
    ]


def _attendance(count: int, weeks: pd.DataFrame, events: pd.DataFrame) -> Chart:
    coming = weeks.groupby("week")["client"].nunique()
    ends = events[events["event"] == "discharge_completed"]["week"]
    done = pd.Series({week: int((ends < week).sum()) for week in coming.index})
    share = (100 * coming / count).round(1)
    both = (100 * (coming + done) / count).round(1)
    middle, last = share.index[len(share) // 2 - 1], share.index[-1]
    says = (
        f"{share[middle]:.0f}% still come in week {middle} and {share[last]:.0f}% in week {last}.",
        f"With those who have completed treatment by then it is {both[last]:.0f}%;",
        "the others left, were transferred or were discharged, and some of them come back.",
    )
    return Chart(
        "cohort_attendance",
        "lines",
        f"{_group(count)}: how many still come, by week (percent)",
        _sentence(says),
        ("week", "still_coming_or_completed", "still_coming"),
        [(str(week), f"{both[week]}", f"{share[week]}") for week in share.index],
        100,
    )


def _craving(count: int, weeks: pd.DataFrame, returned: set[str]) -> Chart:
    known = weeks.dropna(subset=["craving"])
    means = known.groupby([known["client"].isin(returned), "week"])["craving"].mean().round(1)
    yes, no = means[True], means[False]
    first, middle, last = yes.index[0], yes.index[len(yes) // 2 - 1], yes.index[-1]
    says = (
        f"craving is about the same in week {first} among the {len(returned)} people who later",
        f"return to use after a week or more without ({yes[first]}) and among all others",
        f"({no[first]}). It falls in both, and more slowly among those who return to use:",
        f"{yes[middle]} and {no[middle]} in week {middle}, {yes[last]} and {no[last]} in week",
        f"{last}. Only those who still come are counted.",
    )
    return Chart(
        "cohort_craving",
        "lines",
        f"{_group(count)}: mean craving (0 to 10) by week",
        _sentence(says),
        ("week", "with_return_to_use", "without_return_to_use"),
        [(str(week), f"{yes[week]}", f"{no[week]}") for week in yes.index],
        10,
    )


def _factors(count: int, weeks: pd.DataFrame) -> Chart:
    means = weeks.groupby("week")[["bam_protective", "bam_risk"]].mean().astype(float).round(1)
    first, last = means.index[0], means.index[-1]
    up, down = means["bam_protective"], means["bam_risk"]
    says = (
        f"the mean of the protective factors rises from {up[first]} in week {first} to {up[last]}",
        f"in week {last}, and that of the risk factors falls from {down[first]} to {down[last]}.",
        "Only those who still come are counted, so a part of the change is that people who do",
        "less well no longer come.",
    )
    return Chart(
        "cohort_risk_protective",
        "lines",
        f"{_group(count)}: protective and risk factors of the BAM (0 to 24) by week",
        _sentence(says),
        ("week", "protective_factors", "risk_factors"),
        [(str(week), f"{up[week]}", f"{down[week]}") for week in means.index],
        24,
    )


def _first_return(count: int, returned: pd.Series) -> Chart:
    spans = {_span(*span): int(returned.between(*span).sum()) for span in SPANS}
    parts = [f"{number} in {name[0].lower()}{name[1:]}" for name, number in spans.items()]
    says = (
        f"{len(returned)} of {count} clients return to use after a week or more without. For the",
        f"first time it happens early more often than late: {', '.join(parts[:-1])} and",
        f"{parts[-1]}. Later on fewer people still come, too.",
    )
    return Chart(
        "cohort_first_return",
        "bars",
        f"{_group(count)}: when people first returned to use",
        _sentence(says),
        ("weeks", "clients"),
        [(name, str(number)) for name, number in spans.items()],
    )


def _group(count: int) -> str:
    return f"A made-up group of {count} clients"


def _sentence(says: Sequence[str]) -> str:
    """What a picture shows, with what it is of."""
    return f"In this group, made up for the course, {' '.join(says)}"


def _span(first: int, last: int) -> str:
    return f"Weeks {first} {'and' if last == first + 1 else 'to'} {last}"


WIDTH, HEIGHT, PLOT_WIDTH, PLOT_HEIGHT = 760, 560, 300, 180
"""Of the picture and of each of its four plots, in SVG units."""
STYLE = "text{font:13px system-ui,sans-serif;fill:#1d2b28}.b{font-weight:600}path,rect{fill:none}"
LINES = (("#12655c", ""), ("#8a4b08", "6 4"))
PLACES = ((50, 40), (430, 40), (50, 320), (430, 320))
NAMES = (
    "Still coming (percent)",
    "Mean craving, 0 to 10",
    "BAM factors, 0 to 24",
    "First return to use (clients)",
)
TOPS = (100, 10, 24, None)


def picture(drawn: Sequence[Chart]) -> str:
    """The four charts as one SVG: lines differ in their dashes, and are named at their ends."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Four charts of the synthetic cohort; their sentences stand in data/tables.">',
        f'<style>{STYLE}</style><rect width="100%" height="100%" style="fill:#fff"/>',
    ]
    for chart, place, name, top in zip(drawn, PLACES, NAMES, TOPS, strict=True):
        parts.append(f'<g transform="translate({place[0]} {place[1]})">')
        parts.append(f'<text class="b" x="0" y="-14">{name}</text>')
        parts += _bars(chart) if top is None else _lines(chart, top)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _lines(chart: Chart, top: float) -> Iterator[str]:
    for value in (0, top / 2, top):
        y = PLOT_HEIGHT * (1 - value / top)
        yield f'<path d="M0 {y:g}H{PLOT_WIDTH}" stroke="#c9d0cd"/>'
        yield f'<text x="-8" y="{y + 4:g}" text-anchor="end">{value:g}</text>'
    weeks = chart.column(0)
    step = PLOT_WIDTH / (len(weeks) - 1)
    for n, week in enumerate(weeks):
        x, y = n * step, PLOT_HEIGHT + 20
        yield f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{week:g}</text>'
    for column, (color, dashes) in enumerate(LINES, start=1):
        heights = [PLOT_HEIGHT * (1 - value / top) for value in chart.column(column)]
        points = "L".join(f"{n * step:.1f} {y:.1f}" for n, y in enumerate(heights))
        look = f'stroke="{color}" stroke-width="2.5" stroke-dasharray="{dashes}"'
        yield f'<path d="M{points}" {look}/>'
        words = chart.columns[column].replace("_", " ")
        # The first line ends above the second; its name stands clear of where it comes from.
        y = min(heights[-7:]) - 9 if column == 1 else max(heights[-7:]) + 18
        yield f'<text x="{PLOT_WIDTH}" y="{y:.1f}" text-anchor="end">{words}</text>'


def _bars(chart: Chart) -> Iterator[str]:
    most, room = max(chart.column(1)), PLOT_HEIGHT / len(chart.rows)
    for n, ((name, number), value) in enumerate(zip(chart.rows, chart.column(1), strict=True)):
        width = (PLOT_WIDTH - 165) * value / most
        y = n * room
        yield f'<text x="0" y="{y + room / 2 + 4:g}">{name}</text>'
        yield (
            f'<rect x="125" y="{y + 8:g}" width="{width:.1f}" height="{room - 16:g}" '
            'style="fill:#12655c"/>'
        )
        yield f'<text class="b" x="{133 + width:.1f}" y="{y + room / 2 + 4:g}">{number}</text>'
