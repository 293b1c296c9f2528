"""nbgrader's exchange as this course uses it: safer collecting, submitting a frozen folder."""

from __future__ import annotations

import filecmp
import os
import stat
import sys
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.exchange.abc import ExchangeError
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchFeedback,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    ExchangeSubmit,
)
from traitlets import Bool, Unicode

from iop_training.content.program import carry
from iop_training.errors import CourseError, GradingError
from iop_training.grading.course import CourseFolder
from iop_training.grading.files import read_regular
from iop_training.grading.handed_in import known_files
from iop_training.grading.intake import Outcome, Received, store

if sys.platform != "win32":
    import grp
    import pwd


class CourseCollect(ExchangeCollect):
    """Collects the newest submission of everybody.

    Takes only known files and follows no links. A submission counts only when the account it
    belongs to is the id it names, or is the account that collects (one person in both roles,
    or a service that submits for others). ``outcomes`` and ``refused`` say what happened.
    """

    trust_chosen_ids = Bool(
        False,
        help="Collect submissions under ids that are not the account "
        "they came from. Anybody can then submit as anybody.",
    ).tag(config=True)

    def init_src(self) -> None:
        """Find the newest acceptable submission of each id."""
        self.outcomes: list[Outcome] = []
        self.refused: list[str] = []
        inbound = Path(self.root, self.coursedir.course_id, "inbound")
        if not inbound.is_dir():
            self.fail(f"The exchange has no folder for this course: {inbound}")
        student = self.coursedir.student_id or "*"
        newest: dict[str, dict[str, Any]] = {}
        for path in sorted(inbound.glob(f"{student}+{self.coursedir.assignment_id}+*")):
            record = self._acceptable(path)
            if record is None:
                continue
            before = newest.setdefault(record["username"], record)
            if record["timestamp"] >= before["timestamp"]:
                newest[record["username"]] = record
        self.src_records = [
            {**record, "path": inbound / record["filename"]} for _, record in sorted(newest.items())
        ]

    def copy_files(self) -> None:
        """Store what was found; a submission that can't be stored doesn't stop the others."""
        assignment = self.coursedir.assignment_id
        for record in self.src_records:
            target = self.coursedir.format_path(
                self.coursedir.submitted_directory, record["username"], assignment
            )
            if Path(target).is_dir() and not self.update:
                self.log.info("%s is there already; use --update", target)
                continue
            received = Received(
                record["username"],
                assignment,
                record["timestamp"],
                "exchange",
                self._known(record["path"], assignment),
            )
            try:
                self.outcomes.append(store(self.coursedir, received))
            except (CourseError, OSError) as error:
                self._refuse(f"{record['filename']}: {error}")

    def _acceptable(self, path: Path) -> dict[str, Any] | None:
        try:
            record: dict[str, Any] = self._path_to_record(str(path))
            owner = path.lstat()
        except (ExchangeError, ValueError, OverflowError, OSError) as error:
            self._refuse(f"{path.name} is no submission ({error}).")
            return None
        if not stat.S_ISDIR(owner.st_mode):
            self._refuse(f"{path.name} is not a folder, so it is no submission.")
            return None
        name = _account(owner.st_uid)
        if name != record["username"] and owner.st_uid != os.getuid() and not self.trust_chosen_ids:
            self._refuse(
                f"{path.name} names {record['username']!r} but was put there by the account "
                f"{name!r}, so it was not collected. If people choose their ids here, set "
                "c.CourseCollect.trust_chosen_ids = True in nbgrader_config.py."
            )
            return None
        return record

    def _known(self, folder: Path, assignment: str) -> dict[str, bytes]:
        files = {}
        for name, limit in known_files(assignment).items():
            try:
                files[name] = read_regular(folder / name, limit)
            except FileNotFoundError:
                continue
            except OSError as error:
                self._refuse(f"{folder.name}/{name} was left out: {error.strerror}.")
        return files

    def _refuse(self, sentence: str) -> None:
        self.log.warning(sentence)
        self.refused.append(sentence)


