"""What may stand between a driver and a server: a relay that records, and listeners that are no database."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Relay:
    """Passes bytes on both ways; `sent` is what the driver said.

    change: may change what the server says, but not its size. holds: the server is not told when the driver hangs up.
    """

    def __init__(self, uri: str, change: Callable[[bytes], bytes] | None = None, *, holds: bool = False) -> None:
        server = urlsplit(uri)
        self._server = (server.hostname or "", server.port or 7687)
        self._change = change or bytes
        self._holds = holds
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self.sent = bytearray()
        self._held: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections, and end those that are held."""
        for each in (self._listening, *self._held):
            _hang_up(each)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                threading.Thread(target=self._pass, args=(client, server, self._heard), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, self._change), daemon=True).start()

    def _heard(self, data: bytes) -> bytes:
        self.sent += data
        return data

    def _pass(self, source: socket.socket, target: socket.socket, change: Callable[[bytes], bytes]) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(change(data))
        if self._holds:
            self._held += [source, target]
            return
        _hang_up(source)
        _hang_up(target)


def _hang_up(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()


@contextmanager
def listener(answer: bytes | None) -> Iterator[str]:
    """Host and port of something that listens, answers everyone with these bytes and hangs up; None for silence."""
    listening = socket.create_server(("127.0.0.1", 0))
    silent: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                if answer is None:
                    silent.append(client)
                    continue
                client.recv(4096)
                client.sendall(answer)
                client.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    for each in (listening, *silent):
        each.close()
