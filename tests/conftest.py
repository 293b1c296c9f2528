"""Shared fixtures: a small course of its own, so that no test hangs on today's content."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

# A console keeps a width that it finds when it is made: make it before a test tells one.
os.environ.pop("COLUMNS", None)
import iop_training.cli.common  # noqa: F401

# How long an example takes is the machine's matter: speed is measured in the benchmark.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

BROWSER_TEST_SECONDS = 240
"""How long a test with a browser may take; a slow one takes 20 seconds on a fast machine."""

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine may be late once: what fails in it is tried once more, and the
    summary says so (R)."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A page that hangs ends with its browser, and the test fails where it waits for it."""
    if not item.get_closest_marker("browser"):
        return (yield)
    from lab.browser import limited

    with limited(BROWSER_TEST_SECONDS, item.name):
        return (yield)
