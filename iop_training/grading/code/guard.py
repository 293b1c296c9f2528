"""Guard: a thread that ends a sandbox when it takes more than it may of what the system does not
count: memory of all its processes together, the clock, and the folder that it shares."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from iop_training.grading.code.sandbox import Limits

_EVERY = 0.2
"""Seconds between two looks."""
_SHARED, _FILES = 100_000, 20
"""Bytes and number of files in the shared folder: a connection file of 500 bytes, six sockets."""


class Guard:
    """Watches ``process`` (bubblewrap's own) from :meth:`watch` to :meth:`stop`. ``reason`` is why
    it was ended, as a sentence, or ""."""

    def __init__(self, limits: Limits, shared: Path | None) -> None:
        self.reason = ""
        self._limits, self._shared = limits, shared
        self._done = threading.Event()
        self._until = time.monotonic() + limits.seconds
        self._process: subprocess.Popen[bytes] | None = None

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        """Begin; the process is ended when there is a reason."""
        self._process = process
        threading.Thread(target=self._look, name="sandbox-guard", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._done.set()

    def end(self, reason: str) -> None:
        """End the process now, and with it all in its sandbox; the first reason stays."""
        self.reason = self.reason or reason
        self._done.set()
        if self._process is not None:
            self._process.kill()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            reason = self._too_much()
            if reason:
                self.end(reason)

    def _too_much(self) -> str:
        if time.monotonic() > self._until:
            return f"It took more than {self._limits.seconds} seconds in all."
        if self._process and _takes_more(self._process.pid, self._limits.memory):
            return f"It took more than {self._limits.memory // 1_000_000:,} MB of memory."
        if self._shared and not _only_sockets(self._shared):
            return "It wrote files where only its kernel may."
        return ""


def _tree(pid: int) -> Iterator[int]:
    """The process and all below it; who loses its parent in a sandbox comes below its first."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(children).split():
            yield from _tree(int(child))


def _takes_more(pid: int, limit: int) -> bool:
    """Whether it and all below it have more bytes in use than ``limit``, the contents of files left
    out. What a process shares with its children is told apart only when it matters: it takes time.
    """
    tree = list(_tree(pid))
    quick = (_sum(Path(f"/proc/{each}/status"), "RssAnon:", "RssShmem:") for each in tree)
    if sum(quick) <= limit:
        return False
    shared = [_sum(Path(f"/proc/{each}/smaps_rollup"), "Pss_Anon:", "Pss_Shmem:") for each in tree]
    return not any(shared) or sum(shared) > limit


def _sum(path: Path, *names: str) -> int:
    """Bytes in these lines of a table that is in kilobytes."""
    lines = (line.split() for line in _read(path).splitlines())
    return 1024 * sum(int(words[1]) for words in lines if words and words[0] in names)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""


def _only_sockets(folder: Path) -> bool:
    """Whether the folder has the kernel's connection file and sockets, and nothing that grows."""
    size = 0
    try:
        for number, path in enumerate(folder.iterdir()):
            if number > _FILES or path.is_symlink() or path.is_dir():
                return False
            size += path.lstat().st_size
    except FileNotFoundError:  # the kernel takes its sockets away when it ends
        return True
    except OSError:  # it was closed to whoever looks
        return False
    return size <= _SHARED
