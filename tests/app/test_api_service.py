"""Statistics, health, metrics, and the manual; and the service as it starts by itself."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import asgi
from app.main import create_app
from app.settings import Settings, load_settings
from graph.errors import DatabaseUnavailable

BASE_URL = "http://127.0.0.1:8000"


def samples(text: str, name: str) -> dict[str, float]:
    """The samples of a metric by their labels, in Prometheus' text format."""
    return {
        labels or "": float(value) for labels, value in re.findall(rf"^{name}(\{{.*?\}})? (\S+)$", text, re.MULTILINE)
    }


def test_stats(client: TestClient, news: list[dict[str, Any]]) -> None:
    """The size of the graph comes with its version and its database."""
    stats = client.get("/api/v1/stats").json()
    assert set(stats) == {*("articles", "entities", "mentions", "ties", "graph_version", "database", "details")}
    assert stats["articles"] == len(news)
    assert stats["entities"] == client.get("/api/v1/entities").json()["total"]
    assert stats["graph_version"] >= 1
    assert sum(stats["details"]["entity_types"].values()) == stats["entities"]
    assert stats["details"]["entity_types"]["armed_group"] == 1


def test_health(client: TestClient) -> None:
    """The service lives, and is ready while its database answers."""
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


class AwayStore:
    """A store whose database is away."""

    def ping(self) -> None:
        raise DatabaseUnavailable("the database does not answer")

    def stats(self) -> None:
        self.ping()


def test_without_database_alive_but_not_ready() -> None:
    """Where the database is away the service lives, is not ready, and still gives the metrics it has."""
    app = create_app(Settings(), store=AwayStore())  # type: ignore[arg-type]
    client = TestClient(app, base_url=BASE_URL)
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["code"]) == (503, "database_unavailable")
    metrics = client.get("/metrics")
    assert metrics.status_code == 200
    assert "eig_articles" not in metrics.text


def test_metrics_count_by_route(make_client: Any) -> None:
    """Requests are counted and timed by the template of their route, so that ids make no labels."""
    client = make_client()
    for path in ("/api/v1/entities/Q794", "/api/v1/entities/Q41053", "/api/v1/entities/Q0", "/nothing", "/healthz"):
        client.get(path)
    client.request("BREW", "/healthz")
    text = client.get("/metrics").text
    counted = samples(text, "eig_http_requests_total")
    assert counted['{method="GET",route="/api/v1/entities/{entity_id}",status="200"}'] == 2
    assert counted['{method="GET",route="/api/v1/entities/{entity_id}",status="404"}'] == 1
    assert counted['{method="GET",route="other",status="404"}'] == 1
    assert counted['{method="other",route="/healthz",status="405"}'] == 1
    timed = samples(text, "eig_http_request_duration_seconds_count")
    assert timed['{method="GET",route="/api/v1/entities/{entity_id}"}'] == 3


def test_metrics_of_the_graph(client: TestClient) -> None:
    """The size of the graph is among the metrics."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    stats = client.get("/api/v1/stats").json()
    for name in ("articles", "entities", "mentions", "ties"):
        assert samples(response.text, f"eig_{name}") == {"": stats[name]}


def test_metrics_belong_to_one_app(make_client: Any) -> None:
    """Two services in one process count apart."""
    busy, idle = make_client(), make_client()
    busy.get("/healthz")
    assert samples(idle.get("/metrics").text, "eig_http_requests_total") == {}


def test_manual_needs_no_other_host(client: TestClient) -> None:
    """The API manual loads nothing from elsewhere."""
    page = client.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    for address in addresses:
        assert address.startswith("/"), address
        assert client.get(address).status_code == 200, address
    assert client.get("/openapi.json").status_code == 200


def test_service_opens_and_closes_its_own_graph(tmp_path: Path) -> None:
    """Without a given store the service opens the folder of its settings at its start and closes it at its end."""
    settings = load_settings(home=tmp_path / "graph")
    for articles in (1, 1):
        with TestClient(create_app(settings), base_url=BASE_URL) as client:
            assert client.get("/readyz").status_code == 200
            client.post("/api/v1/articles", json={"id": "1", "title": "Iran and Israel", "text": "Iran met Israel."})
            assert client.get("/api/v1/stats").json()["articles"] == articles


def test_asgi_factory_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """ASGI servers get a service with the settings of the environment."""
    monkeypatch.setenv("EIG_MAX_NODES", "17")
    assert asgi.app().state.settings.max_nodes == 17
