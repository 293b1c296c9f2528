"""Remarks: what a trainee says beside an answer. They earn nothing and cost nothing.

An ``objection`` says what is off with a question; a ``stance`` whether the trainee would act on
the answer alone. "" takes either back.
"""

from __future__ import annotations

from typing import Any

from iop_training.errors import ResponseError

STANCES = {
    "alone": "Act on it alone",
    "check": "Check first",
    "ask": "Ask",
}
"""Id of a stance to its words, in the order they are shown."""
MAX_OBJECTION = 2_000
"""Characters of an objection that are stored."""
REMARKS = ("stance", "objection")


def validate_remark(name: Any, value: Any) -> str:
    """The remark in its stored form ("" for none), or ResponseError."""
    if name not in REMARKS:
        raise ResponseError(f"{str(name)[:40]!r} is no remark; there are {', '.join(REMARKS)}.")
    value = "" if value is None else value
    if not isinstance(value, str):
        raise ResponseError(f"A remark is a text, not {type(value).__name__}.")
    if name == "stance" and value and value not in STANCES:
        raise ResponseError(f"{value[:40]!r} is no stance; there are {', '.join(STANCES)}.")
    if len(value) > MAX_OBJECTION:
        raise ResponseError(
            f"Your remark has {len(value):,} characters; {MAX_OBJECTION:,} can be kept. "
            "Shorten it and it is saved."
        )
    # Half a character (a lone surrogate) can't be written to any file.
    return value.encode("utf-8", "replace").decode().replace("\r\n", "\n")
