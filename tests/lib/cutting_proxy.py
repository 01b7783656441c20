"""A proxy between a driver and a database that cuts the connection at the commit of a write, once told to.

Bolt sends messages in chunks: two bytes of length, the bytes, and two zero bytes at the end. A COMMIT without fields is
the structure B0 12.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Literal
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
# What only a writing transaction of ours sends.
LOGGED = b"CREATE (:Write "
Cut = Literal["before", "after"]


class CuttingProxy:
    """Passes bytes on both ways. `cut` says how the next commits end: before the server has them, or after it did them.

    A commit that is cut `after` reaches the server, and its answer, which is waited for, does not reach the driver.
    """

    def __init__(self, uri: str) -> None:
        server = urlsplit(uri)
        self._server = (server.hostname or "", server.port or 0)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self.cut: list[Cut] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                muted = threading.Event()
                threading.Thread(target=self._to_server, args=(client, server, muted), daemon=True).start()
                threading.Thread(target=self._to_client, args=(client, server, muted), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket, muted: threading.Event) -> None:
        wrote = False
        with suppress(OSError):
            while data := client.recv(65536):
                wrote = wrote or LOGGED in data
                if wrote and data.endswith(COMMIT):
                    wrote = False
                    cut = self.cut.pop(0) if self.cut else None
                    if cut == "before":
                        break
                    if cut == "after":
                        muted.set()
                server.sendall(data)
                if muted.is_set():
                    return  # the other thread hangs up once the server has answered
        _hang_up(client, server)

    def _to_client(self, client: socket.socket, server: socket.socket, muted: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if muted.is_set():
                    break
                client.sendall(data)
        _hang_up(client, server)


def _hang_up(*sockets: socket.socket) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
