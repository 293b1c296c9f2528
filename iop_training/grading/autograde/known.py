"""Known: what follows from one answer to one item alone, found out once for a cohort."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from iop_training.model import Item, Score
from iop_training.responses.reader import answer_fault
from iop_training.scoring import score

MOST = 2_000
"""Answers that are kept, of some 10 KB each. A few hundred of an assignment of ours repeat."""
LONG = 2_000
"""Characters of an answer that is too long to be given twice."""
SELDOM = ("session", "written")
"""The evidence of items to which hardly two people give the same answer."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class KnownAnswer:
    """An answer to ``item`` as it was ``given``, which is JSON data or None for none; ``text`` is
    that as text, because 1 and True are equal and not the same answer. Each of what follows is
    found out when it is asked for, all but ``fault`` only of an answer without one."""

    def __init__(self, item: Item, given: Any, text: str) -> None:
        self.item, self.given, self.text = item, given, text

    @cached_property
    def fault(self) -> str:
        """Why it can't be an answer to the item, as the end of a sentence; "" when it can."""
        return answer_fault(self.item, self.given)

    @cached_property
    def value(self) -> Any:
        """The answer as it can be drawn and written to files."""
        return cleaned(self.given)

    @cached_property
    def answered(self) -> bool:
        """Whether it counts as answered."""
        return self.item.is_answered(self.item.validate_response(self.value))

    @cached_property
    def score(self) -> Score:
        """What it earns."""
        return score(self.item, self.value)


class Known:
    """Answers to ``items``: one that was asked for before is the same object again, as long as it
    is kept. At most ``most`` are, those that were asked for last and those of a while ago."""

    def __init__(self, items: Mapping[str, Item], most: int = MOST) -> None:
        self._items = items
        self._most = most // 2
        self._new: dict[tuple[str, str], KnownAnswer] = {}
        self._old: dict[tuple[str, str], KnownAnswer] = {}

    @property
    def count(self) -> int:
        """How many are kept now."""
        return len(self._new) + len(self._old)

    def of(self, item_id: str, given: Any) -> KnownAnswer:
        """The answer ``given``, JSON data, to an item."""
        item = self._items[item_id]
        try:
            text = repr(given)
        except RecursionError:  # brackets upon brackets, which json could just take
            return KnownAnswer(item, given, "")
        key = item_id, text
        if known := self._new.get(key):
            return known
        known = self._old.get(key) or KnownAnswer(item, given, text)
        if given is None or not (item.evidence in SELDOM or len(text) > LONG):
            if len(self._new) >= self._most:
                self._new, self._old = {}, self._new
            self._new[key] = known
        return known

    def fault(self, item_id: str, given: Any) -> str:
        """That of :class:`KnownAnswer`."""
        return self.of(item_id, given).fault


def clean(text: str) -> str:
    """``text`` as it can be written to a file and drawn: half characters and control
    characters, which a forged journal may hold, are replaced or left out."""
    if text.isascii() and text.isprintable():  # as nearly all are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode()


def cleaned(value: Any) -> Any:
    """The stored answer as it can be drawn: texts are cleaned, within others too."""
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [cleaned(inner) for inner in value]
    return clean(value) if isinstance(value, str) else value
