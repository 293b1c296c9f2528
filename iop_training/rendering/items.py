"""An item as the trainee saw it, with answer, score, reasons and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iop_training.model import Item, ProgramFacts, Reference, Rubric, Score
from iop_training.rendering.html import Html, card, lines, paragraphs, tag, typed_lines
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.kinds import drawing
from iop_training.rendering.program import program_line

_BODY = Html("\0")
"""Stands for the answer; no text of a course can have it."""


def answer_card(
    item: Item,
    body: Html,
    score: Score | None,
    references: Mapping[str, Reference],
    program: ProgramFacts | None = None,
) -> Html:
    """The card of one item around its answer, the ``body`` that :func:`body_html` draws.

    ``score`` None leaves points out. With ``program``, what the item's facts are there stands
    below the reasons.
    """
    cited = " ".join([references[s].citation() for s in item.source if s in references])
    local = program.facts(item.local) if program and item.local else ()
    around = _around(item, _points(score) if score else "", tuple(map(program_line, local)), cited)
    before, after = around.split(_BODY)
    return Html(f"{before}{body}{after}")


def stem_html(item: Item) -> Html:
    """The case, and what is asked, which is set off."""
    return tag("div", stem_lines(item.stem), class_="iop-stem")


@drawn_once
def _around(item: Item, points: str, local: tuple[str, ...], cited: str) -> Html:
    """The card with ``_BODY`` in the place of the answer: the same for many."""
    return card(
        f"Question {item.id}",
        [
            stem_html(item),
            _BODY,
            tag("p", points, class_="iop-score") if points else "",
            *[tag("p", fact, class_="iop-local") for fact in local],
            tag("p", f"Source: {cited}", class_="iop-source") if cited else "",
        ],
        data_item=item.id,
    )


def drawn_order(item: Item, seed: str) -> tuple[str, ...]:
    """The ids as the trainee with that seed saw them; none of a kind whose module says that it
    draws the same in ``ANY_ORDER``."""
    kind = drawing(item.kind)
    return () if getattr(kind, "ANY_ORDER", False) else tuple(item.display_order(seed))


def body_html(item: Item, value: Any, score: Score | None, order: Sequence[str]) -> Html:
    """The answer as its kind draws it.

    ``value`` is the stored answer (None for none), ``score`` None leaves verdicts and reasons
    out, ``order`` has the option ids as this trainee saw them (empty for kinds without options).
    """
    kind = drawing(item.kind)
    drawn: Html = kind.body(item, value, score, order)
    return drawn


def look_html(score: Score) -> Html:
    """What a supervisor should look at in an answer that has its points."""
    words = [tag("b", "Please look at this. "), score.look, " The points are yours to give."]
    return card(f"Please look at {score.item}", tag("p", words, class_="iop-flag"))


def rubric_html(rubric: Rubric, anchors: bool) -> Html:
    """The rubric as a table; with ``anchors``, an example answer of each level under it.

    Anchors are for the person who grades and go into nothing that learners get.
    """
    head = [tag("th", "Criterion", scope="col")] + [
        tag("th", f"{name.capitalize()} ({points})", scope="col")
        for name, points, _ in rubric.criteria[0].levels.rows()
    ]
    rows = [
        tag(
            "tr",
            [tag("th", c.name, scope="row")]
            + [
                tag("td", level, data_level=f"{name.capitalize()} ({points})")
                for name, points, level in c.levels.rows()
            ],
        )
        for c in rubric.criteria
    ]
    table = tag(
        "table",
        [
            tag("caption", f"Rubric: {rubric.points} points, the sum over the criteria"),
            tag("thead", tag("tr", head)),
            tag("tbody", rows),
        ],
        class_="iop-table iop-rubric",
    )
    examples = (
        [
            tag(
                "details",
                [
                    tag(
                        "summary",
                        f"Example answer: {name} ({points_noun(points * len(rubric.criteria))})",
                    ),
                    paragraphs(text),
                ],
            )
            for name, points, text in rubric.anchors.rows()
        ]
        if anchors
        else []
    )
    return card("Rubric", [table, *examples])


def points_text(points: float | None, max_points: float) -> str:
    """Such as "2 of 3 points"."""
    if not max_points:
        return "Optional: your supervisor comments, and may add points"
    if points is None:
        return f"Waits for your supervisor: up to {max_points:g} points"
    return f"{round(points, 2):g} of {points_noun(max_points)}"


def asked_line(stem: str) -> str:
    """What is asked: the last line of a stem that is none of a list."""
    return typed_lines(stem)[_asked_at(stem)]


def points_noun(points: float) -> str:
    return f"{points:g} point" if points == 1 else f"{points:g} points"


def stem_lines(stem: str) -> list[Html]:
    """The lines of a stem: what is asked is the last line; what stands before is the case."""
    shown = lines(stem)
    asked = _asked_at(stem)
    return [
        *shown[:asked],
        Html(shown[asked].replace("iop-line", "iop-line is-asked", 1)),
        *shown[asked + 1 :],
    ]


def _asked_at(stem: str) -> int:
    lines_of_prose = enumerate(typed_lines(stem))
    return max((n for n, line in lines_of_prose if not line.startswith("- ")), default=0)


def _points(score: Score) -> str:
    blank = " · no answer" if score.blank else ""
    return points_text(score.points, score.max_points) + blank
