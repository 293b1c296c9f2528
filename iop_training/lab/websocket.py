"""A kernel connection that sends every message at once.

Without TCP_NODELAY the server holds a second small message back until the browser has
acknowledged the first, which a browser does 40 ms late: "Saved" would come that much later.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own connection, with the delay off."""

    def connect(self) -> Any:
        """Connect to the kernel, as Jupyter does."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
