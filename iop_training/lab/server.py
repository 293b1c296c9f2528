"""Starting JupyterLab: for a learner (course mode) and for a supervisor (nbgrader's tools)."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from iop_training.errors import WorkspaceError
from iop_training.lab import settings
from iop_training.lab.workspace import HOME
from iop_training.responses.identity import MANIFEST

HOST = "127.0.0.1"
START_SECONDS = 60.0
"""How long a server may take to answer before it counts as failed."""

FIRST_PAGE = f"/lab/tree/{quote(HOME)}"
KERNEL_CONFIG = "c = get_config()\nc.IPKernelApp.log_level = 40\n"

Command = tuple[list[str], dict[str, str]]


def lab_command(workspace: Path, port: int | None = None) -> Command:
    """Arguments and environment that start JupyterLab in course mode on a learner's workspace.

    Writes ``workspace/.jupyter``. The token stands in the environment (``JUPYTER_TOKEN``).
    ``port`` None takes the folder's own. WorkspaceError when the folder is no workspace.
    """
    workspace = workspace.resolve()
    for name in (MANIFEST, HOME):
        if not (workspace / name).is_file():
            raise WorkspaceError(
                f"{workspace}: there is no {name!r} here, so this is not a course folder. Name the "
                "folder that was made for the course, or another one to have it made there."
            )
    _no_hidden_part(workspace)
    config = workspace / ".jupyter"
    _write_config(config, settings.LEARNER)
    return _arguments(workspace, FIRST_PAGE, port or _own_port(config)), _environment(config)


def supervise_command(course_root: Path, port: int | None = None) -> Command:
    """Like :func:`lab_command` for supervisors: nbgrader's tools are on, course mode is off.

    Writes ``course_root/.jupyter-supervise``. WorkspaceError when it is no course folder.
    """
    course_root = course_root.resolve()
    if not (course_root / "nbgrader_config.py").is_file():
        raise WorkspaceError(
            f"{course_root}: there is no nbgrader_config.py here, so this is not the course's own "
            "folder. Name the folder that holds source/ and release/."
        )
    config = course_root / ".jupyter-supervise"
    _write_config(config, settings.SUPERVISOR)
    return _arguments(course_root, "/lab", port or _own_port(config)), _environment(config)


def run_lab(
    workspace: Path,
    port: int | None = None,
    no_browser: bool = False,
    say: Callable[[str], None] = print,
) -> int:
    """Run a learner's JupyterLab until it is stopped; its exit code. Says its address once.
    Where the course runs already, only opens it again: two servers would keep what a browser has
    not sent yet apart."""
    if port is None and (running := _running(workspace.resolve())):
        say(f"The course is running already: {address(running)}")
        if not no_browser:
            webbrowser.open(address(running))
        return 0
    return _run(lab_command(workspace, port), workspace, no_browser, say, first_page=HOME)


def run_supervise(
    course_root: Path,
    port: int | None = None,
    no_browser: bool = False,
    say: Callable[[str], None] = print,
) -> int:
    """Run a supervisor's JupyterLab until it is stopped; its exit code."""
    return _run(supervise_command(course_root, port), course_root, no_browser, say)


def address(command: Command) -> str:
    """The address to open in a browser, token included."""
    argv, env = command
    values = dict(part.removeprefix("--").split("=", 1) for part in argv if "=" in part)
    token = env["JUPYTER_TOKEN"]
    return f"http://{HOST}:{values['ServerApp.port']}{values['LabApp.default_url']}?token={token}"


def wait_until_ready(command: Command, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; WorkspaceError when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise WorkspaceError(
                f"JupyterLab ended while it started (exit code {process.returncode}). Its own "
                "message stands above; often another program uses the port: leave --port away."
            )
        try:
            _ask(command, "api/status")
            return
        except OSError:
            time.sleep(0.1)
    raise WorkspaceError(
        f"JupyterLab did not answer within {START_SECONDS:.0f} seconds. Stop "
        "other programs that keep the computer busy, then start it again."
    )


def start_page(command: Command, path: str) -> None:
    """Start the kernel of a page, so it is ready when the browser is. No loss if that fails."""
    body = {
        "path": path,
        "name": path.rpartition("/")[2],
        "type": "notebook",
        "kernel": {"name": "python3"},
    }
    try:
        _ask(command, "api/sessions", body)
    except OSError:
        return


def _run(
    command: Command,
    folder: Path,
    no_browser: bool,
    say: Callable[[str], None],
    first_page: str | None = None,
) -> int:
    argv, env = command
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)  # else the server would outlive this program
    # Without a terminal to ask on, Jupyter stops at the first Ctrl+C.
    process = subprocess.Popen(argv, env=env, cwd=folder, stdin=subprocess.DEVNULL)
    try:
        wait_until_ready(command, process)
        if first_page:
            start_page(command, first_page)
        say(f"The course is open at {address(command)} (to stop it, press Ctrl+C here)")
        if not no_browser:
            webbrowser.open(address(command))
        return process.wait()
    except KeyboardInterrupt:
        say("The course is stopped.")
        return 0
    finally:
        _stop(process)


