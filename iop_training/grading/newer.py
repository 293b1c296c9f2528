"""Newer: which of one person's hand-ins counts. Clocks can be wrong; journals only grow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(days=1)
"""How far a clock may be ahead and still be believed."""


def rank(at: datetime) -> tuple[bool, datetime]:
    """Sorts the times of hand-ins, UTC without a zone. One that has yet to come is a wrong clock's
    and ranks below all others: else it would be in the way of every later hand-in."""
    return at <= datetime.now(UTC).replace(tzinfo=None) + AHEAD, at


def goes_on(journal: bytes, earlier: bytes) -> bool:
    """Whether a journal goes on where ``earlier`` ends, so that it is the newer one, whatever the
    clocks say."""
    return len(journal) > len(earlier) > 0 and journal.startswith(earlier)
