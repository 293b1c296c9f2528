"""The play part of a case: what a session runs on, and all that a learner may have of an assessed
one. What else a case has, codes, harm, reasons, observations, scores, is its judging part; that
leaves the supervisor's machine only in practice cases.

The play part has the fields of the ``Play...`` models and no other, so that a new field is secret
until somebody adds it there.
"""

from __future__ import annotations

from typing import Any

from iop_training.model.base import Model, inner_model
from iop_training.model.case import Case, PlayCase
from iop_training.model.case_moments import PlayMoment
from iop_training.model.order import display_order

_REASONS = {"why", "harm_reason", "view"}
_WORDS = {"says", "reply", "text", "name", "description"}


def play_part(case: Case) -> dict[str, Any]:
    """The play part as JSON data, for :class:`~iop_training.model.case.PlayCase`.

    The lines of a moment come in an order that doesn't follow the author's."""
    return _public(case, PlayCase)


def play_shape(case: Case) -> dict[str, Any]:
    """What of the play part says which lines are on offer when, and where they lead: a session
    that was saved with another one may not be played again. What is heard is no part of it."""
    whole = play_part(case)
    told = {"prebrief", "chart", "objectives", "title"}
    return {name: _wordless(value) for name, value in whole.items() if name not in told}


def case_secrets(case: Case) -> list[str]:
    """Texts of an assessed case that must be nowhere a learner gets: reasons and the client's
    view, without those that are also a line somebody can say."""
    open_texts = {text for _, text in PlayCase.model_validate(play_part(case)).prose()}
    found = {text for path, text in case.prose() if path[-1] in _REASONS}
    return sorted(found - open_texts)


def _wordless(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _wordless(v) for k, v in value.items() if k not in _WORDS}
    return [_wordless(v) for v in value] if isinstance(value, list) else value


def _public(model: Model, as_class: type[Model]) -> dict[str, Any]:
    """What ``as_class`` has of a model, which is of a class made from it."""
    plain = model.model_dump(mode="json", exclude_defaults=True, include={*as_class.model_fields})
    for name, info in as_class.model_fields.items():
        inner, value = inner_model(info.annotation), getattr(model, name)
        if inner is None or name not in plain:
            continue
        if isinstance(value, Model):
            plain[name] = _public(value, inner)
        elif isinstance(value, tuple):
            plain[name] = [_public(entry, inner) for entry in value]
            if as_class is PlayMoment and name == "moves":
                plain[name] = _shuffled(plain["id"], plain[name])
    return plain


def _shuffled(moment: str, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {move["id"]: move for move in moves}
    return [by_id[move_id] for move_id in display_order("", moment, by_id)]
