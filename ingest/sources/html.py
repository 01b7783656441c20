"""Articles as saved web pages: trafilatura finds the text, the page's own metadata give the rest."""

from __future__ import annotations

import codecs
import re
from typing import Any
from urllib.parse import urlsplit

from ingest.characters import one_line
from ingest.dates import parse_date
from ingest.identity import BadUrl, canonical_url
from ingest.page_form import split_tags
from ingest.records import BadArticle, RawArticle
from ingest.sources.streams import decode_text

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# References to control characters, which no XML tree can hold: trafilatura would give the whole page up.
_CONTROL_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));", re.IGNORECASE)
# fmt: off
_PUBLISHED_NAMES = frozenset({
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "publication_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "cxenseparse:recs:publishtime",
})
# fmt: on
_JSON_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,100})"')


def read_html(data: bytes) -> RawArticle:
    """The article of a saved web page.

    Title, publisher, tags and author are what the page's metadata say; so is the date, which is never guessed from the
    text or today's date. Raises BadArticle where no article text is found.
    """
    source = _CONTROL_REFERENCE.sub("", _XML_DECLARATION.sub("", _decode(data)))
    try:
        return _extract(source)
    except BadArticle:
        raise
    except Exception as error:  # whatever a broken page or a broken installation of the parser brings up
        raise BadArticle(f"it cannot be read as HTML ({type(error).__name__}: {one_line(str(error))})") from error


def _decode(data: bytes) -> str:
    """The page in the encoding it names, else as any other text."""
    match = _CHARSET.search(data[:4_096])
    try:
        return data.decode(codecs.lookup(match[1].decode("ascii")).name) if match else decode_text(data)
    except (LookupError, UnicodeDecodeError):
        return decode_text(data)


def _extract(source: str) -> RawArticle:
    import trafilatura  # 0.3 s to import, so only where a page is to be read
    from trafilatura.settings import Document

    page = trafilatura.bare_extraction(source, with_metadata=True, include_comments=False)
    tree = trafilatura.load_html(source)
    if not isinstance(page, Document) or tree is None or not (page.text or "").strip():
        raise BadArticle("no article text was found on the page")
    title = one_line(page.title or "")
    return RawArticle(
        url=_usable_url(page.url),
        title=title,
        text=_without_title(page.text or "", title),
        publisher=page.sitename or page.hostname,
        language=tree.get("lang"),
        published_at=_published(tree, source),
        tags=tuple(tag for tags in page.tags or () for tag in split_tags(tags)),
        extra={"author": page.author} if page.author else {},
    )


def _usable_url(url: str | None) -> str | None:
    """The page's canonical URL, unless it is malformed or the site's front page, as on badly made sites."""
    try:
        canonical = urlsplit(canonical_url(url or ""))
    except BadUrl:
        return None
    return None if canonical.path == "/" and not canonical.query and not canonical.fragment else url


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if rest and one_line(first).casefold() == title.casefold() else text


def _published(tree: Any, source: str) -> str | None:
    """The first date in the page's metadata that can be read."""
    named = [
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "", meta.get("content") or "")
        for meta in tree.iter("meta")
    ]
    stated = [content for name, content in named if name.lower() in _PUBLISHED_NAMES]
    stated += _JSON_PUBLISHED.findall(source)
    stated += [time.get("datetime") or "" for time in tree.iter("time") if _is_publication(time)]
    return next((date for date in stated if parse_date(date)[0]), None)


def _is_publication(time: Any) -> bool:
    return time.get("pubdate") is not None or (time.get("itemprop") or "").lower() == "datepublished"
