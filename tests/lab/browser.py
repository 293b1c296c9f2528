"""Chromium for tests, and a page that fails the test on any dialog or script error."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from iop_training.lab.server import Command, wait_until_ready

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The browser's program. Its absence is a failure, not a reason to skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"No browser found ({', '.join(NAMES)}). On Debian: apt install chromium"
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


@contextmanager
def server(command: Command, folder: Path) -> Iterator[Command]:
    """A running JupyterLab."""
    running = start_server(command, folder)
    try:
        yield command
    finally:
        running.terminate()
        running.wait(timeout=30)


def start_server(command: Command, folder: Path) -> subprocess.Popen[bytes]:
    """A JupyterLab that answers; whoever starts it ends it."""
    argv, env = command
    with (folder / "server.log").open("a") as log:
        process = subprocess.Popen(argv, env=env, cwd=folder, stderr=log, stdin=subprocess.DEVNULL)
    try:
        wait_until_ready(command, process)
    except BaseException:
        process.kill()
        raise
    return process


class Watched:
    """A page, and what must not happen on it."""

    def __init__(self, browser: Browser, width: int = 1280, height: int = 720) -> None:
        context = browser.new_context(viewport={"width": width, "height": height})
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("dialog", self._on_dialog)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _on_dialog(self, dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.accept()

    def check(self) -> None:
        """No dialog of the browser or of JupyterLab, no script error."""
        assert self.faults == [], self.faults
        assert self.page.locator(".jp-Dialog").count() == 0