class CourseSubmit(ExchangeSubmit):
    """Submits a frozen copy in ``folder`` in the place of the notebook's own folder, and lets
    nobody but the supervisor read it where the accounts allow that."""

    folder = Unicode(help="The folder to submit.")

    def init_src(self) -> None:
        """Take the frozen copy."""
        self.src_path = str(Path(self.folder).absolute())
        if not Path(self.src_path).is_dir():
            self.fail(f"There is no folder {self.src_path} to submit.")

    def copy_files(self) -> None:
        """Submit, then close the copy to other accounts."""
        super().copy_files()
        inbound = Path(self.inbound_path)
        mode = private_mode(inbound, os.getuid(), os.getgroups())
        if mode is not None:
            (inbound / self.assignment_filename).chmod(mode)


class CourseFetch(ExchangeFetchFeedback):
    """Fetches feedback into a folder a submission, named by its time in a form that every
    system takes; ``fetched`` lists the files."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy each page to ``<time of submission>/<notebook>.html``."""
        self.fetched: list[Path] = []
        for notebook, timestamp, page in sorted(self.feedback_files):
            target = Path(dest, timestamp[:19].replace(":", "."), f"{notebook}.html")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(Path(page).read_bytes())
            self.fetched.append(target)


def private_mode(inbound: Path, uid: int, groups: list[int]) -> int | None:
    """Mode of a submission that only its sender and the supervisor can open; None where other
    accounts can't be told from the supervisor's, so nbgrader's own mode must stay.

    ``uid`` and ``groups`` are the sender's. The inbound folder passes its group on.
    """
    owner = inbound.stat()
    if owner.st_uid == uid:
        return 0o700
    members = set(grp.getgrgid(owner.st_gid).gr_mem) if _group_exists(owner.st_gid) else set()
    supervisor = pwd.getpwuid(owner.st_uid)
    reads = supervisor.pw_gid == owner.st_gid or supervisor.pw_name in members
    return 0o770 if reads and owner.st_mode & stat.S_ISGID and owner.st_gid not in groups else None


def ensure_exchange(course_root: Path) -> list[str]:
    """Make the exchange folders with the right modes, put the program's facts there and every
    release that is missing or older; returns the ids of the assignments that were put there.

    GradingError where the exchange can't work (Windows; a folder of another account).
    """
    course = CourseFolder.open(course_root)
    if sys.platform == "win32":
        raise GradingError(
            "The exchange needs Linux or macOS. On Windows, trainees hand in with a zip file."
        )
    done = []
    try:
        for kind in (ExchangeReleaseAssignment, ExchangeReleaseFeedback):
            tool = _tool(kind, course)
            tool.ensure_root()
            tool.init_dest()
        carry(course.root, Path(tool.root, course.directory().course_id))
        for notebook in sorted(course.step("release", "*").parent.glob("*/*.ipynb")):
            folder = notebook.parent
            if folder.name.startswith("."):  # left by a release that was interrupted
                continue
            tool = _tool(ExchangeReleaseAssignment, course, assignment_id=folder.name)
            outbound = Path(tool.root, course.directory().course_id, "outbound", folder.name)
            if not _same(folder, outbound):
                tool.force = True
                tool.start()
                done.append(folder.name)
    except (ExchangeError, OSError) as error:
        raise GradingError(f"The exchange can't be prepared: {error}") from error
    return done


def _tool(kind: type, course: CourseFolder, **settings: Any) -> Any:
    return exchange_tool(kind, course.config, course.directory(**settings))


def exchange_tool(kind: type, config: Any, directory: Any, **traits: Any) -> Any:
    """One of nbgrader's exchange classes, made as its own programs make them."""
    return kind(
        coursedir=directory, authenticator=Authenticator(config=config), config=config, **traits
    )


def _same(folder: Path, other: Path) -> bool:
    names = sorted(p.name for p in folder.iterdir())
    if not other.is_dir() or sorted(p.name for p in other.iterdir()) != names:
        return False
    return filecmp.cmpfiles(folder, other, names, shallow=False)[0] == names


def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def _group_exists(gid: int) -> bool:
    return any(group.gr_gid == gid for group in grp.getgrall())
