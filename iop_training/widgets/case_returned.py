"""What came back about an assessed session: the debrief in the newest feedback page that is about
the very session that counts here."""

from __future__ import annotations

from pathlib import Path

from iop_training.rendering.debrief_block import MAX_PAGE, DebriefBlock, read_blocks
from iop_training.widgets.page import Page

FEEDBACK = "feedback"
"""The folder of an assignment that feedback comes to, by the exchange or put there by hand."""

Seen = tuple[tuple[str, int, int], ...]
"""Path, time and size of each feedback page, newest first: what tells whether to look again."""


def feedback_seen(page: Page) -> Seen:
    """The feedback pages that are there now; one that can't be looked at is left out."""
    found = []
    for path in (page.folder / FEEDBACK).rglob("*.html"):
        try:
            stat = path.stat()
        except OSError:
            continue
        if path.is_file() and stat.st_size <= MAX_PAGE:
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(found, key=lambda page: (-page[1], page[0])))


def returned_debrief(seen: Seen, item: str, run: str) -> DebriefBlock | None:
    """The debrief of the session with the digest ``run``; None while none came back."""
    for path, _, _ in seen:
        try:
            text = Path(path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        for block in read_blocks(text):
            if block.item == item and block.debrief.run == run:
                return block
    return None
