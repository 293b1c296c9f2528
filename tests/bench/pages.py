"""Pages and programs as people meet them: opening a lesson, saving, importing, setting up."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import ROOT
from bench.row import Row
from lab.browser import Watched, browser, server
from playwright.sync_api import Page

from iop_training.lab.server import Command, address, lab_command
from iop_training.lab.workspace import make_workspace

CLICKS = 100

# One click and the time until its question says Saved, taken inside the page.
CLICK_TO_SAVED = """async count => {
  const question = document.querySelector('[data-iop-item="m01-f01"]');
  const labels = [...question.querySelectorAll('label')];
  const status = () => question.textContent.includes('Saving') ? 'saving'
    : question.textContent.includes('Saved') ? 'saved' : '';
  const times = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    labels[n % labels.length].click();
    await new Promise(resolve => {
      const look = () => { if (status() === 'saved') { watcher.disconnect(); resolve(); } };
      const watcher = new MutationObserver(look);
      watcher.observe(question, {childList: true, subtree: true, characterData: true});
    });
    times.push(performance.now() - began);
    await new Promise(resolve => setTimeout(resolve, 30));
  }
  return times;
}"""


@contextmanager
def learner(throttle: int = 1) -> Iterator[tuple[Page, Command]]:
    """A fresh workspace with a running server and a browser, slowed down ``throttle`` times."""
    with tempfile.TemporaryDirectory(prefix="iop-bench-") as name:
        workspace = Path(name) / "workspace"
        make_workspace(ROOT, workspace)
        (workspace / "learner.json").write_text('{"id": "bench"}')
        with server(lab_command(workspace), workspace) as command, browser() as chromium:
            page = Watched(chromium.context).page
            if throttle > 1:
                session = page.context.new_cdp_session(page)
                session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
            yield page, command


def open_lesson(page: Page, command: Command) -> float:
    """Seconds from asking for the lesson to its first question that can be answered."""
    began = time.monotonic()
    page.goto(address(command).replace("Start%20here.ipynb", "lessons/m01.ipynb"))
    page.locator("[data-iop-item] input:enabled").first.wait_for(timeout=180_000)
    return time.monotonic() - began


def opening() -> Iterator[Row]:
    """Opening a lesson, as it is and with a slow processor."""
    for throttle, aim in ((1, "5 s"), (6, "20 s")):
        times = []
        for _ in range(3):
            with learner(throttle) as (page, command):
                times.append(open_lesson(page, command))
        slowed = f", processor {throttle} times slower" if throttle > 1 else ""
        yield Row(
            f"open a lesson to its first question{slowed}",
            f"{statistics.median(times):.1f} s (of {len(times)}, worst {max(times):.1f} s)",
            aim,
        )


def saving() -> Iterator[Row]:
    """From a click to the word Saved."""
    with learner() as (page, command):
        open_lesson(page, command)
        page.wait_for_timeout(3000)
        times = sorted(page.evaluate(CLICK_TO_SAVED, CLICKS))
    yield Row(
        f"click to Saved, {CLICKS} clicks",
        f"median {statistics.median(times):.0f} ms, p95 {times[int(0.95 * CLICKS) - 1]:.0f} ms",
        "p95 50 ms",
    )


def importing() -> Iterator[Row]:
    """Import times in new processes, the fastest of seven."""

    def seconds(statement: str) -> float:
        times = []
        for _ in range(7):
            began = time.monotonic()
            subprocess.run([sys.executable, "-c", statement], check=True, cwd=ROOT)
            times.append(time.monotonic() - began)
        return min(times)

    nothing = seconds("pass")
    widgets = seconds("import ipywidgets, anywidget") - nothing
    yield Row("import iop_training", f"{seconds('import iop_training') - nothing:.2f} s")
    yield Row("import ipywidgets, anywidget", f"{widgets:.2f} s", beside="to compare")
    used = seconds("from iop_training import ask, start; ask") - nothing
    yield Row(
        "from iop_training import ask, start",
        f"{used:.2f} s, {used - widgets:+.2f} s on top",
        "+0.3 s",
    )


def setup() -> Iterator[Row]:
    """From a clone to a running JupyterLab, with a new environment."""
    with tempfile.TemporaryDirectory(prefix="iop-bench-") as name:
        clone = Path(name) / "clone"
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        subprocess.run(["make", "--silent", "setup"], cwd=clone, check=True, capture_output=True)
        made = time.monotonic() - began
        lab = subprocess.Popen(
            [clone / ".venv/bin/iop-training", "lab", "--no-browser"],
            cwd=clone,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert lab.stdout is not None
        next(line for line in lab.stdout if "http" in line)
        running = time.monotonic() - began
        lab.terminate()
        lab.wait()
    yield Row("clone to environment", f"{made:.0f} s")
    yield Row("clone to a running lab", f"{running:.0f} s")