def _running(workspace: Path) -> Command | None:
    """How to reach the server that runs on this folder and its own port already."""
    from jupyter_server.serverapp import list_running_servers

    kept = workspace / ".jupyter" / "port"
    own = kept.read_text(encoding="utf-8").strip() if kept.is_file() else None
    for server in list_running_servers() if own else ():
        if (server["root_dir"], str(server["port"])) == (str(workspace), own):
            arguments = _arguments(workspace, FIRST_PAGE, server["port"])
            command = (arguments, {"JUPYTER_TOKEN": server["token"]})
            try:
                _ask(command, "api/status")
            except OSError:
                continue
            return command
    return None


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server; it ends its kernels."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ask(command: Command, path: str, body: Mapping[str, Any] | None = None) -> None:
    base, _, _ = address(command).partition("/lab")
    request = urllib.request.Request(
        f"{base}/{path}",
        data=json.dumps(body).encode() if body else None,
        headers={
            "Authorization": f"token {command[1]['JUPYTER_TOKEN']}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        answer.read()


def _arguments(root: Path, page: str, port: int) -> list[str]:
    argv = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url={page}",
    ]
    # Containers often have no other user; Windows has no geteuid.
    if getattr(os, "geteuid", lambda: 1)() == 0:
        argv.append("--allow-root")
    return argv


def _environment(config: Path) -> dict[str, str]:
    """The own environment, with this course's config, extension and programs put first."""
    env = dict(os.environ)
    paths = [str(config / "share" / "jupyter"), env.get("JUPYTER_PATH", "")]
    # nbgrader calls alembic by name: the environment's programs come first on PATH.
    programs = [str(Path(sys.executable).parent), env.get("PATH", "")]
    env.update(
        JUPYTER_CONFIG_DIR=str(config),
        JUPYTER_PREFER_ENV_PATH="0",  # else the environment's files would outrank ours
        JUPYTER_PATH=os.pathsep.join(filter(None, paths)),
        IPYTHONDIR=str(config / "ipython"),
        JUPYTER_TOKEN=secrets.token_urlsafe(24),
        PATH=os.pathsep.join(filter(None, programs)),
    )
    for name in ("JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_NO_CONFIG"):
        env.pop(name, None)
    return env


def _write_config(config: Path, role: settings.Role) -> None:
    """The config folder of a role. JupyterLab keeps the reader's own settings in it as well."""
    labconfig = config / "labconfig"
    labconfig.mkdir(parents=True, exist_ok=True)
    files = {
        config / "jupyter_server_config.json": role.server,
        labconfig / "page_config.json": role.page,
        labconfig / "default_setting_overrides.json": role.overrides,
    }
    for path, data in files.items():
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    # A profile of its own: no start-up file of the account runs in a page, and the kernel's
    # warning about its transport, which nobody here can act on, stays out of the terminal.
    profile = config / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, encoding="utf-8")
    _place_extension(config / "share" / "jupyter" / "labextensions" / "iop-training")


def _place_extension(link: Path) -> None:
    """Make ``link`` show the package's own labextension folder, which is never a stale copy."""
    source = Path(__file__).resolve().parent.parent / "labextension"
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_symlink():
        link.unlink()
    elif link.exists():
        shutil.rmtree(link)
    try:
        link.symlink_to(source, target_is_directory=True)
    except OSError:  # Windows without the right to make links: a new copy at every start
        shutil.copytree(source, link)


def _no_hidden_part(workspace: Path) -> None:
    if workspace.name.startswith("."):
        raise WorkspaceError(
            f"{workspace}: Jupyter does not open folders whose name starts with a dot. Choose "
            "another name for the course folder."
        )


def _own_port(config: Path) -> int:
    """The folder's own port, so that its address stays the same: a browser keeps answers that
    are not saved yet by address. Another free one while that is taken."""
    kept = config / "port"
    try:
        own = int(kept.read_text(encoding="utf-8"))
        return _free_port(own)
    except (OSError, ValueError, OverflowError):
        port = _free_port(0)
    if not kept.exists():
        kept.write_text(f"{port}\n", encoding="utf-8")
    return port


def _free_port(port: int) -> int:
    """``port`` (0: any) when it is free, else OSError."""
    with socket.socket() as probe:
        if os.name == "posix":  # a server that has just ended doesn't hold it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        return int(probe.getsockname()[1])
