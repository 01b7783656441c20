"""`eig serve`: the API and the page."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from app.cli.output import answer, remark

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.settings import Settings

EXAMPLE = "eig serve --port 8080"

# Answers under way get this long when the service is told to stop.
GRACE_SECONDS = 10


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on; instead of EIG_HOST (127.0.0.1).")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on, 0 for a free one; instead of EIG_PORT (8000)."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs Neo4j (NEO4J_URI).")] = 1,
) -> None:
    """Serve the API and the page.

    Prints the address to open once it answers, and goes on until Ctrl-C or SIGTERM.
    """
    from app.settings import load_settings

    settings = load_settings(host=host, port=port)
    if workers == 1:
        _serve(settings)
    elif settings.neo4j_uri is None:
        raise typer.BadParameter(
            "the embedded database belongs to one process: leave it out, or set NEO4J_URI",
            param_hint="--workers",
        )
    else:
        _serve_by_many(settings, workers)


def _serve(settings: Settings) -> None:
    """Serve from this process. The socket listens before the database opens: who comes early waits."""
    from app.main import create_app, service_address
    from app.opening import open_store

    # SIGTERM then leaves through the `with` blocks as Ctrl-C does, so that the database is closed.
    signal.signal(signal.SIGTERM, _interrupt)
    with suppress(KeyboardInterrupt), _listen(settings) as listener:
        bound = settings.model_copy(update={"port": listener.getsockname()[1]})
        address = service_address(bound)
        with open_store(bound, service=address) as store:
            _run(create_app(bound, store=store), listener, address)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _run(app: FastAPI, listener: socket.socket, address: str) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            answer(f"open {address}/ (API manual: {address}/docs)")

    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=GRACE_SECONDS)
    Server(config).run(sockets=[listener])


def _serve_by_many(settings: Settings, workers: int) -> None:
    """Serve from several processes, which read their settings from the environment as every ASGI server's do."""
    import uvicorn

    from app.main import service_address

    os.environ.update(EIG_HOST=settings.host, EIG_PORT=str(settings.port))
    answer(f"open {service_address(settings)}/")
    uvicorn.run("app.asgi:app", factory=True, host=settings.host, port=settings.port, workers=workers, log_config=None)


def _listen(settings: Settings) -> socket.socket:
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, settings.port), family=family, backlog=2048)
    except OSError as error:
        remark(f"eig: cannot listen on {host} port {settings.port} ({error.strerror}): take another with --port")
        raise typer.Exit(1) from error
    # asyncio sets it on sockets it makes itself; without it every answer waits some 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
