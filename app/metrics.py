"""What Prometheus reads at /metrics: requests by route, their latency, and the size of the graph."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import GraphError
from graph.model import Stats

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The measurements of one app, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "eig_http_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "eig_http_request_duration_seconds",
            "Seconds from the first byte in to the last byte out.",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self.registry,
        )

    def watch(self, stats: Callable[[], Stats]) -> None:
        """Read the size of the graph from `stats` at each scrape."""
        self.registry.register(_GraphSize(stats))

    def text(self) -> bytes:
        """All measurements in Prometheus' text format."""
        return generate_latest(self.registry)


class MeasureRequests:
    """Counts and times every request by its route's template, so that ids do not become labels."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def send_noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting_status)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = getattr(scope.get("route"), "path", "other")
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)


class _GraphSize(Collector):
    """The size of the graph, asked for at each scrape; left out while the database does not answer."""

    def __init__(self, stats: Callable[[], Stats]) -> None:
        self._stats = stats

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing beforehand, so that registering does not ask the database."""
        return ()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The gauges as of now."""
        try:
            stats = self._stats()
        except GraphError:
            return
        for name in ("articles", "entities", "mentions", "ties"):
            yield GaugeMetricFamily(f"eig_{name}", f"Number of {name} in the graph.", value=getattr(stats, name))
