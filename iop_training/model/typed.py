"""What the kinds that are typed share: a text is kept as typed, up to a limit."""

from __future__ import annotations

from typing import Any

from iop_training.errors import ResponseError

LINE = 200
"""Characters that are kept of an answer of a few words or a number."""


def typed_text(item_id: str, value: Any, limit: int) -> str:
    """The text of a response, "" for None; ResponseError for another type or over ``limit``
    characters."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ResponseError(f"{item_id} takes a text, not {type(value).__name__}.")
    if len(value) > limit:
        raise ResponseError(
            f"Your text has {len(value):,} characters; {limit:,} can be kept. "
            "Shorten it and it is saved."
        )
    # Half a character (a lone surrogate) can't be written to any file.
    return value.encode("utf-8", "replace").decode().replace("\r\n", "\n")
