"""Measures what people feel, and prints it beside what it is compared to. Never fails.

make bench                     everything
python tests/bench saving      one part: opening, saving, importing, setup, kills, clinic,
                               debriefs, grading
python tests/bench grading --count 500         grading at a twentieth of the size, to see it work
python tests/bench grading --write-docs        its table and curves into docs/
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]

from bench.curves import Curves  # noqa: E402
from bench.docs import write_docs  # noqa: E402
from bench.plan import Plan  # noqa: E402
from bench.row import Row  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

PARTS = {
    "opening": "pages",
    "saving": "pages",
    "importing": "pages",
    "setup": "pages",
    "kills": "clinic",
    "clinic": "clinic",
    "debriefs": "clinic",
    "grading": "grading",
}
"""Each part is the function of that name in the module."""


def main() -> None:
    """Measure the named parts, or all."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    words.add_argument("--count", type=int, default=10_000, help="of the large cohort")
    words.add_argument("--repeats", type=int, default=3, help="of which the median is taken")
    words.add_argument("--assignment", default="m07", help="that is graded")
    words.add_argument("--write-docs", action="store_true", help="grading's table and curves")
    chosen = words.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        words.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    plan = Plan(chosen.assignment, chosen.count, chosen.repeats)
    table = Table("What", "Measured", "Aim", "Beside", title="Bench", title_justify="left")
    console = Console()
    for name in chosen.parts or PARTS:
        rows: list[Row] = []
        curves: Curves | None = None
        with console.status(f"Measuring {name} ...") as status:
            try:
                for result in _measured(name, plan):
                    if isinstance(result, Curves):
                        curves = result
                    else:
                        rows.append(result)
                        status.update(f"Measuring {name} ... {result.what}: {result.measured}")
            except Exception as error:  # a bench informs; it never fails a build
                rows.append(Row(name, f"not measured: {error}"[:500]))
                curves = None
        for row in rows:
            table.add_row(*row)
        if curves and chosen.write_docs:
            write_docs(plan, rows, curves)
    console.print(table)


def _measured(name: str, plan: Plan) -> Iterator[Row | Curves]:
    part = getattr(import_module(f"bench.{PARTS[name]}"), name)
    results: Iterator[Row | Curves] = part(plan) if name == "grading" else part()
    return results


if __name__ == "__main__":
    main()
