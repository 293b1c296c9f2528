"""Kept: pieces of HTML that are drawn once for many submissions.

A cohort gives the same answers again and again, so the same rows, verdicts and reasons come again
and again, in another order for each trainee. Who draws many submissions of one snapshot opens a
:class:`Kept` around them, and what :func:`drawn_once` marks is looked up in it. Without one,
everything is drawn anew; the result is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TypeVar, TypeVarTuple

from iop_training.model import Item
from iop_training.rendering.html import Html

MAX_PIECES, MAX_CHARACTERS = 10_000, 8_000_000
"""What may be kept: some 20 MB. An assignment of ours has a few thousand pieces."""
_LONG = 20_000
"""Characters of a piece that is too long to be drawn often."""

Of = TypeVar("Of", bound=Item | Hashable)
Rest = TypeVarTuple("Rest")


class Kept:
    """The pieces drawn so far, of items that have an id each. When it is full it forgets them all
    and begins again, so that no answers can make it grow."""

    def __init__(self, pieces: int = MAX_PIECES, characters: int = MAX_CHARACTERS) -> None:
        self._most_pieces, self._most_characters = pieces, characters
        self._pieces: dict[Hashable, Html] = {}
        self._characters = 0

    @property
    def count(self) -> int:
        """How many are kept now."""
        return len(self._pieces)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Use it, and fill it, for what is drawn inside."""
        token = _open.set(self)
        try:
            yield
        finally:
            _open.reset(token)

    def get(self, key: Hashable) -> Html | None:
        """The piece, None when it is not kept."""
        return self._pieces.get(key)

    def put(self, key: Hashable, piece: Html) -> None:
        """Keep a piece, unless it is too long."""
        if len(piece) > _LONG:
            return
        if (
            len(self._pieces) >= self._most_pieces
            or self._characters + len(piece) > self._most_characters
        ):
            self._pieces.clear()
            self._characters = 0
        self._pieces[key] = piece
        self._characters += len(piece)


_open: ContextVar[Kept | None] = ContextVar("kept", default=None)


def drawn_once(draw: Callable[[Of, *Rest], Html]) -> Callable[[Of, *Rest], Html]:
    """Marks a function that draws a piece of an item, or of something else that is hashable, from
    nothing but what it is given, the rest of which must be hashable too."""

    @wraps(draw)
    def looked_up(of: Of, *rest: *Rest) -> Html:
        kept = _open.get()
        if kept is None:
            return draw(of, *rest)
        key = (draw, of.id if isinstance(of, Item) else of, rest)
        piece = kept.get(key)
        if piece is None:
            piece = draw(of, *rest)
            kept.put(key, piece)
        return piece

    return looked_up
