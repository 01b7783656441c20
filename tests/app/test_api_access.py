"""Who may read and write: hosts, origins, the key, and the headers that bind browsers."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app, service_address
from app.settings import Settings, load_settings

KEY = "a-long-and-secret-key"
ABSENT = "/api/v1/articles/a0"  # deleting it shows whether a write gets through: 404 then


@pytest.mark.parametrize("host", ["localhost", "localhost:9999", "127.0.0.1", "[::1]:8000", "LOCALHOST."])
def test_known_hosts_are_served(client: TestClient, host: str) -> None:
    """Loopback's names are known on every port."""
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "10.0.0.7"])
@pytest.mark.parametrize("path", ["/healthz", "/", "/api/v1/stats", "/docs"])
def test_unknown_hosts_are_not(client: TestClient, host: str, path: str) -> None:
    """A name that we do not bear is refused everywhere, so that no page reaches us by DNS rebinding."""
    response = client.get(path, headers={"Host": host})
    assert (response.status_code, response.json()["code"]) == (421, "unknown_host")


def test_hosts_of_the_settings_are_served(make_client: Any) -> None:
    """EIG_HOSTS and the address that the service is bound to are known."""
    client = make_client(hosts=("news.example.org",), host="10.0.0.5")
    for host in ("news.example.org", "news.example.org:443", "10.0.0.5:8000"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_writing_is_open_on_loopback_without_a_key(client: TestClient) -> None:
    """On loopback and without a key, everybody on this machine may write."""
    assert client.delete(ABSENT).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("Bearer wrong", 401),
        (f"Bearer {KEY}x", 401),
        ("Bearer \u00e4", 401),
        (f"Basic {KEY}", 401),
        ("Bearer", 401),
        (f"Bearer {KEY}", 404),
        (f"bearer {KEY}", 404),
    ],
)
def test_writing_needs_the_key_where_one_is_set(make_client: Any, host: str, header: str | None, status: int) -> None:
    """With a key set, every write needs it, wherever the service is bound."""
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    client = make_client(api_key=KEY, host=host)
    deleted = client.delete(ABSENT, headers=headers)
    assert deleted.status_code == status
    if status == 401:
        assert deleted.json()["code"] == "key_needed"
        assert deleted.headers["www-authenticate"] == "Bearer"
        assert client.post("/api/v1/articles", json={}, headers=headers).status_code == 401


def test_writing_is_closed_beyond_loopback_without_a_key(make_client: Any) -> None:
    """Bound elsewhere without a key, the service refuses writes and says why; reading stays open."""
    client = make_client(host="0.0.0.0")
    response = client.delete(ABSENT, headers={"Authorization": f"Bearer {KEY}"})
    assert (response.status_code, response.json()["code"]) == (403, "writes_closed")
    assert "EIG_API_KEY" in response.json()["detail"]
    assert client.get("/api/v1/stats").status_code == 200


def test_writing_is_closed_to_connections_from_elsewhere(client: TestClient) -> None:
    """A connection that did not come in on loopback may not write, whatever the settings say."""
    elsewhere = TestClient(client.app, base_url="http://10.0.0.5:8000", headers={"Host": "localhost"})
    assert elsewhere.delete(ABSENT).json()["code"] == "writes_closed"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3000"])
def test_foreign_pages_may_not_write_or_ask(make_client: Any, origin: str) -> None:
    """A page of another origin can send neither articles nor Cypher."""
    client = make_client()
    headers = {"Origin": origin}
    for response in (
        client.delete(ABSENT, headers=headers),
        client.post("/api/v1/articles", json={}, headers=headers),
        client.post("/api/v1/cypher", json={"statement": "RETURN 1"}, headers=headers),
    ):
        assert (response.status_code, response.json()["code"]) == (403, "foreign_origin")


def test_own_page_may_write(client: TestClient) -> None:
    """Our own page sends an origin too, which is that of the host it asks."""
    assert client.delete(ABSENT, headers={"Origin": "http://127.0.0.1:8000"}).status_code == 404


def test_listed_origins_may_read_and_ask_but_not_write(make_client: Any) -> None:
    """EIG_CORS_ORIGINS opens the API to the pages of an origin, writing excepted."""
    client = make_client(cors_origins=("https://news.example.org",))
    headers = {"Origin": "https://news.example.org"}
    listed = client.get("/api/v1/stats", headers=headers)
    assert listed.headers["access-control-allow-origin"] == "https://news.example.org"
    assert client.post("/api/v1/cypher", json={"statement": "RETURN 1"}, headers=headers).status_code == 200
    assert client.delete(ABSENT, headers=headers).json()["code"] == "foreign_origin"
    other = client.get("/api/v1/stats", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


def test_preflight_does_not_open_writing(make_client: Any) -> None:
    """Browsers that ask first learn that neither DELETE nor the key's header may cross origins."""
    client = make_client(cors_origins=("*",))
    ask = {"Origin": "https://news.example.org", "Access-Control-Request-Method": "DELETE"}
    assert client.options(ABSENT, headers=ask).status_code == 400
    ask |= {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/api/v1/articles", headers=ask).status_code == 400


def test_without_origins_nothing_crosses(client: TestClient) -> None:
    """By default no other origin may read."""
    response = client.get("/api/v1/stats", headers={"Origin": "https://news.example.org"})
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/", "/api/v1/stats", "/healthz", "/nothing", "/docs", "/web/app.js"])
def test_headers_that_bind_browsers(client: TestClient, path: str) -> None:
    """Every answer forbids sniffing, referrers, foreign frames and foreign content."""
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert ("unsafe-inline" in headers["content-security-policy"]) is (path == "/docs")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("[::1]", "http://[::1]:8000"),
        ("graph.example.org", "http://graph.example.org:8000"),
    ],
)
def test_address_of_the_service(host: str, address: str) -> None:
    """Programs on this machine reach a service that is bound everywhere on loopback."""
    assert service_address(load_settings(host=host)) == address


@pytest.fixture
def warned(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged as a warning."""
    with caplog.at_level("WARNING"):
        yield caplog


@pytest.mark.parametrize(("settings", "says"), [({"host": "0.0.0.0"}, True), ({}, False)])
def test_closed_writing_is_told_at_start(
    stored_news: Any, extractor: Any, warned: pytest.LogCaptureFixture, settings: dict[str, Any], says: bool
) -> None:
    """A service that refuses writes says so in its log when it starts."""
    with TestClient(
        create_app(Settings(**settings), store=stored_news, extractor=extractor), base_url="http://localhost"
    ):
        pass
    assert ("EIG_API_KEY" in warned.text) is says
