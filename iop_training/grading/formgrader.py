"""Formgrader's pages: nbgrader's own, with the course's small changes."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def _template_path() -> str:
    """Formgrader's own templates, found without importing nbgrader: this module is imported by
    every reading of nbgrader_config.py, and nbgrader takes seconds."""
    spec = find_spec("nbgrader")
    assert spec and spec.submodule_search_locations, "nbgrader is installed with this package"
    (package,) = spec.submodule_search_locations
    return str(Path(package, "server_extensions", "formgrader", "templates"))


TEMPLATE_FOLDERS = [str(Path(__file__).parent / "templates"), _template_path()]
"""Where its templates are looked for; ours go first."""
