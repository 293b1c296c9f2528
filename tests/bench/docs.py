"""Writes what was measured of grading into docs/running.md, and the curves beside it."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.curves import Curves
from bench.measure import ROOT
from bench.plan import Plan
from bench.row import Row

PAGE = ROOT / "docs" / "running.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write_docs(plan: Plan, rows: Sequence[Row], curves: Curves) -> None:
    """Replace what stands between BEGIN and END, and both pictures; ValueError when the page has
    no such place."""
    text = PAGE.read_text(encoding="utf-8")
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended):
        raise ValueError(f"{PAGE.name} has no {BEGIN} ... {END} to write between")
    curves.draw(PAGE.parent / "images")
    measured = "\n\n".join([_where(plan), _table(rows), *curves.in_words()])
    PAGE.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")


def _table(rows: Sequence[Row]) -> str:
    lines = ["| What | Measured | Aim | Beside |", "| --- | --- | --- | --- |"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def _where(plan: Plan) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("nbgrader", "SQLAlchemy"))
    return (
        f"{plan.assignment}, {os.cpu_count()} cores ({_processor()}), "
        f"Python {platform.python_version()}, {versions}; medians of {plan.repeats}, "
        f"and of {plan.turns} where a run takes seconds."
    )


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()
