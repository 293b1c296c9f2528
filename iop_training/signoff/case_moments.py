"""The moments of a case on paper: what is said when, each line with code, effect, reason, harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from iop_training.model.case import Case
from iop_training.model.case_moments import (
    Change,
    Drill,
    DrillMove,
    Judged,
    Line,
    Moment,
    Move,
    PlayMoment,
    Utterance,
)
from iop_training.rendering.html import Html, paragraphs, tag
from iop_training.rendering.transcript import HARM, codes_text
from iop_training.scoring.debrief_words import QUALITY_WORDS

Row = tuple[str, str | Html]
Names = Mapping[str, str]
Numbers = Mapping[str, int]
"""From the key of a source to its number in the list at the end."""


def moment_html(case: Case, moment: Moment, number: int, numbers: Numbers) -> Html:
    """One moment as a block with room to write below it."""
    names = {person.id: person.name for person in case.people} | {"group": "the group"}
    shown = [
        _head(f"{number}. {moment.title}", moment.id, _about(moment)),
        facts(_circumstances(case, moment)),
        tag("div", [_heard(u, moment.by, case, names) for u in moment.says], class_="says"),
        tag("ol", [_move(m, case, names, numbers) for m in moment.moves], class_="moves"),
        change_line(),
    ]
    return tag("article", shown, class_="item", aria_labelledby=moment.id)


def drill_html(case: Case, drill: Drill, numbers: Numbers) -> Html:
    """A variant of a moment for the debrief."""
    by = next((p.name for p in case.people if p.id == drill.by), case.people[0].name)
    about = f"for “{drill.moment}”" + (", harder" if drill.harder else "")
    lines = [_drill_move(move, by, numbers) for move in drill.moves]
    shown = [
        _head(f"Practice {drill.id}", drill.id, [about]),
        tag("p", [tag("b", f"{by}: "), drill.says]),
        tag("ol", lines, class_="moves"),
    ]
    return tag("article", shown, class_="item", aria_labelledby=drill.id)


def facts(rows: Iterable[Row]) -> Html:
    """Names with what they are; nothing where there is nothing to say."""
    pairs = [part for name, text in rows if text for part in (tag("dt", name), tag("dd", text))]
    return tag("dl", pairs, class_="facts") if pairs else Html("")


def change_line() -> Html:
    """Room to write what should change."""
    return tag("p", ["☐ change: ", tag("i", "")], class_="change")


def _head(title: str, anchor: str, about: Sequence[str]) -> Html:
    words = tag("p", " · ".join(about), class_="about")
    return tag("header", [tag("h3", title, id=anchor), words])


def _about(moment: Moment) -> list[str]:
    return [
        moment.id,
        *(["decision point"] if moment.decision else []),
        *(["emergency: no indices here"] if moment.emergency else []),
        *(["cuts in"] if moment.cuts_in else []),
        *(["says one of these by chance"] if moment.vary else []),
    ]


def _circumstances(case: Case, moment: Moment) -> list[Row]:
    decided = next((d.text for d in case.decisions if d.id == moment.decision), "")
    return [("Comes when", _condition(moment.when)), ("Decides", decided), *_ways(moment)]


def _ways(of: PlayMoment | Move) -> list[Row]:
    """Where it leads, where the file says so."""
    ways = [f"{way.to}, when {way.when}" for way in of.branch]
    ways += [of.next] if of.next else []
    return [("Leads to", "; ".join(ways))]


def _heard(utterance: Utterance, by: str | None, case: Case, names: Names) -> Html:
    """What is said, with the condition before it."""
    when = [tag("i", f"When {utterance.when}: ")] if utterance.when else []
    lines = utterance.lines or (
        Line(
            by=utterance.by or by or case.people[0].id,
            text=utterance.text or "",
            shows=utterance.shows,
        ),
    )
    return tag("p", [*when, *(part for line in lines for part in _line(line, names))])


def _line(line: Line, names: Names) -> Iterator[Html | str]:
    yield tag("b", f"{names.get(line.by, line.by)}: ")
    yield f"{line.text} "
    if line.shows:
        yield tag("i", f"[{line.shows}] ")


def _move(move: Move, case: Case, names: Names, numbers: Numbers) -> Html:
    to = f"to {', '.join(names.get(who, who) for who in move.to)}" if move.to else ""
    marks = {o.id: o.text for o in case.observations}
    observed = [
        f"{marks.get(m.id, m.id)}: {'right' if m.right else 'not yet'}" for m in move.observes
    ]
    rows: list[Row] = [
        ("On offer when", _condition(move.when)),
        ("Does", _does(move)),
        *[("Does also", f"when {also.when}: {_does(also)}") for also in move.also],
        ("Takes", f"{move.minutes} minutes" if move.minutes != 1 else ""),
        ("Answer", Html("".join(_heard(u, None, case, names) for u in move.reply))),
        *_ways(move),
        ("Safety", "; ".join(observed)),
    ]
    told = [tag("p", [tag("b", move.text), f" {to}".rstrip(), f" ({move.id})"])]
    return tag("li", [*told, *_judged(move, numbers), facts(rows)])


def _drill_move(move: DrillMove, by: str, numbers: Numbers) -> Html:
    told = tag("p", [tag("b", move.text), f" ({move.id})"])
    return tag("li", [told, *_judged(move, numbers), facts([(f"{by} answers", move.reply)])])


def _judged(line: Judged, numbers: Numbers) -> list[Html]:
    """What a trainee is told about a line, and what that rests on."""
    fit = f"{QUALITY_WORDS[line.quality]} ({line.quality} of 3). "
    shown = [tag("p", [tag("b", fit), f"{codes_text(line.codes)}. ", line.why])]
    if line.better:
        shown.append(tag("p", [tag("b", "Better: "), line.better]))
    if line.harm != "none":
        reason = paragraphs(line.harm_reason or "")
        shown.append(tag("div", [tag("b", HARM[line.harm]), reason], class_="harm"))
    named = [str(numbers[s]) for s in line.source if s in numbers]
    shown.append(tag("p", f"Source {', '.join(named)}", class_="about"))
    return shown


def _does(change: Change) -> str:
    """Effects on variables and flags, in the file's own terms."""
    said = [f"{name} {effect}" for name, effect in change.effects.items()]
    said += [f"sets {name}" for name in change.set]
    said += [f"clears {name}" for name in change.clear]
    return ", ".join(said)


def _condition(when: str | None) -> str:
    return when or ""
