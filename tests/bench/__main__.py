"""Measures what people feel, and prints it beside what it is compared to. Never fails.

make bench                     everything
python tests/bench.py saving   one part: opening, saving, importing, setup, grading, kills,
                               clinic, debriefs
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from lab.browser import Watched, browser, server  # noqa: E402
from playwright.sync_api import Page  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from iop_training.lab.server import Command, address, lab_command  # noqa: E402
from iop_training.lab.workspace import make_workspace  # noqa: E402

Row = tuple[str, str, str]
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
        with server(lab_command(workspace), workspace) as command, browser() as chrome:
            page = Watched(chrome).page
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
        yield (
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
    yield (
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
    yield "import iop_training", f"{seconds('import iop_training') - nothing:.2f} s", ""
    yield "import ipywidgets, anywidget", f"{widgets:.2f} s", "(to compare)"
    used = seconds("from iop_training import ask, start; ask") - nothing
    yield (
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
    yield "clone to environment", f"{made:.0f} s", ""
    yield "clone to a running lab", f"{running:.0f} s", ""


def grading() -> Iterator[Row]:
    """The demo cohort through nbgrader with our configuration."""
    from iop_training.grading.cohort import copy_course, simulate
    from iop_training.grading.feedback import generate_feedback
    from iop_training.grading.grade import grade

    count = 30
    with tempfile.TemporaryDirectory(prefix="iop-bench-") as name:
        course = Path(name) / "course"
        copy_course(ROOT, course)
        simulate(course, "m01", count, seed=1)
        grade(course, "m01", ["trainee-01"])
        began = time.monotonic()
        grade(course, "m01")
        per_submission = (time.monotonic() - began) / (count - 1)
        yield "grade a submission of m01", f"{per_submission:.2f} s", "stock nbgrader 2.3 to 3.0 s"
        began = time.monotonic()
        generate_feedback(course, "m01")
        yield "make a feedback page", f"{(time.monotonic() - began) / count:.2f} s", ""


def kills() -> Iterator[Row]:
    """Processes killed while they answer."""
    from responses.test_durability import kill_repeatedly

    with tempfile.TemporaryDirectory(prefix="iop-bench-") as name:
        began = time.monotonic()
        kept = kill_repeatedly(Path(name), 1000)
        took = time.monotonic() - began
    yield "1,000 SIGKILLs while answering", f"{kept:,} answers, 0 lost, {took:.0f} s", "0 lost"


def clinic() -> Iterator[Row]:
    """The engine: turns with the lines on offer drawn up, exploring, and what is kept."""
    from random import Random

    from simulation.cases import example, large

    from iop_training.simulation import Session, transcript_text
    from iop_training.simulation.graph import explore
    from iop_training.simulation.proof import prove
    from iop_training.simulation.script import Script

    script, chance, turns, began = Script(example()), Random(1), 0, time.monotonic()
    while (took := time.monotonic() - began) < 3:
        session = Session.start(script, "seed")
        while not session.ended:
            session = session.choose(chance.choice(session.offered).id)
            turns += 1
    yield "turns of a case", f"{turns / took:,.0f} a second", "50,000 a second"
    began = time.monotonic()
    graph = explore(large())
    took = time.monotonic() - began
    lines = sum(map(len, graph.lines))
    yield (
        f"explore a case of {len(graph.spots):,} states",
        f"{took:.1f} s: {len(graph.spots) / took:,.0f} states, {lines / took:,.0f} lines a second",
        "",
    )
    began = time.monotonic()
    prove(large())
    yield "prove it, dull strategies with it", f"{time.monotonic() - began:.1f} s", "60 s"
    size = len(transcript_text(session.transcript).encode())
    saved = len(json.dumps(session.to_list()).encode())
    yield f"a session of {len(session.chosen)} turns", f"{saved} bytes saved, {size:,} as text", ""


def debriefs() -> Iterator[Row]:
    """The outlook of each case of the course, and debriefs once it is known."""
    from random import Random

    from iop_training.content.cases import load_case
    from iop_training.scoring.debrief import debrief
    from iop_training.simulation import Session
    from iop_training.simulation.graph import explore
    from iop_training.simulation.outlook import Outlook

    made, took = 0, 0.0
    for path in sorted((ROOT / "data" / "cases").glob("*.yaml")):
        case, chance, began = load_case(ROOT, path.stem), Random(1), time.monotonic()
        outlook = Outlook(explore(case))
        outlook.highest(outlook.graph.spots[0])
        known = time.monotonic() - began
        states = f"{len(outlook.graph.spots):,} states"
        yield f"outlook of {case.id}, once in a process", f"{known * 1000:,.0f} ms, {states}", ""
        for n in range(50):
            session = Session.start(outlook.graph.script, str(n))
            while not session.ended:
                session = session.choose(chance.choice(session.offered).id)
            saved, began = session.to_list(), time.monotonic()
            debrief(case, saved, outlook)
            made, took = made + 1, took + time.monotonic() - began
    yield "debriefs, outlook known", f"{made / took:,.0f} a second", ""
    size = len(debrief(case, saved, outlook).model_dump_json())
    kept = len(json.dumps(saved).encode())
    yield (
        f"a session of {case.id}, {len(session.chosen)} turns",
        f"{kept} bytes saved, its debrief {size:,}",
        "",
    )


PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    part.__name__: part
    for part in (opening, saving, importing, setup, grading, kills, clinic, debriefs)
}


def main() -> None:
    """Measure the named parts, or all."""
    table = Table("What", "Measured", "Aim", title="Bench", title_justify="left")
    console = Console()
    for name in sys.argv[1:] or PARTS:
        with console.status(f"Measuring {name} ..."):
            try:
                for row in PARTS[name]():
                    table.add_row(*row)
            except Exception as error:  # a bench informs; it never fails a build
                table.add_row(name, f"not measured: {error}"[:200], "")
    console.print(table)


if __name__ == "__main__":
    main()
