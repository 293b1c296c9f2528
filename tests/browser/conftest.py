"""A learner at work: the real course in a workspace of its own, in JupyterLab, in Chromium."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import psutil
import pytest
from content.case_course import write_case_course
from content.kinds import write_kinds
from lab.browser import Watched, browser, server, start_server
from playwright.sync_api import BrowserContext, Locator, Page

from iop_training.grading.cohort import copy_course
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.registry import register_release
from iop_training.grading.release import release
from iop_training.lab.server import Command, address, lab_command
from iop_training.lab.workspace import make_workspace
from iop_training.responses import Record, journal_path, read_journal

SAVED = re.compile(r"Saved \d\d:\d\d")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked so."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of this checkout with its exchange ready, in a folder of its own."""
    folder = tmp_path_factory.mktemp("course") / "course"
    copy_course(root, folder)
    for assignment in ("m00", "m01"):
        register_release(folder, assignment)
    ensure_exchange(folder)
    return folder


@pytest.fixture(scope="module")
def chrome() -> Iterator[BrowserContext]:
    """Chromium for one file's tests; two at once in a process are more than Playwright takes."""
    with browser() as started:
        yield started


@dataclass
class Learner:
    """A learner's workspace, its running server, and the window that is open."""

    workspace: Path
    command: Command
    watched: Watched
    server: Popen[bytes] | None = None

    @property
    def page(self) -> Page:
        return self.watched.page

    def open(self, path: str, page: Page | None = None) -> Page:
        """Open a page of the course by its address and wait until it can be used."""
        page = page or self.page
        start = address(self.command)
        page.goto(start.replace("Start%20here.ipynb", path.replace(" ", "%20")))
        ready(page)
        return page

    def sign_in(self, name: str) -> None:
        """Choose the id, as somebody who has none yet."""
        self.page.get_by_label("Choose your id").fill(name)
        self.page.get_by_role("button", name="Use this id").click()
        self.page.get_by_text(f"You are signed in as {name}").wait_for()

    def item(self, item_id: str, page: Page | None = None) -> Locator:
        """The question of that id."""
        return (page or self.page).locator(f'[data-iop-item="{item_id}"]')

    def record(self, assignment: str) -> Record:
        """What the journal of an assignment holds."""
        return read_journal(journal_path(self.workspace / "assignments" / assignment, assignment))

    def answers(self, assignment: str) -> dict[str, Any]:
        return {i: a.value for i, a in self.record(assignment).answers.items()}

    def stop_server(self) -> None:
        """End the server and its kernels at once, as a power cut of the computer would."""
        assert self.server is not None
        kernels = psutil.Process(self.server.pid).children(recursive=True)
        self.server.kill()
        for kernel in kernels:
            kernel.kill()
        self.server.wait(timeout=30)

    def start_server(self) -> None:
        """Start the course again as the person does: a new token, the folder's own port."""
        self.command = lab_command(self.workspace)
        self.server = start_server(self.command, self.workspace)

    def kill_kernel(self) -> None:
        """End every kernel of this workspace as a crash would, in the middle of anything."""
        killed = 0
        for process in psutil.process_iter(["cmdline", "cwd"]):
            line = " ".join(process.info["cmdline"] or [])
            folder = process.info["cwd"] or ""
            if "ipykernel" in line and folder.startswith(str(self.workspace)):
                os.kill(process.pid, signal.SIGKILL)
                killed += 1
        assert killed, "no kernel of this workspace was found"


def end_server(learner: Learner) -> None:
    """End what is running for ``learner`` now."""
    if learner.server is not None:
        learner.server.terminate()
        learner.server.wait(timeout=30)


def ready(page: Page) -> None:
    """Wait until the page has run: its last widget is there."""
    page.locator(".iop-bar-status", has_text="The page is ready").wait_for(
        state="attached", timeout=60_000
    )
    page.locator(".iop-page:visible [data-iop-item]").first.wait_for(timeout=30_000)


def saved(question: Locator) -> None:
    """Wait until the question says that it is saved."""
    question.locator(".iop-status", has_text=SAVED).first.wait_for(timeout=45_000)


@pytest.fixture
def make_learner(
    released: Path, tmp_path: Path, chrome: BrowserContext
) -> Iterator[Callable[..., Learner]]:
    """Makes learners; afterwards no dialog and no script error may have been seen."""
    with ExitStack() as stack:
        made: list[Learner] = []

        def make(
            name: str | None = "ann", width: int = 1280, height: int = 720, exchange: bool = True
        ) -> Learner:
            workspace = tmp_path / f"workspace-{len(made)}"
            make_workspace(
                released, workspace, exchange=released / "exchange" if exchange else None
            )
            if name:
                (workspace / "learner.json").write_text(json.dumps({"id": name}))
            command = lab_command(workspace)
            running = start_server(command, workspace)
            made.append(Learner(workspace, command, Watched(chrome, width, height), running))
            stack.callback(end_server, made[-1])
            return made[-1]

        yield make
        for learner in reversed(made):
            learner.watched.check()
            learner.watched.close()


@pytest.fixture(scope="module")
def kinds_folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with every kind as practice (on the first page) and graded."""
    made = tmp_path_factory.mktemp("kinds")
    course = write_kinds(made / "course")
    (course / "nbgrader_config.py").write_bytes((root / "nbgrader_config.py").read_bytes())
    release(course, "m00")
    make_workspace(course, made / "workspace")
    (made / "workspace" / "learner.json").write_text(json.dumps({"id": "ann"}))
    return made / "workspace"


@pytest.fixture(scope="module")
def kinds_server(kinds_folder: Path) -> Iterator[Command]:
    """That folder's running JupyterLab."""
    with server(lab_command(kinds_folder), kinds_folder) as started:
        yield started


@pytest.fixture
def learner(
    kinds_folder: Path, kinds_server: Command, chrome: BrowserContext
) -> Iterator[Callable[..., Learner]]:
    """Opens windows on it; answers of other tests are forgotten."""
    yield from windows(kinds_folder, kinds_server, chrome)


def windows(
    folder: Path, command: Command, chrome: BrowserContext
) -> Iterator[Callable[..., Learner]]:
    """What opens windows on a running folder, in which nothing is answered yet."""
    opened: list[Watched] = []
    for journal in folder.rglob("answers/*.jsonl"):
        journal.unlink()

    def window(width: int = 1280, height: int = 900) -> Learner:
        opened.append(Watched(chrome, width, height))
        return Learner(folder, command, opened[-1])

    yield window
    for watched in reversed(opened):
        watched.check()
        watched.close()


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with two practice cases and an assessed one."""
    made = tmp_path_factory.mktemp("cases")
    course = write_case_course(made / "course")
    release(course, "m01")
    make_workspace(course, made / "workspace")
    (made / "workspace" / "learner.json").write_text(json.dumps({"id": "ann"}))
    return made / "workspace"


@pytest.fixture(scope="module")
def case_server(case_folder: Path) -> Iterator[Command]:
    """That folder's running JupyterLab."""
    with server(lab_command(case_folder), case_folder) as started:
        yield started


@pytest.fixture
def client(
    case_folder: Path, case_server: Command, chrome: BrowserContext
) -> Iterator[Callable[..., Learner]]:
    """Opens windows on it; answers of other tests are forgotten."""
    yield from windows(case_folder, case_server, chrome)
