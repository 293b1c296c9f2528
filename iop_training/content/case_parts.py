"""The two parts of a case: what a session runs on, and what is said and counted afterwards.

The *play part* has the fields of the ``Play...`` models and no other, so that a new field is
secret until somebody adds it there. The *judging part* has the rest. In practice a learner has
both; of an assessed case only the play part leaves the supervisor's machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from iop_training.content.parse import inner_model
from iop_training.model.base import Model
from iop_training.model.case import Case, PlayCase
from iop_training.model.case_moments import PlayMoment
from iop_training.model.order import display_order

_REASONS = {"why", "harm_reason", "view"}


def play_part(case: Case) -> dict[str, Any]:
    """The play part as JSON data, for :class:`~iop_training.model.case.PlayCase`.

    The lines of a moment come in an order that doesn't follow the author's."""
    return _public(case, PlayCase)


def judging_part(case: Case) -> dict[str, Any]:
    """Everything else of the case as JSON data, entries named by their ids in the author's
    order."""
    return _secret(case, PlayCase)


def join(play: Mapping[str, Any], judging: Mapping[str, Any]) -> Case:
    """The whole case from its two parts; they must come from a file whose digest was verified."""
    return Case.model_validate(_merged(play, judging))


def case_secrets(case: Case) -> list[str]:
    """Texts of an assessed case that must be nowhere a learner gets: reasons and the client's
    view, without those that are also a line somebody can say."""
    open_texts = {text for _, text in PlayCase.model_validate(play_part(case)).prose()}
    found = {text for path, text in case.prose() if path[-1] in _REASONS}
    return sorted(found - open_texts)


def _public(model: Model, as_class: type[Model]) -> dict[str, Any]:
    """What ``as_class`` has of a model, which is of a class made from it."""
    plain = model.model_dump(mode="json", exclude_defaults=True, include={*as_class.model_fields})
    for name, inner in _models(as_class).items():
        value = getattr(model, name)
        if name in plain and isinstance(value, tuple):
            plain[name] = [_public(entry, inner) for entry in value]
            if as_class is PlayMoment and name == "moves":
                plain[name] = _shuffled(plain["id"], plain[name])
    return plain


def _shuffled(moment: str, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {move["id"]: move for move in moves}
    return [by_id[move_id] for move_id in display_order("", moment, by_id)]


def _secret(model: Model, as_class: type[Model]) -> dict[str, Any]:
    """What a model has beyond ``as_class``, with the ids of the entries it is about."""
    beyond = {*type(model).model_fields} - {*as_class.model_fields}
    rest = model.model_dump(mode="json", exclude_defaults=True, include=beyond)
    for name, inner in _models(as_class).items():
        value = getattr(model, name)
        if isinstance(value, tuple) and any(type(entry) is not inner for entry in value):
            rest[name] = [{"id": entry.id} | _secret(entry, inner) for entry in value]
    return rest


def _merged(public: Mapping[str, Any], secret: Mapping[str, Any]) -> dict[str, Any]:
    whole = {**public}
    for name, value in secret.items():
        if name in public and name != "id":
            entries = {entry["id"]: entry for entry in public[name]}
            whole[name] = [_merged(entries[entry["id"]], entry) for entry in _entries(value)]
        else:
            whole[name] = value
    return whole


def _entries(value: Any) -> Sequence[Mapping[str, Any]]:
    listed: Sequence[Mapping[str, Any]] = value
    return listed


def _models(as_class: type[Model]) -> dict[str, type[Model]]:
    """The fields that hold models, with their class."""
    found = {name: inner_model(f.annotation) for name, f in as_class.model_fields.items()}
    return {name: inner for name, inner in found.items() if inner}
