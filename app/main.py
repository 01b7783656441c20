"""The service, put together: `create_app` makes it, nothing happens before."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from importlib.metadata import version

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from starlette.middleware import Middleware

from app import openapi, problems
from app.api import articles, boxes, cypher, entities, graph, health, intersections, stats
from app.box.shelf import Shelf
from app.metrics import MeasureRequests, Metrics
from app.opening import open_store
from app.page import add_page
from app.security import BodyLimit, RequestGuard, SecurityHeaders
from app.settings import Settings
from graph.model import Stats
from graph.store import GraphStore
from ingest.extractor import Extractor
from ingest.loading import load_extractor

log = logging.getLogger(__name__)

TITLE = "Entity Intersection Graph"
SUMMARY = "Who is mentioned with whom in the news, with the sentences that prove it."
DESCRIPTION = """
Articles go in, the people, states, organisations, agreements, weapons, places and events in them come out as a graph.

* Lists come in pages: `limit`, `offset`, `total`, `next`, `results`; an empty one says why in `reason`.
* Sets are repeated parameters: `entity=Q794&entity=Q41053`.
* Errors are `application/problem+json` (RFC 9457) with a stable `code`.
* An id that was merged into another one answers 308 with the address of that one.
* Offsets are code points, end exclusive. Dates are ISO 8601 in the precision they were given.
"""
TAGS = [
    {"name": "entities", "description": "Search, one entity, what is named with it, where, and when."},
    {"name": "intersections", "description": "What several entities share, and the sentences that prove it."},
    {"name": "articles", "description": "Search, one article, the box under it, and writing."},
    {
        "name": "embedding",
        "description": "The box of an article on other people's pages: live, as a picture, as a list.",
    },
    {"name": "graph", "description": "Neighbourhoods, paths and local analysis."},
    {"name": "cypher", "description": "Ad-hoc questions, read-only."},
    {"name": "service", "description": "How much there is, and how the service is doing."},
]
# Each statement holds a thread; more than these wait, so that the other routes keep theirs.
STATEMENTS_AT_A_TIME = 8


def create_app(settings: Settings, *, store: GraphStore | None = None, extractor: Extractor | None = None) -> FastAPI:
    """The service for `settings`.

    A `store` or an `extractor` that is given is used and left open; what is missing is opened when the service starts
    and closed when it stops.
    """
    metrics = Metrics()
    app = FastAPIOffline(
        title=TITLE,
        summary=SUMMARY,
        description=DESCRIPTION,
        version=version("entity-intersection-graph"),
        openapi_tags=TAGS,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,
        middleware=_middleware(settings, metrics),
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.metrics = metrics
    app.state.statements = CapacityLimiter(STATEMENTS_AT_A_TIME)
    app.state.boxes = Shelf()
    app.state.store = store
    app.state.extractor = extractor
    metrics.watch(_size_of(app))
    problems.add_handlers(app)
    _add_routes(app)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]
    return app


def service_address(settings: Settings) -> str:
    """Where programs on this machine reach the service."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    bound = settings.host.strip("[]")
    host = everywhere.get(bound, bound)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _size_of(app: FastAPI) -> Callable[[], Stats]:
    """Asks the graph that `app` has by then for its size."""

    def size() -> Stats:
        store: GraphStore = app.state.store
        return store.stats()

    return size


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what was not given, and close it at the end."""
    settings: Settings = app.state.settings
    if settings.api_key is None and not settings.on_loopback:
        log.warning("Bound to %s without EIG_API_KEY: writes are refused until a key is set.", settings.host)
    with ExitStack() as opened:
        if app.state.store is None:
            app.state.store = opened.enter_context(open_store(settings, service=service_address(settings)))
        if app.state.extractor is None:
            app.state.extractor = load_extractor(settings.entities, settings.tagging)
        # What stays for good is not gone through for garbage again: each time would hold up all answers for 0.2 s.
        gc.collect()
        gc.freeze()
        yield


def _middleware(settings: Settings, metrics: Metrics) -> list[Middleware]:
    """From the outside in."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Content-Type"],
    )
    return [
        Middleware(MeasureRequests, metrics=metrics),
        Middleware(SecurityHeaders),
        Middleware(RequestGuard, settings=settings),
        *([cors] if settings.cors_origins else []),
        Middleware(BodyLimit, limit=settings.max_body_bytes),
    ]


def _add_routes(app: FastAPI) -> None:
    for module in (entities, intersections, articles, boxes, graph, cypher, stats, health):
        app.include_router(module.router)
    add_page(app)
