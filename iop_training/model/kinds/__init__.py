"""The kinds of item. A new kind is one new module here (and one in scoring/kinds,
rendering/kinds and widgets/static/kinds); nothing lists them by hand."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from iop_training.model.item import Item


def _find() -> dict[str, type[Item]]:
    kinds = {}
    for module in iter_modules(__path__):
        loaded = import_module(f"{__name__}.{module.name}")
        kinds[module.name] = loaded.ITEM
    return kinds


KINDS: dict[str, type[Item]] = _find()


def item_class(kind: str) -> type[Item]:
    """The class of a kind; KeyError when there is none."""
    return KINDS[kind]
