"""Row: one line of the bench's table."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, the figures, what they should be, and what they stand beside."""

    what: str
    measured: str
    aim: str = ""
    beside: str = ""
