"""Formgrader's pages: nbgrader's own, with the course's small changes."""

from __future__ import annotations

from pathlib import Path

from nbgrader.server_extensions.formgrader.handlers import template_path

TEMPLATE_FOLDERS = [str(Path(__file__).parent / "templates"), template_path]
"""Where its templates are looked for; ours go first."""
