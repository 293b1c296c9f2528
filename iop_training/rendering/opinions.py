"""What trainees say about a lesson: one person's answers, and the counts over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iop_training.model.opinion import QUESTIONS, opinion_words
from iop_training.rendering.html import Html, card, paragraphs, tag


@dataclass(frozen=True)
class Opinions:
    """Those about one module: how many handed in, how many of them ``answered`` anything; for
    each question with answers to choose from, (words, count) of each; ``texts`` and ``objections``
    as (trainee, text), (trainee, item, text)."""

    module: str
    handed_in: int
    answered: int
    counts: Mapping[str, Sequence[tuple[str, int]]]
    texts: Sequence[tuple[str, str]]
    objections: Sequence[tuple[str, str, str]]


def opinions_of_one(opinions: Mapping[str, str]) -> Html:
    """One person's answers in the head of their submission; nothing where there are none."""
    if not opinions:
        return Html()
    rows = [
        tag("div", [tag("dt", QUESTIONS[name].short), tag("dd", opinion_words(name, value))])
        for name, value in opinions.items()
    ]
    title = tag("b", "About the lesson (never scored)")
    return tag("div", [title, tag("dl", rows, class_="iop-facts")], class_="iop-opinions")


def opinions_html(opinions: Opinions) -> Html:
    """A card with the counts as a small table, and what was written, each under its id."""
    rows = [
        tag("tr", [tag("th", QUESTIONS[name].short, scope="row"), tag("td", _counts(answers))])
        for name, answers in opinions.counts.items()
    ]
    caption = f"{opinions.answered} of {opinions.handed_in} said something about the lesson"
    table = [tag("caption", caption), tag("tbody", rows)]
    texts = [_written(who, text) for who, text in opinions.texts]
    off = [_written(f"{who}, {item}", text) for who, item, text in opinions.objections]
    return card(
        f"What trainees say about {opinions.module}",
        [
            tag("h2", f"What trainees say about {opinions.module}"),
            tag("table", table, class_="iop-table iop-opinion-table"),
            *_listed(QUESTIONS["change"].text, texts),
            *_listed("Something is off with practice questions", off),
        ],
    )


def _counts(answers: Sequence[tuple[str, int]]) -> list[Html]:
    return [
        tag("span", [tag("b", str(number)), f" {words}"], class_="iop-count")
        for words, number in answers
    ]


def _written(who: str, text: str) -> Html:
    return tag("li", [tag("b", who), paragraphs(text)])


def _listed(title: str, entries: Sequence[Html]) -> list[Html]:
    return [tag("h3", title), tag("ul", entries)] if entries else []
