"""The debrief of a session as a page that stands still: what mattered first, all of it last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from iop_training.model.case_answer import DebriefNotes
from iop_training.rendering.case_indices import indices_html
from iop_training.rendering.case_score import notes_html, said
from iop_training.rendering.html import Html, paragraphs, tag
from iop_training.rendering.kept import drawn_once
from iop_training.rendering.transcript import (
    fold,
    heard_html,
    judged_html,
    meanings_html,
    own_html,
    section,
    transcript_html,
)
from iop_training.scoring.debrief_parts import (
    CodedTurn,
    Debrief,
    GoalIdea,
    JudgedLine,
    Practice,
    TurningPoint,
)
from iop_training.scoring.debrief_words import (
    REASON_WORDS,
    curve_words,
    reach_words,
    variable_name,
)

WHO = "You"


def debrief_html(
    debrief: Debrief, citations: Mapping[str, str], curves: Html | None = None
) -> Html:
    """The debrief: story, turning points with the loop, goals, and folded the whole conversation
    with indices and curves.

    ``citations`` has the words for the keys of sources; ``curves`` is a picture of
    ``debrief.curves`` that was made by the course.
    """
    turns = {turn.turn: turn for turn in debrief.turns}
    points = [_point(p, turns[p.turn], debrief, citations) for p in debrief.turning_points]
    heading = "Turning points" if len(points) > 1 else "The turning point"
    pointed = {point.moment for point in debrief.turning_points}
    titles = {turn.moment: f"Turn {turn.turn}, {turn.title}: " for turn in debrief.turns}
    more = [
        _practice(p, citations, titles.get(p.moment, ""))
        for p in debrief.practice
        if p.moment not in pointed
    ]
    return Html(
        "".join(
            [
                section("The story", paragraphs(debrief.story), *_view(debrief)),
                section(heading, *points) if points else "",
                section("More to practise", *more) if more else "",
                _goals(debrief.goals),
                _whole(debrief, curves),
            ]
        )
    )


def own_words_html(notes: DebriefNotes) -> Html:
    """What the trainee said of the session before all this; nothing where that is nothing."""
    return section("You first", notes_html(notes, "you")) if said(notes) else Html()


def sources_of(debrief: Debrief) -> list[str]:
    """Keys of the sources of all its lines, sorted."""
    lines = [turn.line for turn in debrief.turns]
    lines += [line for point in debrief.turning_points for line in point.lines]
    lines += [line for practice in debrief.practice for line in practice.lines]
    return sorted({source for line in lines for source in line.sources})


def _view(debrief: Debrief) -> list[Html]:
    if not debrief.view:
        return []
    who = tag("p", tag("b", f"How {debrief.view_by or 'the client'} sees it"))
    return [who, tag("blockquote", paragraphs(debrief.view), class_="iop-note")]


def _point(
    point: TurningPoint, turn: CodedTurn, debrief: Debrief, citations: Mapping[str, str]
) -> Html:
    other = [line for line in point.lines if line.id != turn.line.id]
    again = [p for p in debrief.practice if p.moment == point.moment]
    return tag(
        "div",
        [
            tag("h4", f"Turn {point.turn}: {turn.title}", class_="iop-eyebrow"),
            tag("p", _reason(point), class_="iop-muted"),
            heard_html(turn.said),
            own_html(turn.line, WHO),
            heard_html(turn.line.answer),
            judged_html(turn.line),
            _sources(_named(turn.line, citations)),
            *([_again(other, citations)] if other and point.reason != "strength" else []),
            *[_practice(p, citations) for p in again],
        ],
        class_="iop-pivot",
    )


def _reason(point: TurningPoint) -> str:
    lost = f" In points: {round(point.lost, 1):g} were out of reach after it."
    return f"{REASON_WORDS[point.reason]}.{lost if point.lost else ''}"


def _again(lines: Iterable[JudgedLine], citations: Mapping[str, str]) -> Html:
    """The loop: the other lines that were there, each with what it would have been answered."""
    inner = Html("".join(_choice(line, citations) for line in lines))
    return fold("Try this turn again: what else you could have said", inner)


def _practice(practice: Practice, citations: Mapping[str, str], where: str = "") -> Html:
    what = "A harder one" if practice.harder else "The same in other words"
    says = tag("p", [tag("b", f"{practice.name}: "), practice.says], class_="iop-quote")
    asks = tag("p", "What would you say? Open a line to hear the answer.", class_="iop-muted")
    lines = [_choice(line, citations) for line in practice.lines]
    title = f"{where}{what[0].lower()}{what[1:]}" if where else what
    return fold(title, Html("".join([says, asks, *lines])))


def _choice(line: JudgedLine, citations: Mapping[str, str]) -> Html:
    return _with_sources(line, _named(line, citations))


@drawn_once
def _with_sources(line: JudgedLine, sources: str) -> Html:
    shown = [heard_html(line.answer), judged_html(line), _sources(sources)]
    return fold(tag("span", line.text), Html("".join(shown)))


def _named(line: JudgedLine, citations: Mapping[str, str]) -> str:
    """What a line rests on, in words."""
    return " ".join(citations[key] for key in line.sources if key in citations)


def _sources(named: str) -> Html:
    return tag("p", "Source: " + named, class_="iop-source") if named else Html("")


def _goals(goals: Iterable[GoalIdea]) -> Html:
    rows = [tag("li", _goal(goal)) for goal in goals]
    if not rows:
        return Html("")
    about = tag("p", "Choose one, or take your own, and carry it into the next session.")
    return section("One goal for next time", about, tag("ul", rows, class_="iop-goals"))


def _goal(goal: GoalIdea) -> str:
    if not goal.code:
        return goal.text
    lines = {0: "not yet", 1: "once"}.get(goal.count, f"{goal.count} times")
    return f"{goal.text} (in this session: {lines})"


def _whole(debrief: Debrief, curves: Html | None) -> Html:
    parts = [
        tag("p", reach_words(debrief)),
        indices_html(debrief.indices),
        tag("figure", [curves, _captions(debrief)], class_="iop-drawing") if curves else Html(""),
        transcript_html(debrief.turns, WHO),
        meanings_html(code for turn in debrief.turns for code in turn.line.codes),
    ]
    return fold("The whole conversation, line by line", Html("".join(parts)))


def _captions(debrief: Debrief) -> Html:
    """What the curves are of, in words and numbers, for who does not see them."""
    rows = [
        tag(
            "div",
            [
                tag("dt", variable_name(curve)),
                tag("dd", [curve.meaning, " ", curve_words(curve)]),
            ],
        )
        for curve in debrief.curves
    ]
    return tag("figcaption", tag("dl", rows, class_="iop-facts"))
