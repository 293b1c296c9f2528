"""A learner at work: the real course in a workspace of its own, in JupyterLab, in Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any
from urllib.request import Request, urlopen

import psutil
import pytest
from content.case_course import write_case_course
from content.kinds import write_kinds
from lab.browser import Chromium, Watched, browser, server, start_server
from playwright.sync_api import BrowserContext, Locator, Page, expect

from iop_training.grading.cohort import copy_course
from iop_training.grading.exchange import ensure_exchange
from iop_training.grading.registry import register_release
from iop_training.grading.release import release
from iop_training.lab.server import Command, address, lab_command
from iop_training.lab.workspace import make_workspace
from iop_training.responses import Record, journal_path, read_journal

SAVED = re.compile(r"Saved \d\d:\d\d")

# What must come may come late on a slow machine.
expect.set_options(timeout=30_000)


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


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Chromium keeps JupyterLab's scripts, for all files' tests."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def chromium(profile: Path) -> Iterator[Chromium]:
    """Chromium for one file's tests; two at once in a process are more than Playwright takes."""
    with browser(profile) as started:
        yield started


@pytest.fixture
def chrome(chromium: Chromium) -> BrowserContext:
    """It, as it runs now."""
    return chromium.context


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

    def end_kernel(self, how: int = signal.SIGKILL) -> None:
        """End every kernel of this workspace as a crash would, in the middle of anything; or halt
        it with SIGSTOP."""
        found = False
        for process in psutil.process_iter(["cmdline", "cwd"]):
            line = " ".join(process.info["cmdline"] or [])
            folder = process.info["cwd"] or ""
            if "ipykernel" in line and folder.startswith(str(self.workspace)):
                os.kill(process.pid, how)
                found = True
        assert found, "no kernel of this workspace was found"


def ready(page: Page) -> None:
    """Wait until the page has run: its last widget is there."""
    page.locator(".iop-bar-status", has_text="The page is ready").wait_for(
        state="attached", timeout=60_000
    )
    page.locator(".iop-page:visible [data-iop-item]").first.wait_for(timeout=30_000)


def saved(question: Locator) -> None:
    """Wait until the question says that it is saved."""
    question.locator(".iop-status", has_text=SAVED).first.wait_for(timeout=45_000)


def at_rest(page: Page) -> None:
    """Wait until all that was answered is stored. What is typed is sent after a pause only."""
    page.wait_for_timeout(900)
    expect(page.get_by_text("Saving ...").filter(visible=True)).to_have_count(0)


class Desk:
    """A learner's folder with its running server. Each test gets it as if both were new: to start
    a server, and to make a folder from the whole course, takes longer than most tests."""

    def __init__(self, made: Path) -> None:
        self.made, self.folder = made, made / "workspace"
        self.folder.mkdir()
        self.command: Command = ([], {})
        self.server: Popen[bytes] | None = None

    def settle(self, course: Path, name: str | None, exchange: bool) -> None:
        """The folder of somebody who begins with ``course``."""
        if self.runs():
            end_kernels(self.command)
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != ".jupyter":
                shutil.rmtree(path)
            elif path.is_file() and path.name != "server.log":
                path.unlink()
        forget_settings(self.folder)
        shutil.copytree(self._model(course, exchange), self.folder, dirs_exist_ok=True)
        if name:
            (self.folder / "learner.json").write_text(json.dumps({"id": name}))
        if not self.runs():
            self.command = lab_command(self.folder)
            self.server = start_server(self.command, self.folder)

    def _model(self, course: Path, exchange: bool) -> Path:
        """A folder to copy, made once for each course."""
        place = f"{course.parent.name}-{exchange}"
        if not (self.made / place).exists():
            make_workspace(
                course, self.made / place, exchange=course / "exchange" if exchange else None
            )
        return self.made / place

    def runs(self) -> bool:
        return self.server is not None and self.server.poll() is None

    def leave(self) -> None:
        """End the server."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=30)


def end_kernels(command: Command) -> None:
    """End all that runs in a server, by its own means."""
    base, headers = address(command).partition("/lab")[0], {}
    headers["Authorization"] = f"token {command[1]['JUPYTER_TOKEN']}"
    for what in ("sessions", "kernels"):
        with urlopen(Request(f"{base}/api/{what}", headers=headers), timeout=30) as answer:
            running = json.load(answer)
        for one in running:
            place = f"{base}/api/{what}/{one['id']}"
            urlopen(Request(place, headers=headers, method="DELETE"), timeout=30).close()


def forget_settings(folder: Path) -> None:
    """Forget what a learner set in JupyterLab, such as its colors."""
    shutil.rmtree(folder / ".jupyter" / "lab", ignore_errors=True)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Where the learners of :func:`make_learner` sit, one after the other."""
    kept = Desk(tmp_path_factory.mktemp("desk"))
    yield kept
    kept.leave()


