"""From a strict YAML document to a model, turning pydantic's errors into an author's."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from iop_training.content.faults import did_you_mean
from iop_training.content.strict_yaml import Document, Loc
from iop_training.model import KINDS, Item
from iop_training.model.base import Model, children, inner_model, prose_texts
from iop_training.model.kinds.form import SHARED

M = TypeVar("M", bound=Model)


def parse(document: Document, loc: Loc, data: Any, model: type[M]) -> M | None:
    """``data`` (at ``loc`` of the document) as ``model``; None when faults were recorded."""
    if not isinstance(data, dict):
        document.fault(loc, f"is {_shown(data)}; a block of 'name: value' lines is expected")
        return None
    before = len(document.faults)
    try:
        parsed = model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            _record(document, loc, detail, model, data)
        return None
    _prose_is_block(document, loc, parsed)
    for field, message in parsed.check() if hasattr(parsed, "check") else ():
        path = (field,) if isinstance(field, str) else field
        document.fault((*loc, *path), message)
    return parsed if len(document.faults) == before else None


def _record(
    document: Document, loc: Loc, detail: ErrorDetails, model: type[Model], data: Any
) -> None:
    where: Loc = (*loc, *detail["loc"])
    name = ".".join(str(part) for part in detail["loc"]) or "this block"
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        allowed = _fields_at(model, detail["loc"][:-1], data)
        message = f"{detail['loc'][-1]!r} is not known here; " + did_you_mean(
            str(detail["loc"][-1]), allowed
        )
    elif kind == "missing":
        message = f"{name} is missing; add it"
    elif kind == "literal_error":
        message = f"{name} is {_shown(detail['input'])}; allowed: {context['expected']}"
    elif kind == "string_pattern_mismatch":
        message = f"{name} is {_shown(detail['input'])}; it must look like {context['pattern']}"
    elif kind == "value_error":
        message = f"{name}: {context['error']}"
    else:
        message = f"{name} is {_shown(detail['input'])}: {detail['msg'].lower()}"
    document.fault(where, message)


def _fields_at(model: type[Model], loc: Loc, data: Any) -> list[str]:
    """Names a block at ``loc`` of ``data`` may have, following the models that fields hold."""
    current, shared = model, set[str]()
    for part in loc:
        data = data[part]
        if isinstance(part, str) and part in current.model_fields:
            current = inner_model(current.model_fields[part].annotation) or current
        if current is Item and isinstance(data, dict):
            current, shared = KINDS.get(data.get("kind", ""), current), set(SHARED)
    return [name for name in current.model_fields if name not in shared]


def _prose_is_block(document: Document, loc: Loc, model: Model) -> None:
    """Walk the parsed model: every prose field that is there must be a block scalar."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        here = (*loc, name)
        if value is None or here not in document.lines:
            continue
        for path, _ in prose_texts(info, value):
            if (*here, *path) not in document.blocks:
                start = "- |" if path else f"{name}: |"
                document.fault(
                    (*here, *path),
                    f"{name} is prose: write '{start}' and the text, indented, on the next line",
                )
        for inside, child in children(value):
            _prose_is_block(document, (*here, *inside), child)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a block of 'name: value' lines"
    if isinstance(value, list):
        return "a list"
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 60 else text[:57] + "...")
