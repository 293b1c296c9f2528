"""The page a trainee gets back, made of a graded notebook, its report and the gradebook.

Pure: no file is read and no database. It stands alone in one file, has no code and nothing that
runs, and asks the network for nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup

from iop_training.errors import GradingError
from iop_training.grading.autograde.outputs import BOX, feedback_of
from iop_training.grading.autograde.report import read_observations
from iop_training.grading.standing import standing_by
from iop_training.model import Standard
from iop_training.model.remark import STANCES
from iop_training.rendering import stances_html, style
from iop_training.rendering.gates import gates_for_trainee
from iop_training.rendering.html import Html, tag
from iop_training.rendering.items import points_noun
from iop_training.rendering.standard import standard_for_trainee
from iop_training.scoring.gates import judge_all

_DARK = re.compile(r"\[data-jp-theme-light=\"false\"\] \.iop \{(?P<tokens>[^}]*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the gradebook says of one item: ``score`` with extra credit, of ``points``.
    ``waiting`` when nobody and nothing has scored it yet, ``to_read`` when a person is to look at
    it (again)."""

    score: float
    points: float
    waiting: bool
    to_read: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """What the gradebook says of one submission. ``score`` is after the ``late_penalty`` (0 for
    none); ``items`` has the entries by the names of the cells."""

    student: str
    score: float
    max_score: float
    late_penalty: float
    items: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class _Question:
    """A graded item as the page shows it: what the heading says of its points, and ``cards``, which
    are drawn already."""

    item: str
    entry: Entry
    earned: str
    cards: Markup
    blank: bool
    stance: str
    automatic: bool
    changed: bool


def feedback_page(
    cells: list[Any], report: Mapping[str, Any], entries: Entries, standard: Standard | None
) -> Iterator[str]:
    """The whole page as HTML, piece by piece: most pieces are ASCII, and what a program does with
    the whole takes it twice the memory and time where a single character isn't.

    ``cells`` are those of the graded notebook as in its file, ``report`` is its iop-report.json,
    ``standard`` the assignment's pass mark, if it has one. GradingError where the gradebook or the
    notebook lacks an item of the report.
    """
    questions = _questions(cells, report, entries)
    standing = standing_by(
        standard,
        [(q.entry.score, q.entry.points) for q in questions],
        sum(q.entry.to_read for q in questions if q.entry.points),
    )
    return _template().generate(
        title=report["title"],
        handed_in=report["handed_in"],
        entries=entries,
        earned=_points(entries.score, entries.max_score),
        style=_style(),
        questions=questions,
        stances=Markup(stances_html(_stances(questions))),
        waiting=sum(q.entry.waiting for q in questions),
        standard=Markup(standard_for_trainee(standing) if standing else ""),
        safety=Markup(_safety(report, questions)),
    )


def page_style(css: str) -> str:
    """The course's stylesheet for a page outside Jupyter: what it says for Jupyter's dark theme
    holds where the reader's system is dark."""
    dark = _DARK.search(css)
    tokens = dark["tokens"] if dark else ""
    return f"{css}\n@media screen and (prefers-color-scheme: dark) {{ .iop {{{tokens}}} }}\n"


@functools.cache
def _style() -> Markup:
    return Markup(page_style(style()))


@functools.cache
def _template() -> Template:
    loader = PackageLoader("iop_training.grading", "templates/iop-feedback")
    environment = Environment(loader=loader, autoescape=True, auto_reload=False)
    return environment.get_template("index.html.j2")


def _questions(cells: list[Any], report: Mapping[str, Any], entries: Entries) -> list[_Question]:
    """Each graded item, in order, with what its cells hold for trainees."""
    named = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in cells
        if "nbgrader" in cell["metadata"]
    }
    questions = []
    for item, facts in report["items"].items():
        if item not in named or item not in entries.items:
            raise GradingError(
                f"{item} is not in the {'gradebook' if item in named else 'graded notebook'}. "
                f"Grade it again: iop-training grade {report['assignment']} --again"
            )
        entry, automatic, blank = entries.items[item], facts["points"], facts["blank"]
        questions.append(
            _Question(
                item=item,
                entry=entry,
                earned=_earned(entry, blank),
                cards=_cards(named.get(item + BOX, named[item])),
                blank=blank,
                stance=facts["stance"],
                automatic=automatic is not None,
                changed=automatic is not None and automatic != entry.score,
            )
        )
    return questions


def _cards(cell: Any) -> Markup:
    """What an ask cell holds for trainees, each card on lines of its own."""
    shown = map(feedback_of, cell.get("outputs", ()))
    return Markup("".join([f"\n{text}" for text in shown if text is not None]))


def _earned(entry: Entry, blank: bool) -> str:
    if entry.waiting:
        return f"not graded yet, up to {entry.points:g} points"
    if entry.points:
        return _points(entry.score, entry.points) + (", no answer" if blank else "")
    if entry.score:
        return f"optional: {points_noun(round(entry.score, 2))} added"
    if blank:
        return "optional, no answer"
    return "optional, not read yet" if entry.to_read else "optional"


def _points(score: float, most: float) -> str:
    return f"{round(score, 2):g} of {points_noun(most)}"


def _stances(questions: list[_Question]) -> list[tuple[str, int, str]]:
    """How often each stance was taken, and how many of those answers earned full points; answers
    that a person reads, and blank ones, are neither right nor not."""
    columns = []
    for stance, label in STANCES.items():
        taken = [q for q in questions if q.stance == stance]
        scored = [q for q in taken if q.automatic and not q.blank]
        right = sum(q.entry.score >= q.entry.points for q in scored)
        note = f"{right} of {len(scored)} right" if scored else ""
        columns.append((label, len(taken), note))
    return columns


def _safety(report: Mapping[str, Any], questions: list[_Question]) -> Html:
    """The safety domains by the points that the gradebook has now, with links to the questions."""
    points = {q.item: q.entry.score for q in questions}
    names = {q.item: _link(n) for n, q in enumerate(questions, start=1)}
    made = read_observations(dict(report))
    seen = [o.with_points(points.get(o.item)) for o in made]
    names |= {o.item: names[o.within] for o in made if o.within in names}
    return gates_for_trainee(judge_all(seen), names)


@functools.lru_cache(maxsize=256)
def _link(number: int) -> Html:
    return tag("a", f"Question {number}", href=f"#q{number}")
