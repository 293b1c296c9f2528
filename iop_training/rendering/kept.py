"""Kept: pieces of HTML that are drawn once for many submissions.

A cohort gives the same answers again and again, so the same rows, verdicts and reasons come again
and again, in another order for each trainee. Who draws many submissions of one snapshot does so
while :func:`keeping` them, and what :func:`drawn_once` marks is looked up first. Without it,
everything is drawn anew; the result is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Generic, TypeVar, TypeVarTuple

from iop_training.model import Item
from iop_training.rendering.html import Html

MAX_PIECES, MAX_CHARACTERS = 10_000, 8_000_000
"""What may be kept: some 20 MB, 8 in ASCII. An assignment of ours has a few thousand pieces."""
_LONG = 20_000
"""Characters of a piece that is too long to be drawn often."""

Of = TypeVar("Of", bound=Item | Hashable)
Rest = TypeVarTuple("Rest")
Piece = TypeVar("Piece", bound=Sized)


class Kept(Generic[Piece]):
    """The pieces made so far, of items that have an id each. When it is full it forgets them all
    and begins again, so that no answers can make it grow."""

    def __init__(self, pieces: int = MAX_PIECES, characters: int = MAX_CHARACTERS) -> None:
        self._most_pieces, self._most_characters = pieces, characters
        self._pieces: dict[Hashable, Piece] = {}
        self._asked: set[int] = set()
        self._characters = 0

    @property
    def count(self) -> int:
        """How many are kept now."""
        return len(self._pieces)

    def get(self, key: Hashable) -> Piece | None:
        """The piece, None when it is not kept."""
        return self._pieces.get(key)

    def put_again(self, key: Hashable, piece: Piece) -> None:
        """Keep a piece when it comes the second time, so that what comes once drives out
        nothing."""
        if hash(key) in self._asked:
            self.put(key, piece)
        elif len(self._asked) < 10 * self._most_pieces:
            self._asked.add(hash(key))
        else:
            self._asked.clear()

    def put(self, key: Hashable, piece: Piece) -> None:
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


_open: ContextVar[Kept[Html] | None] = ContextVar("kept", default=None)


@contextmanager
def keeping(kept: Kept[Html]) -> Iterator[None]:
    """Use the pieces in ``kept``, and add to them, for what is drawn inside."""
    token = _open.set(kept)
    try:
        yield
    finally:
        _open.reset(token)


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
