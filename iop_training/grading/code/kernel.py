"""The kernel of a code assignment: this Python's, in a sandbox, reached by sockets in a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance, default

from iop_training.grading.code.guard import Guard
from iop_training.grading.code.sandbox import Sandbox, account, environment

MAX_MESSAGE = 16_000_000
"""Bytes of one message from the kernel; a longer one is not taken."""
_WAITING = 10
"""Messages that are kept waiting in this process; more wait in the sandbox."""
CONNECTION = "kernel.json"


class BoundedClient(AsyncKernelClient):
    """Takes no message from a kernel that is too long, and few at a time."""

    @default("context")
    def _bounded_context(self) -> zmq.asyncio.Context:
        self._created_context = True
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE)
        context.setsockopt(zmq.RCVHWM, _WAITING)
        return context


class WatchedKernels(AsyncKernelManager):
    """Starts a kernel that ``guard`` watches: this Python's own, whatever the notebook asks for."""

    guard = Instance(Guard)

    def __init__(self, **traits: Any) -> None:
        super().__init__(client_factory=BoundedClient, **traits)
        program = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self._kernel_spec = KernelSpec(
            argv=program, display_name="Python 3", language="python", interrupt_mode="message"
        )

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        # What it writes past its notebook would go to the supervisor's terminal.
        with Path(os.devnull).open("wb") as nowhere:
            kw |= {"stdout": nowhere.fileno(), "stderr": nowhere.fileno()}
            await super()._async_launch_kernel(kernel_cmd, **kw)
        self.guard.watch(getattr(self.provisioner, "process"))  # noqa: B009 (a local one has it)


class SandboxedKernels(WatchedKernels):
    """The same in ``sandbox``, over sockets in its shared folder: there is no network in it."""

    sandbox = Instance(Sandbox)

    def __init__(self, **traits: Any) -> None:
        folder = traits["sandbox"].shared
        super().__init__(transport="ipc", connection_file=str(folder / CONNECTION), **traits)

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        uid = account()
        if uid is not None:
            for path in (self.sandbox.shared, self.sandbox.shared / CONNECTION):
                os.chown(path, uid, uid)
        # bubblewrap's own environment could be read in the sandbox as that of its first process.
        kw["env"] = environment()
        await super()._async_launch_kernel(self.sandbox.command(kernel_cmd), **kw)
