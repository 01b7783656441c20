"""Who may talk to the service: known hosts, known origins, and for writing the holder of the key.

A page of a stranger can make a browser send requests to loopback. Against DNS rebinding the Host header must be known;
against plain cross-site requests whatever is not a GET is refused to foreign origins. Reading across origins is left
to the browser, which asks CORS.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import ProblemException, problem_response
from app.settings import Settings, is_loopback

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
DEFAULT_PORTS = {"http": 80, "https": 443}

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The API manual is Swagger UI: it starts from a script inside its page and sets styles on its elements.
MANUAL_POLICY = PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)
MANUAL_PATHS = frozenset({"/docs"})

bearer = HTTPBearer(auto_error=False, scheme_name="EIG_API_KEY", description="The key of EIG_API_KEY.")


class SecurityHeaders:
    """Adds the headers that keep a browser from doing more with an answer than we meant; a route's own go before."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", _policy(scope["path"]))
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            await send(message)

        await self._app(scope, receive, send_with_headers)


class RequestGuard:
    """Refuses requests to hosts that we are not, and requests other than reads from pages that are not ours."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._hosts = known_hosts(settings)
        self._origins = frozenset(settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with what is wrong."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            answer = problem_response(refusal.status_code, refusal.code, refusal.detail)
            await answer(scope, receive, send)

    def _refusal(self, scope: Scope) -> ProblemException | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host_name(host) not in self._hosts:
            return ProblemException(
                421, "unknown_host", f"This service is not known as {host!r}: name it in EIG_HOSTS."
            )
        origin = headers.get("origin")
        if scope["method"] in SAFE_METHODS or not is_foreign(origin, host=host) or self._trusts(origin):
            return None
        return ProblemException(403, "foreign_origin", f"Pages of {origin} may not do this: see EIG_CORS_ORIGINS.")

    def _trusts(self, origin: str | None) -> bool:
        return "*" in self._origins or origin in self._origins


class BodyLimit:
    """Ends the reading of a body that is larger than `limit` bytes."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whoever reads its body gets an error where the limit is."""
        left = self._limit

        async def receive_some() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise ProblemException(
                    413, "too_large", "The request is too large: send fewer or shorter articles (EIG_MAX_BODY_MB)."
                )
            return message

        await self._app(scope, receive_some, send)


def box_policy(sites: Collection[str], style: str) -> str:
    """What the box of an article may do, and which `sites` may embed it: none, all for `*`, or those and our own.

    style: the source of its colours.
    """
    framers = "*" if "*" in sites else " ".join(["'self'", *sites]) if sites else "'none'"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' {style}; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {framers}"
    )


def check_write(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
    """Let a write through: with the key where one is set, else only on loopback and not from a foreign page."""
    settings: Settings = request.app.state.settings
    if settings.api_key is not None:
        _check_key(sent, settings.api_key.get_secret_value())
    elif not (settings.on_loopback and _arrived_on_loopback(request)):
        raise ProblemException(
            403, "writes_closed", "Writing is closed: the service is bound beyond loopback and EIG_API_KEY is not set."
        )
    elif _from_foreign_page(request):
        raise ProblemException(403, "foreign_origin", "Pages of other origins may read, but not write.")


def from_operator(request: Request, sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> bool:
    """Whether who runs the service asks: with its key, or on loopback and not through a page of another origin.

    A request for a public name that a proxy on this machine passes on is a stranger's. A wrong key is refused (401), so
    that its holder learns of it, where the service has one.
    """
    settings: Settings = request.app.state.settings
    if settings.api_key is not None and sent is not None:
        _check_key(sent, settings.api_key.get_secret_value())
        return True
    local = settings.on_loopback and _arrived_on_loopback(request) and _host_is_loopback(request)
    return local and not _from_foreign_page(request)


def known_hosts(settings: Settings) -> Collection[str]:
    """The host names that a request may carry."""
    return LOOPBACK_NAMES | {host_name(name) for name in (settings.host, *settings.hosts)}


def host_name(host: str) -> str:
    """The name in a Host header or a setting: lower case, without port, brackets and final dot."""
    bare = host.lower()
    if bare.startswith("["):
        return bare[1:].partition("]")[0]
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    return bare.rstrip(".")


def is_foreign(origin: str | None, *, host: str) -> bool:
    """Whether an Origin header names another place than the host that was asked. None: no browser, so not foreign."""
    if origin is None:
        return False
    scheme = origin.partition(":")[0]
    page = _place(origin)
    return page is None or page != _place(f"{scheme}://{host}")


def _place(url: str) -> tuple[str, int] | None:
    """Host and port of a web address; None where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.hostname, port) if parts.hostname else None


def _check_key(sent: HTTPAuthorizationCredentials | None, key: str) -> None:
    given = sent.credentials if sent is not None else ""
    if not hmac.compare_digest(given.encode(), key.encode()):
        raise ProblemException(
            401,
            "key_needed",
            "This needs the header 'Authorization: Bearer <EIG_API_KEY>' with the key of this service.",
            headers={"WWW-Authenticate": "Bearer"},
        )


def _from_foreign_page(request: Request) -> bool:
    return is_foreign(request.headers.get("origin"), host=request.headers["host"])


def _host_is_loopback(request: Request) -> bool:
    return host_name(request.headers["host"]) in LOOPBACK_NAMES


def _arrived_on_loopback(request: Request) -> bool:
    """Whether the connection itself came in on loopback: a server may be bound to more than the settings say."""
    server: tuple[str, int | None] | None = request.scope.get("server")
    return server is not None and is_loopback(server[0])


def _policy(path: str) -> str:
    return MANUAL_POLICY if path in MANUAL_PATHS else PAGE_POLICY
