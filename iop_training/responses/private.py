"""Private notes: what somebody writes for themselves alone. Never handed in.

One small file a note, ``private/<id>/<note>.json`` in the workspace, outside of every lesson's
and assignment's folder: {"at":"2026-11-22T14:02:11.123Z","text":"..."}. A file and no journal, so
that a text that was changed or deleted is gone.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from iop_training.errors import JournalError, ResponseError
from iop_training.responses.journal import disk_sentence, sync_folder
from iop_training.responses.lines import now

FOLDER = "private"
MAX_CHARACTERS = 20_000


@dataclass(frozen=True)
class Note:
    """A text and the time (ISO, UTC) it was written."""

    text: str
    at: str


def read_note(workspace: Path, trainee: str, note: str) -> Note | None:
    """The note as the disk has it; None where there is none that can be read."""
    try:
        data = json.loads(_path(workspace, trainee, note).read_text(encoding="utf-8"))
        return Note(str(data["text"]), str(data["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_note(workspace: Path, trainee: str, note: str, text: Any) -> Note:
    """Keep ``text`` so that it is on the disk when this returns; a blank one deletes the file.

    ResponseError for what is no text of a length that is kept, JournalError when it can't be
    written.
    """
    kept = Note(_checked(text), now())
    path = _path(workspace, trainee, note)
    try:
        if not kept.text.strip():
            path.unlink(missing_ok=True)
            return Note("", kept.at)
        # Only the owner may open the folders, also where the workspace itself is open to others.
        path.parent.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        temporary = path.with_suffix(".new")
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(kept), file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise JournalError(disk_sentence(error, path)) from error
    return kept


def note_writers(workspace: Path) -> set[str]:
    """Ids that have notes in this workspace."""
    return {path.parent.name for path in (workspace / FOLDER).glob("*/*.json")}


def _path(workspace: Path, trainee: str, note: str) -> Path:
    return workspace / FOLDER / trainee / f"{note}.json"


def _checked(text: Any) -> str:
    if not isinstance(text, str):
        raise ResponseError(f"A note is a text, not {type(text).__name__}.")
    if len(text) > MAX_CHARACTERS:
        raise ResponseError(
            f"Your text has {len(text):,} characters; {MAX_CHARACTERS:,} can be kept. "
            "Shorten it and it is saved."
        )
    # Half a character (a lone surrogate) can't be written to any file.
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n")
