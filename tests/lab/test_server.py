"""How JupyterLab is started: for whom what is on, and with what environment."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest
from lab.browser import server
from lab.notebooks import write_workspace
from typer.testing import CliRunner

import iop_training
from iop_training.cli import app
from iop_training.errors import WorkspaceError
from iop_training.lab.server import address, lab_command, run_lab, supervise_command

PACKAGE = Path(iop_training.__file__).parent


def read(path: Path) -> dict:
    return json.loads(path.read_text())


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_workspace(tmp_path / "My course")


def test_learner_gets_course_mode_and_none_of_nbgraders_tools(workspace: Path) -> None:
    _, env = lab_command(workspace)
    config = Path(env["JUPYTER_CONFIG_DIR"])
    page = read(config / "labconfig" / "page_config.json")
    assert page["iopCourseMode"] == "true"
    assert page["disabledExtensions"]["@jupyter/nbgrader"]
    server = read(config / "jupyter_server_config.json")["ServerApp"]
    extensions = server["jpserver_extensions"]
    assert not any(on for name, on in extensions.items())
    assert any(name.startswith("nbgrader") for name in extensions)
    assert server["terminals_enabled"] is False


def test_supervisor_gets_nbgraders_tools_and_no_course_mode(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text("")
    _, env = supervise_command(tmp_path)
    config = Path(env["JUPYTER_CONFIG_DIR"])
    assert "iopCourseMode" not in read(config / "labconfig" / "page_config.json")
    extensions = read(config / "jupyter_server_config.json")["ServerApp"]["jpserver_extensions"]
    assert all(extensions.values()) and len(extensions) == 4


def test_extension_is_the_packages_own_folder(workspace: Path) -> None:
    for _ in range(2):
        _, env = lab_command(workspace)
    first = Path(env["JUPYTER_PATH"].split(os.pathsep)[0])
    link = first / "labextensions" / "iop-training"
    assert link.resolve() == (PACKAGE / "labextension").resolve()


def test_own_programs_come_first_and_the_token_is_in_no_argument(workspace: Path) -> None:
    argv, env = lab_command(workspace, port=8123)
    assert env["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert not any(env["JUPYTER_TOKEN"] in part for part in argv)
    assert "--ServerApp.ip=127.0.0.1" in argv
    assert address((argv, env)) == (
        f"http://127.0.0.1:8123/lab/tree/Start%20here.ipynb?token={env['JUPYTER_TOKEN']}"
    )


def test_each_start_has_its_own_token_and_a_free_port(workspace: Path) -> None:
    assert address(lab_command(workspace)) != address(lab_command(workspace))


def test_what_is_no_course_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"course\.json"):
        lab_command(tmp_path)
    with pytest.raises(WorkspaceError, match=r"nbgrader_config\.py"):
        supervise_command(tmp_path)


def test_a_taken_port_is_said(workspace: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WorkspaceError, match="port"):
            run_lab(workspace, taken.getsockname()[1], no_browser=True, say=lambda text: None)


def test_a_second_start_opens_what_runs_already(workspace: Path) -> None:
    command = lab_command(workspace)
    said: list[str] = []
    with server(command, workspace):
        assert run_lab(workspace, no_browser=True, say=said.append) == 0
    assert address(command) in said[0]


def test_a_folder_that_is_no_course_is_said_plainly(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["lab", "--course", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not the course's own folder" in " ".join(result.output.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_keeps_its_port_for_what_a_browser_kept(workspace: Path) -> None:
    def port() -> str:
        argv, _ = lab_command(workspace)
        return next(word for word in argv if word.startswith("--ServerApp.port="))

    first = port()
    assert port() == first
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(first.partition("=")[2])))
        other.listen()
        assert port() != first
    assert port() == first
