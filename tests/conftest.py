"""Shared fixtures: a small course of its own, so that no test hangs on today's content."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# A console keeps a width that it finds when it is made: make it before a test tells one.
os.environ.pop("COLUMNS", None)
import iop_training.cli.common  # noqa: F401

# How long an example takes is the machine's matter: speed is measured in the benchmark.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
