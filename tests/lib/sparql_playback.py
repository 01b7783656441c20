"""A SPARQL service on loopback that plays back answers, and answers in the form that such services give."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, TypeAlias
from urllib.parse import parse_qs

WIKIDATA = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True)
class Reply:
    """What the service answers. cut: bytes that are left out at the end. wait: seconds before it answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int = 0
    wait: float = 0.0


@dataclass(frozen=True)
class Asked:
    """What a client sent."""

    method: str
    query: str
    headers: Mapping[str, str]


Player: TypeAlias = Callable[[str], Reply]


class Playback:
    """Plays what `player` says to each query, and remembers what was asked."""

    def __init__(self, player: Player) -> None:
        self.asked: list[Asked] = []
        playback = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                (query,) = form["query"]
                playback.asked.append(Asked(self.command, query, dict(self.headers)))
                self.play(player(query))

            def play(self, reply: Reply) -> None:
                time.sleep(reply.wait)
                try:
                    self.send_response(reply.status)
                    for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(reply.body[: len(reply.body) - reply.cut])
                except ConnectionError:
                    """The client has gone."""

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/sparql"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def playing(player: Player) -> Iterator[Playback]:
    """A service that runs as long as the block."""
    playback = Playback(player)
    try:
        yield playback
    finally:
        playback.stop()


def in_turn(*replies: Reply) -> Player:
    """Plays one reply after the other, and the last one from then on."""
    rest = list(replies)
    return lambda _query: rest.pop(0) if len(rest) > 1 else rest[0]


def rows(*bindings: Mapping[str, Any]) -> Reply:
    """An answer with these bindings: see `value`."""
    return Reply(result(*bindings), headers={"Content-Type": "application/sparql-results+json"})


def result(*bindings: Mapping[str, Any]) -> bytes:
    """The JSON of an answer."""
    names: Sequence[str] = list(dict.fromkeys(name for binding in bindings for name in binding))
    shown = [{name: value(each) for name, each in binding.items()} for binding in bindings]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": shown}}).encode()


def value(of: Any) -> dict[str, str]:
    """A value as a service writes it: "Q5" an item, a number, (text, language) a text, other text as it is."""
    if isinstance(of, dict):
        return of
    if isinstance(of, int):
        return {"type": "literal", "datatype": f"{XSD}integer", "value": str(of)}
    if isinstance(of, tuple):
        return {"type": "literal", "xml:lang": of[1], "value": of[0]}
    if of[:1] == "Q" and of[1:].isdecimal():
        return {"type": "uri", "value": WIKIDATA + of}
    if of[-1:] == "Z" and "T" in of:
        return {"type": "literal", "datatype": f"{XSD}dateTime", "value": of}
    return {"type": "literal", "value": of}
