"""Opinions: what a trainee says about a lesson as a whole. They earn nothing and cost nothing.

The five questions stand here and nowhere else: a page asks them in these words, and what a
supervisor reads is counted under them. Each may be left out; "" takes an answer back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from iop_training.errors import ResponseError

MAX_TEXT = 500
"""Characters of an answer in one's own words that are stored."""


@dataclass(frozen=True)
class OpinionQuestion:
    """``short`` heads a column; ``answers`` are ids with their words, in the order they are shown;
    without any the answer is a text."""

    text: str
    short: str
    answers: dict[str, str] = field(default_factory=dict)


QUESTIONS = {
    "clear": OpinionQuestion(
        "Was this module clear?",
        "Clear?",
        {"yes": "Clear", "mostly": "Mostly", "partly": "In parts", "no": "Not clear"},
    ),
    "useful": OpinionQuestion(
        "Will it be of use in your work tomorrow?",
        "Useful for work tomorrow?",
        {"yes": "Very", "some": "Somewhat", "little": "A little", "no": "Not at all"},
    ),
    "pace": OpinionQuestion(
        "Were pace and difficulty right for you?",
        "Pace and difficulty",
        {
            "too_easy": "Too easy",
            "easy": "A bit easy",
            "right": "Just right",
            "hard": "A bit hard",
            "too_hard": "Too hard",
        },
    ),
    "respectful": OpinionQuestion(
        "Does it speak with respect of the people it is about?",
        "Respectful?",
        {"yes": "Yes", "mostly": "Mostly", "partly": "Not always", "no": "No"},
    ),
    "change": OpinionQuestion("What is one thing that you would change?", "One thing to change"),
}
"""Name of a question, as journals have it, to the question, in the order they are asked."""


def validate_opinion(name: Any, value: Any) -> str:
    """The answer in its stored form ("" for none), or ResponseError."""
    question = QUESTIONS.get(name) if isinstance(name, str) else None
    if question is None:
        raise ResponseError(f"{str(name)[:40]!r} is not asked; there are {', '.join(QUESTIONS)}.")
    value = "" if value is None else value
    if not isinstance(value, str):
        raise ResponseError(f"An answer here is a text, not {type(value).__name__}.")
    if question.answers and value and value not in question.answers:
        allowed = ", ".join(question.answers)
        raise ResponseError(f"{value[:40]!r} is no answer to {name}; there are {allowed}.")
    if len(value) > MAX_TEXT:
        raise ResponseError(
            f"Your words have {len(value):,} characters; {MAX_TEXT:,} can be kept. Shorten them "
            "and they are saved."
        )
    # Half a character (a lone surrogate) can't be written to any file.
    return value.encode("utf-8", "replace").decode().replace("\r\n", "\n")


def opinion_words(name: str, value: str) -> str:
    """A stored answer in words."""
    return QUESTIONS[name].answers.get(value, value)