@pytest.fixture
def make_learner(
    released: Path, desk: Desk, chromium: Chromium
) -> Iterator[Callable[..., Learner]]:
    """Makes the test's learner; afterwards no dialog and no script error may have been seen."""
    made: list[Learner] = []

    def make(
        name: str | None = "ann",
        width: int = 1280,
        height: int = 720,
        exchange: bool = True,
        own_window: bool = False,
    ) -> Learner:
        assert not made, "one test has one learner"
        desk.settle(released, name, exchange)
        page = None if own_window else chromium.window
        watched = Watched(chromium.context, width, height, page)
        made.append(Learner(desk.folder, desk.command, watched, desk.server))
        return made[0]

    yield make
    for learner in made:
        desk.command, desk.server = learner.command, learner.server
        leave(learner.watched)


def leave(watched: Watched) -> None:
    """Close the window, whatever was seen in it."""
    try:
        watched.check()
    finally:
        watched.close()


@pytest.fixture(scope="session")
def kinds_folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with every kind as practice (on the first page) and graded."""
    made = tmp_path_factory.mktemp("kinds")
    course = write_kinds(made / "course")
    (course / "nbgrader_config.py").write_bytes((root / "nbgrader_config.py").read_bytes())
    release(course, "m00")
    make_workspace(course, made / "workspace")
    (made / "workspace" / "learner.json").write_text(json.dumps({"id": "ann"}))
    return made / "workspace"


@pytest.fixture(scope="session")
def kinds_server(kinds_folder: Path) -> Iterator[Command]:
    """That folder's running JupyterLab."""
    with server(lab_command(kinds_folder), kinds_folder) as started:
        yield started


@pytest.fixture
def learner(
    kinds_folder: Path, kinds_server: Command, chromium: Chromium
) -> Iterator[Callable[..., Learner]]:
    """Opens windows on it; answers of other tests are forgotten."""
    yield from windows(kinds_folder, kinds_server, chromium)


def windows(folder: Path, command: Command, chromium: Chromium) -> Iterator[Callable[..., Learner]]:
    """What opens windows on a running folder, in which nothing is answered or set yet."""
    opened: list[Watched] = []
    for journal in folder.rglob("answers/*.jsonl"):
        journal.unlink()
    forget_settings(folder)

    def window(width: int = 1280, height: int = 900) -> Learner:
        page = chromium.window if not opened else None
        opened.append(Watched(chromium.context, width, height, page))
        return Learner(folder, command, opened[-1])

    yield window
    for watched in reversed(opened):
        leave(watched)


@pytest.fixture(scope="session")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with two practice cases and an assessed one."""
    made = tmp_path_factory.mktemp("cases")
    course = write_case_course(made / "course")
    release(course, "m01")
    make_workspace(course, made / "workspace")
    (made / "workspace" / "learner.json").write_text(json.dumps({"id": "ann"}))
    return made / "workspace"


@pytest.fixture(scope="session")
def case_server(case_folder: Path) -> Iterator[Command]:
    """That folder's running JupyterLab."""
    with server(lab_command(case_folder), case_folder) as started:
        yield started


@pytest.fixture
def client(
    case_folder: Path, case_server: Command, chromium: Chromium
) -> Iterator[Callable[..., Learner]]:
    """Opens windows on it; answers of other tests are forgotten."""
    yield from windows(case_folder, case_server, chromium)
