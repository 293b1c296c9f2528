"""The order of the course: where a module stands in it."""

from __future__ import annotations

from collections.abc import Collection

HOME_MODULE = "m00"


def place_in_course(module: str, with_sessions: Collection[str]) -> tuple[int, str]:
    """Sorts modules as the course has them: *Start here*, the first week, then modules by id.

    Practice cases come after the modules, and before those in whose assignment a session with a
    client is graded (``with_sessions``).
    """
    if module == HOME_MODULE:
        part = 0
    elif module in with_sessions:
        part = 4
    else:
        part = {"w": 1, "m": 2, "c": 3}[module[0]]
    return part, module


def in_first_week(module: str) -> bool:
    """Whether it is done before somebody sits with a client: w01."""
    return module.startswith("w")
