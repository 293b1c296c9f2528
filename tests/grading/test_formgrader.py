"""Formgrader in a real server: its autograde button, and its page without the internet."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from people import RIGHT, submitted

START_SECONDS = 60
EXTENSION = "nbgrader.server_extensions.formgrader=True"
SETTINGS = (
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    "--no-browser",
    "--allow-root",
    f"--ServerApp.jpserver_extensions={EXTENSION}",
)


@pytest.fixture
def formgrader(course: Path, tmp_path: Path, root: Path) -> Iterator[Callable[..., str]]:
    """Asks the server that was started in the course folder; the body of the answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path), "PYTHONPATH": str(root)}
    log = (tmp_path / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *SETTINGS, f"--port={port}"],
        cwd=course,
        env=environment,
        stdout=log,
        stderr=log,
    )

    def ask(path: str, method: str = "GET") -> str:
        url = f"http://127.0.0.1:{port}/formgrader/{path}"
        request = urllib.request.Request(url, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.read().decode())

    try:
        _wait(ask, server)
        yield ask
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _wait(ask: Callable[..., str], server: subprocess.Popen[bytes]) -> None:
    for _ in range(START_SECONDS * 5):
        assert server.poll() is None, "the server ended"
        try:
            ask("api/status")
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail("the server did not answer")


def test_its_button_grades_and_its_page_needs_no_internet(
    course: Path, tmp_path: Path, gradebook: Any, formgrader: Callable[..., str]
) -> None:
    submitted(course, "ann", RIGHT | {"m01-w01": "Why."}, tmp_path)
    result = json.loads(formgrader("api/submission/m01/ann/autograde", "POST"))
    assert result["success"], result
    with gradebook() as book:
        notebook = book.find_submission_notebook("m01", "m01", "ann")
        assert notebook.score == 5.0 and notebook.needs_manual_grade
        page = formgrader(f"submissions/{notebook.id}/")
    assert "Anchor text of the fourth level" in page and "graded option b" in page
    assert 'class="iop iop-answer"><p>Why.</p>' in page
    loaded = re.findall(r'(?:src|href)="(?:https?:)?(//[^"]+)"', page)
    assert loaded == [] and "window.MathJax" in page

    result = json.loads(formgrader("api/assignment/m01/generate_feedback", "POST"))
    assert result["success"], result
    feedback = (course / "feedback" / "ann" / "m01" / "m01.html").read_text(encoding="utf-8")
    assert "<title>Feedback: A small module</title>" in feedback and "Anchor" not in feedback
