"""Scoring: pure functions from (item, response) to Score. The key is secret, this is not."""

from __future__ import annotations

from importlib import import_module
from random import Random
from typing import Any

from iop_training.model import Item, Score


def score(item: Item, value: Any, bare: bool = False) -> Score:
    """The score of one response; ``bare`` for those who score thousands and read points only.

    ``value`` in the form the item's kind takes (see ``validate_response``); None is blank.
    Blank earns 0; a kind that people grade has ``points`` None until then. Raises
    ResponseError for a value the item can't have.
    """
    value = item.validate_response(value)
    if item.is_blank(value):
        return Score(
            item=item.id,
            points=0.0,
            max_points=item.counted,
            blank=True,
            parts=_kind(item).parts(item, value),
        )
    kind = _kind(item)
    scorer = getattr(kind, "bare_score", kind.score) if bare else kind.score
    result: Score = scorer(item, value)
    return result


def solution(item: Item) -> Any:
    """An answer that earns full points, for kinds that no person grades."""
    return _kind(item).solution(item)


def guess(item: Item, chance: Random) -> Any:
    """An answer by somebody who knows nothing, for kinds that no person grades."""
    return _kind(item).guess(item, chance)


def every_guess(item: Item) -> list[Any] | None:
    """All that :func:`guess` may give, each equally likely; None where that is too many to list."""
    every = getattr(_kind(item), "every_guess", None)
    answers: list[Any] | None = every(item) if every else None
    return answers


def _kind(item: Item) -> Any:
    return import_module(f"iop_training.scoring.kinds.{item.kind}")


__all__ = ["every_guess", "guess", "score", "solution"]
