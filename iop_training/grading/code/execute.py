"""Runs the code of a submission, as nbgrader does it, in a sandbox and within limits."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer

from iop_training.errors import GradingError
from iop_training.grading.code.guard import Guard
from iop_training.grading.code.kernel import SandboxedKernels, WatchedKernels
from iop_training.grading.code.sandbox import Limits, Sandbox, why_not
from iop_training.grading.handed_in import SECRET, TIMESTAMP

STOPPED = "iop_stopped"
"""The key of ``resources`` that says why not all of the code ran, where it did not."""
_NOT_FOR_CODE = ("*.ipynb", SECRET, TIMESTAMP)
"""Files beside the notebook that its code has no use for; notebooks hold the hidden tests."""


class SandboxedExecute(Execute):
    """nbgrader's Execute with its own time limit for each cell (``timeout``).

    Where code takes more than it may, or ends its kernel, the cells that did not run get an error,
    which is worth no points, and ``resources["iop_stopped"]`` says why. GradingError when there is
    no sandbox on this machine, or no kernel starts in it.
    """

    allow_unsandboxed = Bool(
        False,
        help="Run trainees' code with the supervisor's own rights where there is no sandbox: it "
        "can then read keys, the gradebook and all the supervisor's files, and change them.",
    ).tag(config=True)
    seconds = Integer(300, help="Seconds for all cells of a submission together.").tag(config=True)
    memory_mb = Integer(2000, help="Megabytes of memory of a submission.").tag(config=True)
    processes = Integer(64, help="Processes and threads of a submission.").tag(config=True)
    scratch_mb = Integer(200, help="Megabytes that a submission may write.").tag(config=True)
    output_mb = Integer(10, help="Megabytes of output of a submission.").tag(config=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.shutdown_kernel = "immediate"
        self.store_widget_state = False

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the code cells; see the class."""
        missing = why_not()
        if missing and not self.allow_unsandboxed:
            raise GradingError(
                f"This assignment has code, which runs in a sandbox, and {missing}. Or let it run "
                "without one, if you trust everybody who handed in: set "
                "c.SandboxedExecute.allow_unsandboxed = True in nbgrader_config.py."
            )
        self._begun, self._ran, self._written = False, set[int](), 0
        with self._place(Path(resources["metadata"]["path"]), sandboxed=not missing):
            try:
                nb, resources = super().preprocess(nb, resources)
                return nb, resources
            except Exception as error:
                if not self._begun:
                    raise GradingError(
                        f"The kernel did not start ({self._guard.reason or error}). No code of the "
                        "submission was run."
                    ) from error
                reason = self._guard.reason or _in_words(error)
            finally:
                self._guard.stop()
        self._mark_left(nb, reason)
        resources[STOPPED] = reason
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell, and remember that it ran to its end."""
        self._begun = True
        done: tuple[NotebookNode, dict[str, Any]] = super().preprocess_cell(cell, resources, index)
        self._ran.add(index)
        return done

    def create_kernel_manager(self) -> WatchedKernels:
        """The kernel of this submission."""
        about = {"guard": self._guard, "config": self.config}
        self.km = (
            SandboxedKernels(sandbox=self._sandbox, **about)
            if self._sandbox
            else WatchedKernels(**about)
        )
        return self.km

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take a message, unless there were too many: it would fill this process's memory."""
        self._written += len(str(msg["content"]))
        if self._written > self.output_mb * 1_000_000:
            self._guard.end(f"It wrote more than {self.output_mb} MB of output.")
            return None
        return super().process_message(msg, cell, cell_index)

    def handle_comm_msg(self, outs: Any, msg: Any, cell_index: int) -> None:
        """Widgets are for people; nothing is done here with what they say."""

    @contextmanager
    def _place(self, beside: Path, sandboxed: bool) -> Iterator[None]:
        """A guard and, where there is one, a sandbox with the files that are in ``beside``."""
        limits = Limits(
            memory=self.memory_mb * 1_000_000,
            processes=self.processes,
            file=self.scratch_mb * 1_000_000,
            scratch=self.scratch_mb * 1_000_000,
            seconds=self.seconds,
        )
        if not sandboxed:
            self._sandbox, self._guard = None, Guard(limits, None)
            yield
            return
        # A short name: the path of a socket has at most 107 bytes.
        folder = Path(tempfile.mkdtemp(prefix="iop-", dir="/tmp"))
        try:
            shared, files = folder / "k", folder / "files"
            shared.mkdir(mode=0o700)
            folder.chmod(0o711)
            _copy(beside, files)
            hidden = (Path(self.parent.parent.coursedir.root),)
            self._sandbox = Sandbox(files, shared, hidden, limits)
            self._guard = Guard(limits, shared)
            yield
        finally:
            # Not Python's way: folders in folders without end would be too deep for it.
            subprocess.run(["rm", "-rf", "--", str(folder)], check=False, capture_output=True)

    def _mark_left(self, nb: NotebookNode, reason: str) -> None:
        for index, cell in enumerate(nb.cells):
            if cell.cell_type == "code" and cell.source.strip() and index not in self._ran:
                about = {"ename": "Stopped", "evalue": reason}
                cell.outputs = [new_output("error", **about, traceback=[f"Stopped: {reason}"])]


def _copy(beside: Path, files: Path) -> None:
    shutil.copytree(
        beside, files, symlinks=True, ignore=shutil.ignore_patterns(*_NOT_FOR_CODE, "answers")
    )
    for path in (files, *files.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def _in_words(error: Exception) -> str:
    if isinstance(error, DeadKernelError):
        return "Its code ended the kernel."
    if isinstance(error, CellTimeoutError):
        return "Its kernel stopped answering, or wrote more at once than is taken."
    return f"Its kernel sent what can't be read ({type(error).__name__})."
