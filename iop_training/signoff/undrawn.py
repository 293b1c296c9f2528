"""What an item holds beyond its drawing: harm of answers that nobody gave, answers that are known
to be near misses, tolerances. Found in the item's own data, so every kind is covered."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from iop_training.model import Item
from iop_training.rendering.html import Html


@dataclass(frozen=True)
class Fact:
    """``what`` it is about (in words, may be ""), and rows of (name, text)."""

    what: str
    rows: tuple[tuple[str, str], ...]
    harm: bool = False


def undrawn(item: Item, drawn: Html) -> list[Fact]:
    """Everything of this kind of item that ``drawn`` doesn't say, block by block.

    A block with a harm is always there, with what it is about: a right answer, which is what is
    drawn, does no harm.
    """
    seen = _words(html.unescape(re.sub(r"<[^>]*>", " ", drawn)))
    own = set(type(item).model_fields) - set(Item.model_fields)
    whole = item.model_dump(mode="json", exclude_defaults=True, include=own)
    texts = {part["id"]: _label(part) for part in _blocks(whole) if "id" in part}
    return list(_facts(whole, "", "", texts, seen))


def _facts(
    block: dict[str, Any], about: str, among: str, texts: dict[str, str], seen: str
) -> Iterator[Fact]:
    """Facts of a block and of those in it; ``about`` is what the block around it is about,
    ``among`` the name of the list it stands in."""
    label = _label(block) or about
    harm = "harm" in block
    rows = tuple(
        (name.replace("_", " "), _shown(value, texts))
        for name, value in block.items()
        if name not in _NAMES
        and not _holds_blocks(value)
        and (name in _COUNTS_TOO or _is_new(value, texts, seen) or (harm and name in _SAYS_WHICH))
    )
    if rows:
        yield Fact(label, rows, harm)
    elif _label(block) and _words(label) not in seen:
        yield Fact("", ((f"one of the {among}", label),))
    for name, value in block.items():
        if _holds_blocks(value):
            for child in value if isinstance(value, list) else [value]:
                yield from _facts(child, label, name, texts, seen)


_NAMES = ("id", "kind", "text", "stem", "name")
_COUNTS_TOO = ("also",)
"""Names of lists that say what else is right: their texts are drawn, and not that they count."""
_SAYS_WHICH = ("harm", "answer", "first", "then", "value", "lane", "hand")
"""Names that say which answer a harm is about; shown even where the drawing has their text."""


def _holds_blocks(value: Any) -> bool:
    """Whether facts of its own stand in here: a list of blocks, or a block with such a list."""
    if isinstance(value, list):
        return any(isinstance(entry, dict) for entry in value)
    return isinstance(value, dict) and any(_holds_blocks(v) for v in value.values())


def _is_new(value: Any, texts: dict[str, str], seen: str) -> bool:
    """Whether the drawing lacks it. A number may stand there and mean something else, and lists
    in a list group what it can only draw in a row."""
    if isinstance(value, str):
        return _words(texts.get(value, value)) not in seen
    if isinstance(value, list) and not any(isinstance(entry, list) for entry in value):
        return any(_is_new(entry, texts, seen) for entry in value)
    return True


def _shown(value: Any, texts: dict[str, str]) -> str:
    """A value without blocks, ids as what they stand for."""
    if isinstance(value, dict):
        pairs = [
            f"{texts.get(k) or k.replace('_', ' ')}: {_shown(v, texts)}" for k, v in value.items()
        ]
        return "; ".join(pairs)
    if isinstance(value, list):
        entries = [
            f"({_shown(entry, texts)}, in any order)"
            if isinstance(entry, list)
            else _shown(entry, texts)
            for entry in value
        ]
        return ", ".join(entries)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return texts.get(value, value) if isinstance(value, str) else f"{value:g}"


def _blocks(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for child in value if isinstance(value, list) else ():
        yield from _blocks(child)


def _label(block: dict[str, Any]) -> str:
    text = block.get("text") or block.get("name") or block.get("stem") or ""
    return " ".join((", ".join(text) if isinstance(text, list) else text).split())


def _words(text: str) -> str:
    return " ".join(text.split()).lower()
