"""What JupyterLab is told for learners and for supervisors, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NBGRADER_SERVER = tuple(
    f"nbgrader.server_extensions.{name}"
    for name in ("formgrader", "validate_assignment", "assignment_list", "course_list")
)

# What a reader never meets, and so need not wait for: each costs start-up time. The shortcuts are
# off because a single key (x, d d) would cut a part of the page; the layout because JupyterLab
# would open, and course mode run, every page of the last visit.
LEARNER_DISABLED = (
    "@jupyter/nbgrader",
    "@jupyter-notebook/lab-extension",
    *(
        f"@jupyterlab/{name}-extension"
        for name in (
            "celltags",
            "console",
            "csvviewer",
            "debugger",
            "documentsearch",
            "extensionmanager",
            "filebrowser",
            "fileeditor",
            "help",
            "htmlviewer",
            "imageviewer",
            "inspector",
            "launcher",
            "logconsole",
            "lsp",
            "mainmenu",
            "markdownviewer",
            "mermaid",
            "metadataform",
            "pluginmanager",
            "running",
            "settingeditor",
            "shortcuts",
            "statusbar",
            "terminal",
            "toc",
            "tooltip",
            "workspaces",
            "audio",
            "video",
        )
    ),
    "@jupyterlab/application-extension:dirty",  # asks on leaving; here nothing is in need of it
    "@jupyterlab/application-extension:layout",
    "@jupyterlab/application-extension:property-inspector",
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/apputils-extension:kernel-status",
    "@jupyterlab/apputils-extension:palette",
    "@jupyterlab/apputils-extension:palette-restorer",
    "@jupyterlab/apputils-extension:running-sessions-status",
    "@jupyterlab/apputils-extension:splash",
    "@jupyterlab/hub-extension:connectionlost",  # the course bar says it instead of a dialog
    *(
        f"@jupyterlab/notebook-extension:{name}"
        for name in (
            "export",
            "kernel-status",
            "language-server",
            "open-with-no-kernel",
            "search",
            "toc",
            "update-raw-mimetype",
        )
    ),
)


@dataclass(frozen=True)
class Role:
    """The three files of a config folder: jupyter_server_config, page_config, overrides."""

    server: dict[str, Any]
    page: dict[str, Any]
    overrides: dict[str, Any]


def _server(extensions: dict[str, bool], terminals: bool, log_level: str) -> dict[str, Any]:
    return {
        "ServerApp": {
            "jpserver_extensions": extensions,
            "terminals_enabled": terminals,
            "log_level": log_level,
            "kernel_websocket_connection_class": "iop_training.lab.websocket.PromptConnection",
        },
        "LabApp": {
            "log_level": log_level,
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        },
    }


_EVERYBODY: dict[str, Any] = {
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
    },
    "@jupyterlab/apputils-extension:sessionDialogs": {"skipKernelRestartDialog": True},
    "@jupyterlab/docmanager-extension:plugin": {
        "autosave": True,
        "autosaveInterval": 15,
        "confirmClosingDocument": False,
    },
}

LEARNER = Role(
    server=_server(
        {
            **dict.fromkeys(NBGRADER_SERVER, False),
            "jupyter_lsp": False,
            "jupyter_server_terminals": False,
            "notebook": False,
        },
        terminals=False,
        log_level="ERROR",  # the warnings mean nothing to a reader, and hide the address
    ),
    page={
        "iopCourseMode": "true",
        "buildCheck": False,
        "buildAvailable": False,
        "disabledExtensions": dict.fromkeys(LEARNER_DISABLED, True),
    },
    overrides={
        **_EVERYBODY,
        "@jupyterlab/application-extension:context-menu": {"disabled": True},
        # Widgets' messages keep their order with the cells, and restarts cancel fewer requests.
        "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
        "@jupyterlab/notebook-extension:tracker": {
            "autoStartDefaultKernel": True,
            "kernelShutdown": True,
            "scrollPastEnd": False,
            "showEditorForReadOnlyMarkdown": False,
            "windowingMode": "none",
        },
    },
)

SUPERVISOR = Role(
    server=_server(dict.fromkeys(NBGRADER_SERVER, True), terminals=True, log_level="WARN"),
    page={},
    overrides=_EVERYBODY,
)
