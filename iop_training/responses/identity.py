"""Who answers, and where the workspace is. Nothing is kept about a person but the id."""

from __future__ import annotations

import getpass
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from iop_training.errors import WorkspaceError
from iop_training.responses.private import note_writers
from iop_training.responses.reader import read_journal

MANIFEST = "course.json"
LEARNER = "learner.json"
ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NO_FOLDER = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|.*\.", re.IGNORECASE)
"""What Windows takes for a device, or for another name; an id is the name of a folder."""


@dataclass(frozen=True)
class Workspace:
    """A learner's folder. Without a manifest above it, a notebook's own folder is one."""

    root: Path
    course: str
    exchange: str | None
    identity: str

    @property
    def learner_file(self) -> Path:
        """Where the chosen id is kept."""
        return self.root / LEARNER


def find_workspace(folder: Path) -> Workspace:
    """The workspace that ``folder`` is in; WorkspaceError when its manifest is unreadable."""
    for root in (folder, *folder.parents):
        path = root / MANIFEST
        if path.is_file():
            return _read_manifest(path)
    return Workspace(folder, "iop", None, "chosen")


def _read_manifest(path: Path) -> Workspace:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Workspace(
            path.parent, data["course"], data.get("exchange"), data.get("identity", "chosen")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(
            f"The course file {MANIFEST} can't be read. Start the course again with the command "
            "you use (make lab, or the start script); it is renewed. Your answers are kept."
        ) from error


def check_id(text: str) -> str:
    """``text`` as an id; WorkspaceError says what is allowed."""
    text = text.strip()
    if not ID_PATTERN.fullmatch(text):
        raise WorkspaceError(
            f"“{_shortened(text)}” can't be an id. Use letters from a to z, digits, dots, hyphens "
            "and underscores, without spaces; begin with a letter or digit; at most 64 in all. "
            "For example: ann-b2"
        )
    if _NO_FOLDER.fullmatch(text):
        raise WorkspaceError(
            f"“{text}” can't be an id, because not every computer can have a folder of that name. "
            f"Choose another, for example {text.split('.')[0]}-b2"
        )
    return text


def learner_id(workspace: Workspace) -> str | None:
    """The id of the person at work: of the account where the program decided so, else the
    one chosen in this workspace; None while none is chosen."""
    if workspace.identity == "account":
        try:
            return check_id(os.environ.get("JUPYTERHUB_USER") or getpass.getuser())
        except (OSError, KeyError, ImportError):
            raise WorkspaceError(
                "This account has no name that can be an id. Ask who looks after this computer."
            ) from None
    try:
        data = json.loads(workspace.learner_file.read_text(encoding="utf-8"))
        return check_id(data["id"])
    except (OSError, ValueError, KeyError, TypeError, WorkspaceError):
        return None


def who_answered(workspace: Workspace) -> set[str]:
    """The ids that have answers in this workspace: one, unless files were moved by hand."""
    places = ("answers", "*/answers", "*/*/answers")  # Start here, a lesson, an assignment
    paths = (path for place in places for path in workspace.root.glob(f"{place}/*.jsonl"))
    records = map(read_journal, paths)
    return {r.trainee for r in records if r.trainee and (r.answers or r.remarks or r.handins)}


def choose_id(workspace: Workspace, text: str) -> str:
    """Keep the id for this workspace.

    WorkspaceError when it isn't one, when somebody else's answers are here already, or when
    it can't be written.
    """
    chosen = check_id(text)
    if others := who_answered(workspace) - {chosen}:
        raise WorkspaceError(
            f"There are answers of “{min(others)}” in this course folder already, so it "
            "keeps that id. Another person starts the course in a folder of their own."
        )
    if note_writers(workspace.root) - {chosen}:
        raise WorkspaceError(
            "Somebody has written private notes in this course folder under another id. Go on "
            "under that id; another person starts the course in a folder of their own."
        )
    temporary = workspace.learner_file.with_suffix(".tmp")
    try:
        temporary.write_text(json.dumps({"id": chosen}) + "\n", encoding="utf-8")
        temporary.replace(workspace.learner_file)
    except OSError as error:
        raise WorkspaceError(
            f"The id can't be kept, because the folder “{workspace.root.name}” can't be written "
            f"to ({error.strerror}). Ask who looks after this computer."
        ) from error
    return chosen


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
