"""The shape of the package: who imports whom, how big files are, what an import costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "iop_training"

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "model": {"errors"},
    "content": {"errors", "model"},
    "simulation": {"errors", "model", "content"},
    "responses": {"errors", "model"},
    "scoring": {"errors", "model", "content", "simulation"},
    "rendering": {"errors", "model", "content", "simulation", "scoring"},
    "figures": {"errors", "model", "content", "simulation", "scoring", "rendering"},
    "widgets": {
        "errors",
        "model",
        "content",
        "simulation",
        "responses",
        "scoring",
        "rendering",
        "figures",
    },
    "signoff": {"errors", "model", "content", "scoring", "rendering"},
    "lab": {"errors", "model", "content", "responses"},
    "grading": {
        "errors",
        "model",
        "content",
        "simulation",
        "responses",
        "scoring",
        "rendering",
        "figures",
    },
    "reports": {
        "errors",
        "model",
        "content",
        "simulation",
        "responses",
        "scoring",
        "rendering",
        "figures",
        "grading",
    },
}
MAY_IMPORT["cli"] = set(MAY_IMPORT)
EVERYWHERE = {"", "cli"}  # the package itself and its command line see everything

ONLY_IN = {
    "nbgrader": {"grading"},
    "pandas": {"figures", "reports"},
    "matplotlib": {"figures"},
    "anywidget": {"widgets"},
    "ipywidgets": {"widgets"},
    "distributed": {"grading"},
}


def part_of(path: Path) -> str:
    """The part of the package a file is in; "" for the top modules."""
    relative = path.relative_to(PACKAGE)
    first = relative.parts[0].removesuffix(".py")
    return "" if first in ("__init__", "__main__") else first


def imports(path: Path) -> Iterator[str]:
    """Dotted names a file imports anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            yield node.module or ""


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "iop_training" and len(parts) > 1 and part not in EVERYWHERE:
            assert parts[1] == part or parts[1] in MAY_IMPORT[part], (
                f"{path.relative_to(PACKAGE)} imports {name}; {part} may import "
                f"{sorted(MAY_IMPORT[part])}"
            )
        if parts[0] in ONLY_IN:
            assert part in ONLY_IN[parts[0]], f"{path.relative_to(PACKAGE)} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_readable(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 350, f"{path.relative_to(PACKAGE)} has {lines} lines; split it"


@pytest.mark.parametrize(
    "statement", ["import iop_training", "from iop_training import ask, start"]
)
def test_import_is_silent_and_light(statement: str) -> None:
    script = (
        f"{statement}\nimport sys\n"
        "heavy = {'nbgrader', 'pandas', 'matplotlib', 'nbconvert', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stdout)"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"
    assert result.stderr == ""
