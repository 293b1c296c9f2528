"""What a case's room shows and doesn't change: who it is about, what to know, which ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iop_training.figures.case_chart import chart_svgs
from iop_training.model import ProgramFacts
from iop_training.model.case import PlayCase
from iop_training.model.case_people import Chart, Prebrief
from iop_training.model.program import NATIONAL
from iop_training.responses.identity import Workspace
from iop_training.widgets.frame import manifest_pages
from iop_training.widgets.page import Page
from iop_training.widgets.program import program_facts

MISTAKES = "Mistakes are expected here."
COUNTS = {
    "practice": "Nothing is handed in. You can go back to any turn and try another line.",
    "assessed": (
        "The first session that reaches an ending counts. You can stop and come back at any time. "
        "Your supervisor sees every attempt."
    ),
}
"""Which attempt counts, by the mode of the case."""
WAYS: Mapping[str, tuple[str, str]] = {
    "session": ("Start the session", ""),
    "together": (
        "Together with someone",
        "Somebody sits beside you. Talk about each line, then you choose it.",
    ),
    "another": (
        "Meet another client instead",
        "Another scenario for the same competence. Your supervisor looks at how you show it there.",
    ),
    "in_person": (
        "Show it to your supervisor in person",
        "Your supervisor plays the client with you, or watches you at work, and gives the points. "
        "Tell them that you chose this.",
    ),
}
"""What each way is called, and what it means."""
HELP = ("supervisor_on_call", "after_hours", "crisis_lines")
"""The program's own facts for somebody whom a case comes too near."""


def place_of(page: Page, item_id: str, case: PlayCase) -> dict[str, Any]:
    """All of it, as JSON data."""
    instead = _instead(page.workspace, case.prebrief.instead)
    return {
        "item": item_id,
        "mode": case.mode,
        "title": case.title.strip(),
        "people": people_of(case),
        "prebrief": _prebrief(case.prebrief),
        "chart": chart_of(case.chart),
        "counts_sentence": COUNTS[case.mode],
        "ways": _ways(case.mode, bool(instead)),
        "instead": instead,
        "crisis": {"lines": help_lines(program_facts(page.folder))},
    }


def people_of(case: PlayCase) -> list[dict[str, str]]:
    """Who speaks, with the letters that stand for each: as many as tell them apart."""
    names = [person.name for person in case.people]
    return [
        {
            "id": person.id,
            "name": person.name,
            "letters": _letters(person.name, names),
            "description": person.description.strip(),
        }
        for person in case.people
    ]


def _letters(name: str, names: list[str]) -> str:
    alike = [other for other in names if other != name and other[:1] == name[:1]]
    return name[:2] if alike else name[:1]


def _prebrief(prebrief: Prebrief) -> dict[str, Any]:
    said = MISTAKES[:-1].lower() in prebrief.counts.lower()
    return {
        **prebrief.model_dump(mode="json", exclude={"instead"}),
        "mistakes": "" if said else MISTAKES,
    }


def chart_of(chart: Chart) -> dict[str, Any]:
    """The chart, each series with its drawing."""
    data = chart.model_dump(mode="json")
    drawn = zip(data["series"], chart_svgs(chart), strict=True)
    return {**data, "series": [{**series, "svg": svg} for series, svg in drawn]}


def _ways(mode: str, has_instead: bool) -> list[dict[str, str]]:
    """The ways of a case. A practice case records no other one: its page only links there."""
    ids = ["session", "together"]
    if mode == "assessed":
        ids += ["another"] * has_instead + ["in_person"]
    return [{"id": way, "label": WAYS[way][0], "text": WAYS[way][1]} for way in ids]


def _instead(workspace: Workspace | None, cases: tuple[str, ...]) -> list[dict[str, str]]:
    """Title and path of the practice cases that are in the workspace."""
    if workspace is None or not cases:
        return []
    pages = {about.get("module"): (path, about) for path, about in manifest_pages(workspace)}
    return [
        {"title": str(pages[case][1].get("title", case)), "path": pages[case][0]}
        for case in cases
        if case in pages
    ]


def help_lines(facts: ProgramFacts) -> list[str]:
    """Whom to turn to: 988, then what the program says, or the question where it says nothing."""
    lifeline = dict(NATIONAL)["988"]
    own = [f"{fact.label}: {', '.join(fact.lines)}" for fact in facts.facts(HELP) if fact.lines]
    return [f"988: {lifeline}.", *(own or ["Ask your supervisor whom to call in this program."])]
