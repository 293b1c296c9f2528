"""The kinds of item. A new kind is one new module here (and one in scoring/kinds,
rendering/kinds and widgets/static/kinds); nothing lists them by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from iop_training.model.item import Item


class _Kinds(Mapping[str, type[Item]]):
    """By name. A kind is imported when it is asked for: all of them take longer than many
    commands do, and most pages have items of a few."""

    def __init__(self) -> None:
        self._names = {module.name: None for module in iter_modules(__path__)}

    def __getitem__(self, kind: str) -> type[Item]:
        if kind not in self._names:
            raise KeyError(kind)
        found: type[Item] = import_module(f"{__name__}.{kind}").ITEM
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


KINDS: Mapping[str, type[Item]] = _Kinds()


def item_class(kind: str) -> type[Item]:
    """The class of a kind; KeyError when there is none."""
    return KINDS[kind]
