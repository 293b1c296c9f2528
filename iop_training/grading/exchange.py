"""nbgrader's exchange as this course uses it: safer collecting, submitting a frozen folder."""

from __future__ import annotations

import filecmp
import functools
import os
import stat
import sys
from datetime import datetime
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
from traitlets import Bool, Instance, Unicode

from iop_training.content.program import carry
from iop_training.errors import GradingError
from iop_training.grading import inbound
from iop_training.grading.course import CourseFolder
from iop_training.grading.files import Folder, special
from iop_training.grading.intake import Intake, Outcome, Received, Tally
from iop_training.grading.names import shown

if sys.platform != "win32":
    import grp
    import pwd


class CourseCollect(ExchangeCollect):
    """Collects the newest submission of everybody.

    Takes only known files and follows no links. A submission counts only when the account it
    belongs to is the id it names, or is the account that collects (one person in both roles,
    or a service that submits for others). ``tally`` says what happened.
    """

    trust_chosen_ids = Bool(
        False,
        help="Collect submissions under ids that are not the account "
        "they came from. Anybody can then submit as anybody.",
    ).tag(config=True)
    tally = Instance(Tally, ())

    def init_src(self) -> None:
        """Find the newest acceptable submission of each id."""
        self.tally.log = self.log.warning
        self.inbound = Path(self.root, self.coursedir.course_id, "inbound").resolve()
        if not self.inbound.is_dir():
            self.fail(f"The exchange has no folder for this course: {self.inbound}")
        pattern = f"{self.coursedir.student_id or '*'}+{self.coursedir.assignment_id}+*"
        found = inbound.accepted(self.inbound, pattern, self._refusal, self.tally.refuse)
        self.src_records = [
            record for sent in found if (record := inbound.newest(sent, self._record))
        ]

    def copy_files(self) -> None:
        """Store what was found; a submission that can't be stored doesn't stop the others."""
        intake = Intake(self.coursedir, self.coursedir.assignment_id)
        self.tally.expect(len(self.src_records))
        for record in self.src_records:
            student, name = record["username"], record["filename"]
            with self.tally.guard(student, shown(name)):
                self._take(intake, student, name, record["timestamp"])
            self.tally.step()

    def _take(self, intake: Intake, student: str, name: str, at: datetime) -> None:
        if intake.has(student, at):
            self.tally.outcomes.append(Outcome(student, "exchange", "not newer"))
            return
        if intake.folder(student).is_dir() and not self.update:
            self.log.info("%s is there already; use --update", intake.folder(student))
            return
        with Folder(self.inbound) as above, above.folder(name) as folder:
            if refusal := self._refusal(name, folder.info()):  # whatever was there before
                raise GradingError(refusal)
            found = inbound.read(folder, intake.assignment)
        for sentence in found.refused:
            self.tally.refuse(student, f"{shown(name)}/{sentence}")
        received = Received(student, at, "exchange", found.files, tuple(found.notes))
        self.tally.outcomes.append(intake.store(received))

    def _refusal(self, name: str, info: os.stat_result) -> str | None:
        """Why a submission of this name that is this is not taken."""
        if phrase := special(info) or (None if stat.S_ISDIR(info.st_mode) else "it is a file"):
            return f"{phrase}, not a folder, so it is no submission."
        student, account = name.rsplit("+", 3)[0], _account(info.st_uid)
        if account == student or info.st_uid == os.getuid() or self.trust_chosen_ids:
            return None
        return (
            f"it names {shown(student)!r} but was put there by the account {account!r}, so it was "
            "not collected. If people choose their ids here, set "
            "c.CourseCollect.trust_chosen_ids = True in nbgrader_config.py."
        )

    def _record(self, name: str) -> dict[str, Any] | None:
        """nbgrader's record of a submission of this name."""
        try:
            return dict(self._path_to_record(name))
        except (ExchangeError, ValueError, OverflowError) as error:
            self.tally.refuse(
                "The exchange", f"{shown(name)} is no submission ({shown(str(error))})."
            )
            return None


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


@functools.cache
def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def _group_exists(gid: int) -> bool:
    return any(group.gr_gid == gid for group in grp.getgrall())
