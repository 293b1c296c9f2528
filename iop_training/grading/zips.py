"""Zips: hand-ins that came as files, one by one, in folders, or many in the zip that a learning
system (LMS) exports."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from iop_training.errors import GradingError
from iop_training.grading.archives import Archive, open_archive, trick
from iop_training.grading.files import Folder, special
from iop_training.grading.handed_in import SECRET, journal_name, known_files
from iop_training.grading.intake import Intake, Received, Tally, opening
from iop_training.grading.names import (
    NO_HAND_IN,
    ZipName,
    is_junk,
    left_behind,
    lookalike,
    read_zip_name,
    shown,
)

MAX_ZIP, MAX_ENTRIES = 40_000_000, 200
"""Bytes and entries of one hand-in; ours have four or five entries."""
MAX_EXPORT, MAX_HAND_INS = 2_000_000_000, 20_000
"""Bytes of an export and of all the zips in it, and entries; also files in a folder."""
MAX_DEPTH = 4
"""Folders in folders that are looked into."""
_LITTER = re.compile(r"_attempt_\d{4}(-\d\d){5}\.txt$|onlinetext[^/]*$|_text\.html$")
"""What an LMS puts beside the files that people handed in."""


class Zips:
    """Takes zips and folders of zips into submitted/."""

    def __init__(self, intake: Intake, tally: Tally) -> None:
        self._intake, self._tally = intake, tally
        self._senders: dict[str, str] = {}
        self._limits = {k: v for k, v in known_files(intake.assignment).items() if k != SECRET}

    def take(self, path: Path) -> None:
        """Take a zip, or the zips in a folder. Only the path itself is the supervisor's choice."""
        source = shown(path.name or str(path))
        with self._tally.guard(source, source):
            if stat.S_ISDIR(path.lstat().st_mode):
                with Folder(path) as folder:
                    self._folder(folder, "", MAX_HAND_INS)
            else:
                self._tally.expect(1)
                with Folder(path.parent.resolve()) as folder:
                    self._file(folder, path.name, path.name)

    def _folder(self, folder: Folder, within: str, left: int, depth: int = 1) -> int:
        """Take what is in a folder; how many more files may be looked at."""
        names, more = folder.names(left)
        left -= len(names)
        source = within or shown(folder.path.name)
        if more:
            self._tally.refuse(
                source, f"{source}: there are more than {MAX_HAND_INS:,} files; {_REST}"
            )
        self._tally.expect(sum(name.lower().endswith(".zip") for name in names))
        for name in names:
            label = f"{within}{name}"
            with self._tally.guard(source, shown(label)):
                info = folder.look(name)
                if phrase := special(info):
                    raise GradingError(f"{phrase}, so it was not opened.")
                if is_junk(name):
                    continue
                if stat.S_ISDIR(info.st_mode):
                    if depth == MAX_DEPTH:
                        raise GradingError("it is a folder too deep to be looked into.")
                    with folder.folder(name) as inner:
                        left = self._folder(inner, f"{label}/", left, depth + 1)
                elif name.lower().endswith(".zip"):
                    self._file(folder, name, label)
                elif within and not _LITTER.search(label):
                    raise GradingError(_NO_ZIP)
        return left

    def _file(self, folder: Folder, name: str, label: str) -> None:
        try:
            with folder.opened(name, MAX_EXPORT, alone=True) as file:
                found = read_zip_name(label)
                if found:
                    self._hand_in(file, shown(label), found)
                else:
                    self._export(file, shown(label))
        finally:
            self._tally.step()

    def _export(self, file: BinaryIO, source: str) -> None:
        """Take the hand-ins in a zip of zips; zips in those are not opened."""
        with open_archive(file, MAX_HAND_INS) as archive:
            entries = [e for e in archive.entries if not is_junk(e.filename)]
            zips = sum(e.filename.lower().endswith(".zip") for e in entries)
            if not zips:
                raise GradingError(NO_HAND_IN)
            self._tally.expect(zips)
            left = MAX_EXPORT
            for entry in entries:
                if entry.file_size > left:
                    raise GradingError(f"it unpacks to more than {MAX_EXPORT:,} bytes; {_REST}")
                left -= entry.file_size
                label = f"{source}: {shown(entry.orig_filename)}"
                with self._tally.guard(source, label):
                    self._exported(archive, entry, label)

    def _exported(self, archive: Archive, entry: zipfile.ZipInfo, label: str) -> None:
        if not entry.filename.lower().endswith(".zip"):
            if not _LITTER.search(entry.filename):
                raise GradingError(_NO_ZIP)
            return
        self._tally.step()
        if reason := trick(entry):
            raise GradingError(f"{reason}, so it was not opened.")
        found = read_zip_name(entry.filename)
        if not found:
            raise GradingError(NO_HAND_IN)
        self._hand_in(io.BytesIO(archive.read(entry, MAX_ZIP)), label, found)

    def _hand_in(self, file: BinaryIO, label: str, name: ZipName) -> None:
        assignment = self._intake.assignment
        if name.assignment != assignment:
            raise GradingError(
                f"it is a submission of {shown(name.assignment)}, not of {assignment}."
            )
        if file.seek(0, os.SEEK_END) > MAX_ZIP:
            raise GradingError(f"it has more than {MAX_ZIP:,} bytes, so it was not opened.")
        with open_archive(file, MAX_ENTRIES) as archive:
            files, notes, faults = self._known(archive)
        journal = journal_name(assignment)
        if not files or (faults and journal not in files):
            what = (
                "the answers in it can't be taken" if files else f"it holds nothing of {assignment}"
            )
            why = "".join(f" {shown(entry)}: {fault}" for entry, fault in faults.items())
            raise GradingError(f"{what}.{why} Ask for it to be handed in again.")
        named = opening(files.get(journal, b"")).get("trainee")
        student = name.student(named if isinstance(named, str) else None)
        for entry, fault in faults.items():
            self._tally.refuse(label, f"{label}: {shown(entry)} was left out: {fault}")
        notes += self._other_sender(student, name.sender)
        received = Received(student, name.at, "zip", files, tuple(notes))
        self._tally.outcomes.append(self._intake.store(received))

    def _other_sender(self, student: str, sender: str) -> list[str]:
        before = self._senders.setdefault(student, sender) if sender else sender
        if before == sender:
            return []
        return [
            f"{shown(before)} and {shown(sender)} both handed in under this id; the newest counts. "
            "Find out whose it is."
        ]

    def _known(self, archive: Archive) -> tuple[dict[str, bytes], list[str], dict[str, str]]:
        """The known files, read into memory by name: no path in the archive is ever written to.
        Then notes, and why something was left out, by its name.

        A zip that was unpacked and packed again has one folder around everything; that is fine.
        """
        files: dict[str, bytes] = {}
        faults: dict[str, str] = {}
        others: list[str] = []
        notes: list[str] = []
        for entry in archive.entries:
            name = _known_name(entry.filename, self._limits)
            if is_junk(entry.filename):
                continue
            if reason := trick(entry) or _passes_for(entry.filename, self._limits):
                faults[entry.orig_filename] = f"{reason}."
            elif name is None:
                others.append(entry.filename)
            elif name in files:
                raise GradingError(f"it has two files named {name}.")
            else:
                try:
                    files[name] = archive.read(entry, self._limits[name])
                except GradingError as error:
                    if name.endswith(".ipynb"):  # answers are not in it; the released one stands in
                        notes.append(f"{name} was left out: {error}")
                    else:
                        faults[entry.orig_filename] = str(error)
        return files, notes + left_behind(others), faults


_NO_ZIP = "it is no zip that the notebook made. Ask for that one."
_REST = "the rest was not looked at."


def _known_name(name: str, limits: Mapping[str, int]) -> str | None:
    inner = name.partition("/")[2]
    return next((n for n in (name, inner) if n in limits), None)


def _passes_for(name: str, limits: Mapping[str, int]) -> str | None:
    if name.lower().endswith(".zip"):
        return "it is a zip in a zip, which is not opened"
    inner = name.partition("/")[2]
    known = lookalike(name, limits) or lookalike(inner, limits)
    if known is None or inner in limits:
        return None
    return f"its name looks like {known} and is another"
