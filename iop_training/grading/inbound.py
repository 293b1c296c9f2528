"""Inbound: the folder of the exchange that everybody can write to, read without trusting it."""

from __future__ import annotations

import fnmatch
import heapq
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iop_training.grading.files import Folder, special
from iop_training.grading.handed_in import TIMESTAMP, known_files
from iop_training.grading.names import is_junk, left_behind, lookalike, shown
from iop_training.grading.newer import rank

MAX_HAND_INS = 50
"""Hand-ins of one person that are looked at, those with the latest times in their names."""
MAX_LISTED = 200
"""Files in a submission that are looked at to say what was left behind."""


@dataclass
class Found:
    """What is in a submission: the known files, sentences about those that can't be taken, and
    notes about others."""

    files: dict[str, bytes] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def accepted(
    inbound: Path,
    pattern: str,
    refusal: Callable[[str, os.stat_result], str | None],
    refuse: Callable[[str, str], None],
) -> list[list[str]]:
    """The names of the submissions that fit ``pattern`` and that ``refusal`` has nothing against,
    a list for each person, latest first; the others are told to ``refuse``."""
    fits = re.compile(fnmatch.translate(pattern)).match
    found: dict[str, list[str]] = {}
    with os.scandir(inbound) as entries:
        for entry in entries:
            if not fits(entry.name):
                continue
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:  # gone meanwhile
                continue
            student = entry.name.rsplit("+", 3)[0]
            if reason := refusal(entry.name, info):
                refuse(f"The exchange, account {info.st_uid}", f"{shown(entry.name)}: {reason}")
            else:
                found.setdefault(student, []).append(entry.name)
    for student, names in sorted(found.items()):
        if len(names) > MAX_HAND_INS:
            refuse(
                student,
                f"{shown(student)} handed in {len(names):,} times. Only the last {MAX_HAND_INS} "
                "were looked at.",
            )
    return [heapq.nlargest(MAX_HAND_INS, names) for _, names in sorted(found.items())]


def newest(
    names: Iterable[str], record: Callable[[str], dict[str, Any] | None]
) -> dict[str, Any] | None:
    """nbgrader's record of the newest of one person's submissions."""
    records = [found for name in names if (found := record(name))]
    return max(records, key=lambda r: rank(r["timestamp"]), default=None)


def read(folder: Folder, assignment: str) -> Found:
    """What is in the submission that ``folder`` holds. Files are opened by their known names; to
    say what else is there, at most ``MAX_LISTED`` names are looked at."""
    found = Found()
    owners = {folder.info().st_uid, os.getuid()}
    known = known_files(assignment)
    for name, limit in known.items():
        try:
            found.files[name] = folder.read(name, limit, alone=True, owners=owners)
        except FileNotFoundError:
            continue
        except OSError as error:
            found.refused.append(f"{name} was left out: {error.strerror}.")
    others = _others(folder, "", known, found)
    try:
        with folder.folder("answers") as answers:
            others += _others(answers, "answers/", known, found)
    except OSError:
        pass  # said above, of the file in it
    found.notes += left_behind(others)
    return found


def _others(folder: Folder, within: str, known: dict[str, int], found: Found) -> list[str]:
    """Files that nobody asked for; of links, pipes and the like, and of names that pass for one
    that is known, ``found`` gets a sentence each."""
    names, more = folder.names(MAX_LISTED)
    if more:
        found.refused.append(
            f"{within}* are more than {MAX_LISTED} files. What a submission has was looked for by "
            "name, the others were not looked at."
        )
    ours = {*known, *(name.split("/")[0] for name in known), TIMESTAMP}
    others = []
    for name in (f"{within}{n}" for n in names):
        if name in ours or is_junk(name):
            continue
        info = folder.look(name[len(within) :])
        if like := lookalike(name, known):
            found.refused.append(
                f"{shown(name)} was left out: its name looks like {like} and is another."
            )
        elif phrase := special(info):
            found.refused.append(f"{shown(name)} was left out: {phrase}.")
        else:
            others.append(name)
    return others
