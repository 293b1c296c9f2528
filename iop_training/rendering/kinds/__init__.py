"""One module a kind, each with ``body(item, value, score, order) -> Html`` and, where parts are
judged, ``verdicts(item)``. One that draws the same in any order may say so, ``ANY_ORDER = True``:
then it is drawn once for all who give the same answer."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType


@cache  # asked for with each answer that is drawn
def drawing(kind: str) -> ModuleType:
    """The module of a kind."""
    return import_module(f"{__name__}.{kind}")
