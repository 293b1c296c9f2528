"""Chromium for tests, and a page that fails the test on any dialog or script error.

Much of what Playwright asks a page has no time limit, and a page may hang. So Chromium is ended
where it takes too long (:func:`limited`): what waits for it fails, and the next test has a new one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

import psutil
from playwright.sync_api import BrowserContext, Dialog, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

from iop_training.lab.server import Command, wait_until_ready

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The browser's program. Its absence is a failure, not a reason to skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"No browser found ({', '.join(NAMES)}). On Debian: apt install chromium"
    return found


CLOSE_SECONDS = 60
"""How long a window, or Chromium, may take to close. Usually it is less than one."""

# A real print dialog, which nothing can press, would stop the page for good.
NO_PRINT = "window.print = () => dispatchEvent(new Event('afterprint'));"


@contextmanager
def limited(seconds: float, what: str) -> Iterator[None]:
    """End this process's Chromium when ``what`` takes longer."""
    timer = Timer(seconds, _end, [f"{what} took longer than {seconds:.0f} seconds"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(why: str) -> None:
    print(f"Chromium is ended: {why}.", file=sys.stderr)
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if Path(process.name()).stem.startswith(("chrom", "google-chrome")):
                process.kill()


class Chromium:
    """A headless Chromium, which is started again where it has ended.

    The cache in its ``profile`` spares all windows but the first most of the work of reading
    JupyterLab's scripts.
    """

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright, self._profile = playwright, profile
        self._context: BrowserContext | None = None
        self._window: Page | None = None

    @property
    def context(self) -> BrowserContext:
        """The one that runs now."""
        if self._context is None:
            self._context = self._playwright.chromium.launch_persistent_context(
                self._profile, executable_path=chromium(), args=["--no-sandbox"]
            )
            self._context.add_init_script(NO_PRINT)
            self._context.on("close", self._gone)
        return self._context

    def _gone(self, _: BrowserContext) -> None:
        self._context = self._window = None

    @property
    def window(self) -> Page:
        """The window that one test after the other goes on in, which is much less work for the
        computer than a new one for each."""
        if self._window is None or self._window.is_closed():
            self._window = self.context.new_page()
        return self._window

    def close(self) -> None:
        """End it."""
        if self._context is not None:
            with limited(CLOSE_SECONDS, "closing the browser"), suppress(BrowserError):
                self._context.close()


@contextmanager
def browser(profile: Path | None = None) -> Iterator[Chromium]:
    """Chromium with a profile of its own, or with this one."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as made:
        started = Chromium(playwright, profile or Path(made))
        try:
            yield started
        finally:
            started.close()


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
    """A page, and what must not happen on it. Without ``page`` it is a new window's."""

    def __init__(
        self,
        chrome: BrowserContext,
        width: int = 1280,
        height: int = 720,
        page: Page | None = None,
    ) -> None:
        self.keep = page is not None
        self.page: Page = page or chrome.new_page()
        self.older = [other for other in chrome.pages if other is not self.page]
        self.page.set_viewport_size({"width": width, "height": height})
        self.faults: list[str] = []
        self.page.on("dialog", self._on_dialog)
        self.page.on("pageerror", self._on_error)
        self.page.on("crash", self._on_crash)

    def _on_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.accept()

    def _on_error(self, error: BrowserError) -> None:
        self.faults.append(str(error))

    def _on_crash(self, _: Page) -> None:
        self.faults.append("the page crashed")

    def check(self) -> None:
        """No dialog of the browser or of JupyterLab, no script error."""
        assert self.faults == [], self.faults
        if self.page.is_closed():
            return
        with limited(CLOSE_SECONDS, "looking for dialogs"):
            try:
                dialogs = self.page.locator(".jp-Dialog").count()
            except BrowserError:  # its own text is long, and hides why the test failed
                raise AssertionError("the page doesn't answer any more") from None
        assert dialogs == 0

    def close(self) -> None:
        """Close this window and those opened after it; what they kept in the browser is forgotten.
        (To clear the site by the browser's own means would throw away its cache.) A window that
        stays is left empty. One that doesn't answer goes, with the browser if it must."""
        with limited(CLOSE_SECONDS, "closing a window"):
            for page in [p for p in self.page.context.pages if p not in self.older]:
                with suppress(BrowserError):
                    page.evaluate("origin === 'null' || localStorage.clear()")  # sandboxed: none
                if page is not self.page or not self.keep or not self._leave():
                    with suppress(BrowserError):
                        page.close()

    def _leave(self) -> bool:
        """Whether the window is as empty as a new one."""
        self.page.remove_listener("dialog", self._on_dialog)
        self.page.remove_listener("pageerror", self._on_error)
        self.page.remove_listener("crash", self._on_crash)
        with suppress(BrowserError):
            self.page.goto("about:blank")
            return True
        return False
