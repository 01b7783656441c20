"""Which article is which: canonical URLs, article ids, and the hash of all that is stored.

The rules are conservative: two spellings count as one URL only where every web server treats them alike, or where what
differs is known to serve tracking alone. Escapes, case and dots follow RFC 3986, section 6.2.2.
"""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import fields
from hashlib import sha256
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from graph.model import Article
from ingest.characters import one_line

MAX_URL_LENGTH = 2_000

TRACKING_PREFIXES = ("utm_", "hsa_")
# fmt: off
TRACKING_PARAMETERS = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igsh", "igshid",
    "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "oly_anon_id", "oly_enc_id", "vero_id", "s_cid",
    "wt_mc", "xtor", "cmpid", "ns_campaign", "ns_mchannel",
    "mtm_campaign", "mtm_kwd", "mtm_source", "mtm_medium", "mtm_content",
    "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "pk_content",
    "at_medium", "at_campaign", "at_campaign_type", "at_format", "at_link_id", "at_link_origin", "at_link_type",
    "at_ptr_name",
})
# fmt: on

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_TO_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~:@!$&'()*+,;=/?]")
_ARTICLE_ID = re.compile(r"a[0-9a-f]{20}")
_DOTS = frozenset({".", ".."})
_NOT_HASHED = frozenset({"id", "content_hash"})


class BadUrl(ValueError):
    """A URL no article can be known by; the message says what is wrong with it."""


def canonical_url(url: str) -> str:
    """The one spelling of an article's URL.

    Raises BadUrl for what is not an http or https address of at most 2,000 characters. Canonical URLs stay as they are.
    """
    try:
        parts = urlsplit(one_line(url))
        scheme, authority = _authority(parts)
    except (ValueError, UnicodeError) as error:
        raise BadUrl(f"{one_line(url)[:200]!r} is no usable URL: {error}") from None
    query = _query(parts.query)
    canonical = f"{scheme}://{authority}{_path(parts.path)}{query and '?' + query}{_fragment(parts.fragment)}"
    if len(canonical) > MAX_URL_LENGTH:
        raise BadUrl(f"the URL has {len(canonical):,} characters; at most {MAX_URL_LENGTH:,} are taken")
    return canonical


def _authority(parts: SplitResult) -> tuple[str, str]:
    """Scheme and host, with a port only where it is not the usual one. User names and passwords are dropped.

    http counts as https, except on an unusual port, where only one of the two can be meant.
    """
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise ValueError("it must begin with http:// or https://")
    host, port = _host(parts.hostname or ""), parts.port
    if port is None or port == _DEFAULT_PORTS[scheme]:
        return "https", host
    return scheme, f"{host}:{port}"


def _host(host: str) -> str:
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host).compressed}]"
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii").lower()
    ascii_host = ascii_host.removesuffix(".")
    if not _HOST.fullmatch(ascii_host):
        raise ValueError("it names no host")
    return ascii_host


def _path(path: str) -> str:
    """The path without dots; that of the front page is "/".

    A slash at the end stays: /news/1 and /news/1/ are two articles on some sites (two interviews at state.gov are).
    """
    kept: list[str] = []
    segments = (_escaped(path) or "/").split("/")
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in _DOTS:
            kept.append(segment)
    return "/".join([*kept, ""] if segments[-1] in _DOTS else kept)


def _query(query: str) -> str:
    """The parameters in order of their names, without those that serve tracking alone."""
    parameters = [_escaped(parameter) for parameter in query.split("&")]
    return "&".join(sorted(parameter for parameter in parameters if parameter and not _is_tracking(parameter)))


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _fragment(fragment: str) -> str:
    """Kept only where it may choose the article: some sites address their pages as #!/news/1 or #/news/1."""
    return f"#{_escaped(fragment)}" if fragment.startswith(("!", "/")) else ""


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 1:
        return quote(found, safe="")
    character = chr(int(found[1:], 16))
    return character if character in _UNRESERVED else found.upper()


def is_article_id(text: str) -> bool:
    """Whether the text has the form of our article ids."""
    return _ARTICLE_ID.fullmatch(text) is not None


def url_article_id(url: str) -> str:
    """The id of the article at a URL, in whatever spelling. Raises BadUrl.

    `www.` in front of the host makes no difference here, while `canonical_url` keeps it: some sites answer to nothing
    else.
    """
    return _article_id("url", canonical_url(url).replace("://www.", "://", 1))


def article_id(article: Article, *, origin: str | None, own_file: bool) -> str:
    """The id of an article by the first that applies.

    Its URL, its `given_id` within its publisher or within its origin or alone, its own file, its content. The origin
    is an absolute path, or an article id settled earlier. It goes into the id as a hash and is shown nowhere.
    """
    if article.url:
        return url_article_id(article.url)
    if article.given_id and article.publisher:
        return _article_id("publisher", article.publisher.casefold(), article.given_id)
    if origin and is_article_id(origin):
        return origin
    if article.given_id:
        return _article_id("source", origin or "", article.given_id)
    if origin and own_file:
        return _article_id("file", origin)
    return _article_id("content", article.content_hash)


def has_own_identity(article: Article) -> bool:
    """Whether the article says who it is. One that does not is the same as any other with equal content."""
    return bool(article.url or article.given_id)


def needs_origin(article: Article) -> bool:
    """Whether the article's id depends on more than what the article itself holds."""
    return not article.url and not (article.given_id and article.publisher)


def content_hash(article: Article) -> str:
    """SHA-256 (hexadecimal) of every field of an article but its id: equal hashes mean that nothing changed."""
    kept = {field.name: getattr(article, field.name) for field in fields(article) if field.name not in _NOT_HASHED}
    return _digest(kept)


def _article_id(*key: str) -> str:
    return f"a{_digest(key)[:20]}"


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
