"""Sandbox: what a program that somebody else wrote can see and use, made by bubblewrap.

It sees the system's programs and this Python, read-only, and a folder of its own that goes with
it. It has no network, no other account's processes, none of the course and no environment.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from iop_training.errors import GradingError

BWRAP = "bwrap"
HOME = "/home/trainee"
WORK = f"{HOME}/work"
_INSIDE = Path("/run/iop")
_START = Path(__file__).with_name("start.py")
_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "fonts")
"""Of /etc: what programs need to start, and nothing about accounts or machines."""
_SMALL = {"/dev/shm": 50_000_000, "/tmp": 50_000_000}
"""Folders in memory that programs expect to be able to write to, with their bytes."""
_FREE_UIDS = range(65520, 65534)
"""Accounts that no system gives to anybody."""
_PROBE_SECONDS = 20


@dataclass(frozen=True)
class Limits:
    """``memory`` bytes, of each process as address space and of all together as memory in use;
    ``processes`` with their threads; ``file`` bytes of one file; ``scratch`` bytes of all files;
    ``seconds`` of processor time of each process, and of the clock for everything."""

    memory: int = 2_000_000_000
    processes: int = 64
    file: int = 100_000_000
    scratch: int = 200_000_000
    seconds: int = 300

    def resources(self) -> dict[str, int]:
        """By the names of Python's module ``resource``."""
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_NPROC": self.processes,
            "RLIMIT_FSIZE": self.file,
            "RLIMIT_CPU": self.seconds,
            "RLIMIT_NOFILE": 256,
            "RLIMIT_CORE": 0,
            "RLIMIT_MEMLOCK": 0,
            "RLIMIT_MSGQUEUE": 0,
        }


@dataclass(frozen=True)
class Sandbox:
    """``files`` is copied into it, ``shared`` is the one folder that both sides write to, under the
    same path; ``hidden`` are folders that must not be seen wherever they are."""

    files: Path
    shared: Path
    hidden: tuple[Path, ...]
    limits: Limits

    def command(self, program: Sequence[str]) -> list[str]:
        """The command line that runs ``program`` in here; GradingError where Python itself is in a
        folder that must not be seen."""
        settings = {
            "uid": account(),
            "bwrap": shutil.which(BWRAP),
            "files": str(_INSIDE / "files"),
            "work": WORK,
            "limits": self.limits.resources(),
        }
        start = [sys.executable, "-I", "-S", str(_INSIDE / _START.name), json.dumps(settings)]
        return [str(shutil.which(BWRAP)), *_namespaces(), *self._mounts(), "--", *start, *program]

    def _mounts(self) -> Iterator[str]:
        yield from ("--ro-bind", "/usr", "/usr")
        for path in map(Path, _SYSTEM):
            if path.is_symlink():
                yield from ("--symlink", str(path.readlink()), str(path))
            elif path.is_dir():
                yield from ("--ro-bind", str(path), str(path))
        for name in _SETTINGS:
            yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
        yield from ("--proc", "/proc", "--dev", "/dev")
        for folder, size in {**_SMALL, HOME: self.limits.scratch}.items():
            yield from _parents(Path(folder))
            yield from ("--perms", "1777", "--size", str(size), "--tmpfs", folder)
        yield from self._python()
        yield from _at(_INSIDE / "files", self.files, "--ro-bind")
        yield from _at(_INSIDE / _START.name, _START, "--ro-bind")
        yield from _at(self.shared, self.shared, "--bind")
        yield from ("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME)

    def _python(self) -> Iterator[str]:
        """Python's folders, those that are within others after them, and what must not be seen
        covered in between."""
        shown = python_folders()
        hidden = {path.resolve() for path in self.hidden}
        for path in sorted({*shown, *hidden}, key=lambda path: len(path.parts)):
            if path in shown and path in hidden:
                raise GradingError(
                    f"Python's environment is {path}, the folder of the course, which code of "
                    "trainees must not see. Make the environment in a folder of its own, such as "
                    ".venv, as `make setup` does."
                )
            if path in shown:
                yield from _at(path, path, "--ro-bind")
            elif any(path.is_relative_to(other) for other in (*shown, Path("/usr"))):
                yield from ("--tmpfs", str(path))


def environment() -> dict[str, str]:
    """All environment variables in the sandbox: none of the supervisor's. Libraries that make a
    thread for each core make one, and reserve memory as one would."""
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), "/usr/bin", "/bin")),
        "HOME": HOME,
        "IPYTHONDIR": f"{HOME}/.ipython",
        "MPLCONFIGDIR": f"{HOME}/.matplotlib",
        "LANG": "C.UTF-8",
        "NBGRADER_EXECUTION": "autograde",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MALLOC_ARENA_MAX": "2",
        **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    }


def account() -> int | None:
    """The number of the account that code runs under; None for the supervisor's own.

    Root's processes are never counted against a limit, so root's trainees get another account.
    """
    return _FREE_UIDS[os.getpid() % len(_FREE_UIDS)] if os.geteuid() == 0 else None


def python_folders() -> set[Path]:
    """The folders this Python and its kernel are in, but those in /usr."""
    kernel = importlib.util.find_spec("ipykernel")
    found = {
        *(Path(name) for name in (sys.prefix, sys.base_prefix)),
        Path(sys.executable).resolve().parents[1],
        *(Path(path) for path in sysconfig.get_paths().values()),
        *(Path(kernel.origin).parents[1:2] if kernel and kernel.origin else ()),
    }
    existing = {each.absolute() for each in found if each.is_dir()}
    existing |= {each.resolve() for each in existing}
    return {
        each
        for each in existing
        if not any(outer in each.parents for outer in {*existing, Path("/usr")})
        and each != Path("/usr")
    }


@lru_cache(maxsize=1)
def why_not() -> str:
    """Why there is no sandbox on this machine, as words to go on with; "" where there is one."""
    if shutil.which(BWRAP) is None:
        return "bubblewrap is not installed. On Debian: sudo apt install bubblewrap"
    command = [BWRAP, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "--", "/bin/true"]
    try:
        tried = subprocess.run(
            command, capture_output=True, text=True, timeout=_PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap can't be used here ({error})"
    if tried.returncode == 0:
        return ""
    told = tried.stderr.strip().splitlines()
    return (
        f"bubblewrap can't be used here ({told[-1] if told else 'it says nothing'}). It has to be "
        "version 0.8 or newer, and the system has to let it make namespaces"
    )


def _namespaces() -> list[str]:
    """Everything apart from the rest of the machine. Root keeps what changing the account takes,
    until ``start.py`` has changed it; anybody else needs a user namespace for the rest."""
    shared = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    shared += ["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--clearenv"]
    shared += [word for pair in environment().items() for word in ("--setenv", *pair)]
    if account() is None:
        return [*shared, "--unshare-user", "--disable-userns"]
    kept = [word for name in ("SETUID", "SETGID") for word in ("--cap-add", f"CAP_{name}")]
    return [*shared, "--cap-drop", "ALL", *kept]


def _at(inside: Path, outside: Path, how: str) -> Iterator[str]:
    yield from _parents(inside)
    yield from (how, str(outside), str(inside))


def _parents(path: Path) -> Iterator[str]:
    """The folders above it, which another account than the one that makes them passes through."""
    for parent in reversed(path.parents[:-1]):
        yield from ("--perms", "0755", "--dir", str(parent))
