"""Same: one object as the key of a cache, for objects that have no hash."""

from __future__ import annotations

from typing import Generic, TypeVar

One = TypeVar("One")


class Same(Generic[One]):
    """Equal to another of the very same object. It keeps the object, so no other can take its
    place in memory while a cache has it; what changes an object makes its cached facts wrong, so
    it is for those that never change."""

    __slots__ = ("one",)

    def __init__(self, one: One) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.one is other.one
