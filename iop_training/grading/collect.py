"""Collect: submissions from the exchange and from zip files into submitted/."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from iop_training.errors import CourseError, GradingError
from iop_training.grading.course import CourseFolder
from iop_training.grading.exchange import CourseCollect, exchange_tool
from iop_training.grading.handed_in import SECRET, known_files
from iop_training.grading.intake import Outcome, Received, store
from iop_training.responses.identity import ID_PATTERN

MAX_ZIP = 40_000_000
MAX_ENTRIES = 200
_NAME = re.compile(
    rf"(?P<id>{ID_PATTERN.pattern})_(?P<assignment>[^_]+)_"
    r"(?P<stamp>\d{8}-\d{6})(?: ?\(\d+\))?\.zip"
)
"""What responses.handin.zip_name makes, also with the " (1)" a browser adds to a second copy."""


@dataclass
class CollectReport:
    """``outcomes`` one a submission, in the order they were taken; ``refused`` sentences about
    what was not taken."""

    outcomes: list[Outcome] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def collect(course_root: Path, assignment: str, zips: list[Path] | None = None) -> CollectReport:
    """Collect an assignment from the exchange (where there is one) and from ``zips``.

    The newest submission of each person wins, whichever way it came. Nothing that is wrong
    with one submission stops another. GradingError when the assignment isn't released.
    """
    course = CourseFolder.open(course_root)
    course.released_notebook(assignment)
    report = CollectReport()
    _from_exchange(course, assignment, report)
    for path in zips or []:
        try:
            report.outcomes.append(store(course.directory(), open_zip(path, assignment)))
        except (CourseError, OSError) as error:
            report.refused.append(f"{path.name}: {error}")
    return report


def open_zip(path: Path, assignment: str) -> Received:
    """The submission in a zip file that the notebook made; GradingError when it is none."""
    name = _NAME.fullmatch(path.name)
    if not name:
        raise GradingError(
            "the name is not <id>_<assignment>_<date>-<time>.zip. Give the file "
            "back the name that the notebook gave it."
        )
    if name["assignment"] != assignment:
        raise GradingError(f"it is a submission of {name['assignment']}, not of {assignment}.")
    try:
        at = datetime.strptime(name["stamp"], "%Y%m%d-%H%M%S")
        if path.stat().st_size > MAX_ZIP:
            raise GradingError(f"it has more than {MAX_ZIP:,} bytes, so it was not opened.")
        with zipfile.ZipFile(path) as archive:
            files = _read_known(archive, assignment)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise GradingError(f"it can't be opened ({error}). Ask for it to be sent again.") from error
    if not files:
        raise GradingError(f"it holds nothing of {assignment}. Ask for it to be handed in again.")
    return Received(name["id"], assignment, at, "zip", files)


def _from_exchange(course: CourseFolder, assignment: str, report: CollectReport) -> None:
    directory = course.directory(assignment_id=assignment)
    tool = exchange_tool(CourseCollect, course.config, directory, update=True)
    if Path(tool.root, directory.course_id, "inbound").is_dir():
        tool.start()
        report.outcomes += tool.outcomes
        report.refused += tool.refused


def _read_known(archive: zipfile.ZipFile, assignment: str) -> dict[str, bytes]:
    """The known files, read into memory by name: no path in the archive is ever written to.

    A zip that was unpacked and packed again has one folder around everything; that is fine.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise GradingError(f"it has {len(entries)} entries; a submission has four.")
    limits = {name: limit for name, limit in known_files(assignment).items() if name != SECRET}
    files: dict[str, bytes] = {}
    for entry in entries:
        name = _known_name(entry, limits)
        if name is None:
            continue
        if entry.file_size > limits[name] and name.endswith(".ipynb"):
            continue  # answers are not in it; the released one stands in
        if name in files:
            raise GradingError(f"it has two files named {name}.")
        files[name] = _read_entry(archive, entry, limits[name])
    return files


def _known_name(entry: zipfile.ZipInfo, limits: dict[str, int]) -> str | None:
    if stat.S_ISLNK(entry.external_attr >> 16) or entry.filename.startswith("__MACOSX/"):
        return None
    inner = entry.filename.partition("/")[2]
    return next((name for name in (entry.filename, inner) if name in limits), None)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise GradingError(f"{entry.filename} in it is packed in a way that is not opened here.")
    with archive.open(entry) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise GradingError(f"{entry.filename} in it has more than {limit:,} bytes.")
    return content
