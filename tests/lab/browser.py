"""Chromium for tests, and a page that fails the test on any dialog or script error."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from iop_training.lab.server import Command, wait_until_ready

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The browser's program. Its absence is a failure, not a reason to skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"No browser found ({', '.join(NAMES)}). On Debian: apt install chromium"
    return found


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """A headless Chromium with a profile of its own, whose cache spares all windows but the first
    most of the work of reading JupyterLab's scripts."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        chrome = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=["--no-sandbox"]
        )
        yield chrome
        chrome.close()


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

    def __init__(self, chrome: BrowserContext, width: int = 1280, height: int = 720) -> None:
        self.older = list(chrome.pages)
        self.page: Page = chrome.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
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

    def close(self) -> None:
        """Close this window and those opened after it; what they kept in the browser is forgotten.
        (To clear the site by the browser's own means would throw away its cache.)"""
        for page in [p for p in self.page.context.pages if p not in self.older]:
            page.evaluate("origin === 'null' || localStorage.clear()")  # a sandboxed page has none
            page.close()
