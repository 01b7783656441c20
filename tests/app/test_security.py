"""Known hosts and own origins, as read from headers."""

import pytest

from app.security import MANUAL_POLICY, PAGE_POLICY, host_name, is_foreign, known_hosts
from app.settings import load_settings


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost", "localhost"),
        ("LocalHost:8000", "localhost"),
        ("localhost.", "localhost"),
        ("[::1]:8000", "::1"),
        ("::1", "::1"),
        ("", ""),
        ("example.org.:80", "example.org"),
    ],
)
def test_host_name(header: str, name: str) -> None:
    """A host's name is told apart from port, brackets and final dot."""
    assert host_name(header) == name


def test_known_hosts() -> None:
    """Known are the names of loopback, what the service is bound to, and what the settings add."""
    known = known_hosts(load_settings(host="10.0.0.5", hosts="News.example.org"))
    assert known == {"localhost", "127.0.0.1", "::1", "10.0.0.5", "news.example.org"}


@pytest.mark.parametrize(
    ("origin", "host", "foreign"),
    [
        (None, "localhost:8000", False),
        ("http://localhost:8000", "localhost:8000", False),
        ("https://news.example.org", "news.example.org", False),
        ("https://news.example.org", "news.example.org:443", False),
        ("http://[::1]:8000", "[::1]:8000", False),
        ("http://localhost:3000", "localhost:8000", True),
        ("http://127.0.0.1:8000", "localhost:8000", True),
        ("https://evil.example", "localhost:8000", True),
        ("null", "localhost:8000", True),
        ("http://", "localhost:8000", True),
        ("http://localhost:port", "localhost:port", True),
        ("file://localhost", "localhost", True),
        ("", "localhost", True),
    ],
)
def test_foreign_origins(origin: str | None, host: str, foreign: bool) -> None:
    """A page is foreign unless its host and port are those that were asked; programs name no origin."""
    assert is_foreign(origin, host=host) is foreign


def test_only_the_manual_may_run_inline_scripts() -> None:
    """Our own pages run no script of their text; the API manual must."""
    assert "unsafe-inline" not in PAGE_POLICY
    assert "script-src 'self' 'unsafe-inline'" in MANUAL_POLICY
