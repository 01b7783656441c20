"""Canonical URLs."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.identity import MAX_URL_LENGTH, TRACKING_PARAMETERS, BadUrl, canonical_url, url_article_id

_HOSTS = st.sampled_from(["example.com", "EXAMPLE.com.", "www.example.com", "müller.example", "[::1]", "10.0.0.1"])
_PARTS = st.text(alphabet="abAB01-._~%/?#&=;:@!$'()*+, é\u2028[]", max_size=20)
_URLS = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}/{path}?{query}#{fragment}",
    st.sampled_from(["http", "https", "HTTP"]),
    _HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    _PARTS,
    _PARTS,
    _PARTS,
)


@settings(deadline=None)
@given(_URLS)
@example("https://example.com/%2%35")
@example("https://example.com/..//a/.")
@example("https://example.com?a=%26&a=&a")
def test_a_canonical_url_stays_as_it_is(url: str) -> None:
    """Canonical form is idempotent and printable ASCII, and the id does not depend on the spelling."""
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical
    assert canonical.isascii()
    assert " " not in canonical
    assert url_article_id(url) == url_article_id(canonical)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    """Nothing but BadUrl comes out of the wrong."""
    with suppress(BadUrl):
        assert canonical_url(text).startswith("http")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a",
        "//example.com/a",
        "/news/1",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "https:///a",
        "https://a..example/x",
        "https://exa mple.com/x",
        "https://-/" + "a" * MAX_URL_LENGTH,
        "https://[::1/a",
        "https://[nonsense]/a",
        "https://example.com:99999/a",
        "https://example.com:port/a",
        "https://" + "a" * 64 + ".example/",
        "https://ex\u2100mple.com/",
    ],
)
def test_what_is_no_usable_url_is_refused(url: str) -> None:
    """A relative, malformed, too long or other than http address is refused."""
    with pytest.raises(BadUrl, match="URL"):
        canonical_url(url)


@pytest.mark.parametrize("name", [*sorted(TRACKING_PARAMETERS), "utm_source", "UTM_Medium", "hsa_cam", "utm%5Fterm"])
def test_tracking_makes_no_difference(name: str) -> None:
    """Each known tracking parameter is dropped, in whatever case."""
    assert canonical_url(f"https://example.com/a?{name}=1&id=7") == "https://example.com/a?id=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/a", "https://example.com/a/"),
        ("https://example.com/a", "https://example.com/a?page=2"),
        ("https://example.com/?id=1&id=2", "https://example.com/?id=2"),
        ("https://example.com/a?b=", "https://example.com/a?b"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/#!/a", "https://example.com/#!/b"),
        ("https://example.com/a", "https://m.example.com/a"),
        ("https://example.com/a", "https://example.com:8443/a"),
        ("https://example.com:8443/a", "http://example.com:8443/a"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    """Where some server may serve two articles, there are two ids."""
    assert url_article_id(one) != url_article_id(other)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a",
        "https://EXAMPLE.com:443/a#top",
        "https://www.example.com/a?utm_source=x",
        "http://www.example.com:80/./a?",
    ],
)
def test_spellings_of_one_url_have_one_id(url: str) -> None:
    """Scheme, case, default port, fragment, tracking and "www." make no difference to the id."""
    assert url_article_id(url) == url_article_id("https://example.com/a")


def test_the_longest_url_is_taken() -> None:
    """2,000 characters of canonical form are the limit, tracking not counted."""
    longest = "https://example.com/".ljust(MAX_URL_LENGTH, "a")
    assert canonical_url(f"{longest}?utm_source={'x' * 500}") == longest
    with pytest.raises(BadUrl, match="2,001 characters"):
        canonical_url(f"{longest}a")
