"""A small released course, made once and copied for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from content.course import write_course
from content.sessions import write_sessions
from grading.odd import hand_in_oddly
from nbgrader.api import Gradebook

from iop_training.grading.release import release

CONFIG = "nbgrader_config.py"


@pytest.fixture(scope="session")
def template(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course after its first release."""
    folder = write_course(tmp_path_factory.mktemp("course") / "course")
    shutil.copyfile(root / CONFIG, folder / CONFIG)
    release(folder, "m01")
    return folder


@pytest.fixture(scope="session")
def odd(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with a submission of every kind; for tests to copy."""
    course = Path(shutil.copytree(template, tmp_path_factory.mktemp("odd") / "course"))
    hand_in_oddly(course, tmp_path_factory.mktemp("made"))
    return course


@pytest.fixture(scope="session")
def sessions(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course with a session in its assignment m13, released; for tests to copy."""
    folder = write_sessions(tmp_path_factory.mktemp("sessions") / "course")
    shutil.copyfile(root / CONFIG, folder / CONFIG)
    release(folder, "m13")
    return folder


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    """A released course of the test's own."""
    return Path(shutil.copytree(template, tmp_path / "course"))


@pytest.fixture
def gradebook(course: Path) -> Callable[[], Any]:
    """Opens the course's gradebook as anybody with nbgrader would."""

    @contextmanager
    def opened() -> Iterator[Gradebook]:
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "iop") as book:
            yield book

    return opened


@pytest.fixture
def program(root: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a program of this environment, which is not activated, with the package at hand."""

    def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        environment |= {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root)}
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
