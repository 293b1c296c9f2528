"""A session turn by turn: what was heard, what was said, what each line is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_training.model.case_codes import CODE_WORDS
from iop_training.model.case_moments import Code
from iop_training.rendering.html import Html, tag
from iop_training.rendering.kept import drawn_once
from iop_training.scoring.debrief_parts import Change, CodedTurn, Heard, JudgedLine
from iop_training.scoring.debrief_words import QUALITY_WORDS, variable_name

HARM = {"minor": "This could hurt a client. ", "serious": "This could seriously harm a client. "}


def transcript_html(turns: Sequence[CodedTurn], who: str) -> Html:
    """The turns as a list; ``who`` is what the trainee is called in it, such as "You"."""
    return tag("ol", [_turn(turn, who) for turn in turns], class_="iop-exchanges")


def heard_html(heard: Iterable[Heard]) -> Html:
    """What people in the case said; what has no name to it is told, not said."""
    return Html("".join(_heard(one) for one in heard))


def own_html(line: JudgedLine, who: str) -> Html:
    """The trainee's line."""
    to = f" (to {' and '.join(line.to)})" if line.to else ""
    return tag("p", [tag("b", f"{who}{to}: "), line.text], class_="iop-reply")


def codes_text(codes: Iterable[Code]) -> str:
    """Such as "Complex reflection, then asking about suicide"."""
    names = [CODE_WORDS[code].name for code in codes]
    return ", then ".join([names[0], *(name[0].lower() + name[1:] for name in names[1:])])


@drawn_once
def judged_html(line: JudgedLine) -> Html:
    """What a line is, how it fits, why, what would do better, and whom it could hurt."""
    words, tone = QUALITY_WORDS[line.quality], "is-ok" if line.quality > 1 else "is-not-yet"
    said = [tag("p", [tag("b", f"{words}. "), f"{codes_text(line.codes)}. {line.why}"])]
    if line.better:
        said.append(tag("p", [tag("b", "Try: "), tag("q", line.better)]))
    if line.harm != "none":
        tone = "is-harm"
        said.append(tag("p", [tag("b", HARM[line.harm]), line.harm_reason]))
    return tag("div", said, class_=f"iop-why {tone}")


def meanings_html(codes: Iterable[Code]) -> Html:
    """What the codes mean that are used, folded."""
    used = sorted({*codes}, key=[*CODE_WORDS].index)
    rows = [
        tag("div", [tag("dt", CODE_WORDS[code].name), tag("dd", CODE_WORDS[code].meaning)])
        for code in used
    ]
    return fold("What these words mean", tag("dl", rows, class_="iop-facts")) if rows else Html("")


def fold(title: str | Html, content: Html, open_: bool = False) -> Html:
    """Something that opens at a press."""
    inner = tag("div", content, class_="iop-inside")
    return tag("details", [tag("summary", title), inner], class_="iop-details", open=open_)


def section(title: str, *content: Html) -> Html:
    """A part of the page under a heading of its own."""
    return tag(
        "div", [tag("h3", title, class_="iop-section"), *content], class_="iop-stack is-part"
    )


def _turn(turn: CodedTurn, who: str) -> Html:
    about = f"Turn {turn.turn}: {turn.title}" + (" (decision point)" if turn.decision else "")
    done = _changes(turn.changes)
    return tag(
        "li",
        [
            tag("p", about, class_="iop-eyebrow"),
            heard_html(turn.said),
            own_html(turn.line, who),
            heard_html(turn.line.answer),
            judged_html(turn.line),
            tag("p", done, class_="iop-muted") if done else "",
        ],
        class_="iop-exchange",
    )


@drawn_once
def _heard(one: Heard) -> Html:
    shows = tag("i", f" {one.shows}") if one.shows else ""
    name = tag("b", f"{one.name}: ") if one.name else ""
    return tag("p", [name, one.text, shows], class_="iop-quote")


def _changes(changes: Sequence[Change]) -> str:
    """What a line did, such as "Alliance (Theo) rose from 2 to 3."."""
    said = []
    for change in changes:
        if change.happened:
            said.append(change.meaning.rstrip("."))
            continue
        went = "rose" if change.after > change.before else "fell"
        said.append(f"{variable_name(change)} {went} from {change.before} to {change.after}")
    return f"{'. '.join(said)}." if said else ""
