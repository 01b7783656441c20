"""From what a source holds to an Article: cleaned, dated, in a known language, and with an identity."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graph.model import Article
from ingest.characters import clean_text, distinct, one_line
from ingest.dates import read_date
from ingest.identity import BadUrl, article_id, canonical_url, content_hash, needs_origin
from ingest.language import detect_language, normalise_language
from ingest.page_form import clean_tags, parse_page
from ingest.records import MAX_RECORD_BYTES, BadArticle, RawArticle, json_value, raw_from_json

__all__ = ["BadArticle", "RawArticle", "article_from_json", "article_to_json", "make_article"]

MAX_NAME_LENGTH = 2_000

_logger = logging.getLogger("ingest")


def article_from_json(record: Mapping[str, Any], *, origin: str | None = None) -> Article:
    """The article a JSON object describes, in any of the spellings of `ingest.records.FIELD_SPELLINGS`.

    origin: absolute path of the file the record stands in, which scopes an id that no publisher does. A field "origin"
    in the record (such a path, or the id of an article) comes first. Raises BadArticle.
    """
    return make_article(raw_from_json(record, origin=origin))


def article_to_json(article: Article) -> dict[str, Any]:
    """The JSON object from which `article_from_json` makes an equal article. What is empty is left out.

    "origin" is the article's own id where that cannot be told from the other fields.
    """
    record = {
        "id": article.given_id,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "publisher": article.publisher,
        "language": article.language,
        "published_at": article.published_at,
        "tags": list(article.tags),
        "themes": list(article.themes),
        "takeaways": list(article.takeaways),
        "extra": dict(article.extra),
        "origin": article.id if needs_origin(article) else None,
    }
    return {name: value for name, value in record.items() if value}


def make_article(raw: RawArticle) -> Article:
    """The article made of what a source holds.

    Raises BadArticle, saying what to do, where there is neither title nor text, where the URL is malformed, or where
    something is too long. A date that cannot be read is a warning (logger "ingest"), never an error.
    """
    if len(raw.title) + len(raw.text) > MAX_RECORD_BYTES:
        raise BadArticle(f"it is larger than {MAX_RECORD_BYTES:,} bytes: split it, or leave out what is no article")
    article = _with_parts(raw)
    if not article.title and not article.text:
        raise BadArticle('it has neither title nor text: give "title" or "text"')
    article = replace(article, content_hash=content_hash(article))
    return replace(article, id=article_id(article, origin=raw.origin, own_file=raw.own_file))


def _with_parts(raw: RawArticle) -> Article:
    """The article without id and hash, its text taken apart where it is in page form."""
    title, text = one_line(raw.title), clean_text(raw.text)
    tags, themes, takeaways = raw.tags, raw.themes, raw.takeaways
    if page := parse_page(text):
        text = page.text if page.title in ("", title) or not title else f"{page.title}\n{page.text}".strip()
        title = title or page.title
        tags, themes, takeaways = tags + page.tags, themes + page.themes, takeaways + page.takeaways
    label = raw.url or raw.given_id or title or text[:60]
    date = read_date(raw.published_at)
    if date.warning:
        _logger.warning("article %.200r: %s", label, date.warning)
    return Article(
        id="",
        title=title,
        text=text,
        url=_url(raw.url),
        given_id=_name(raw.given_id, "id"),
        publisher=_name(raw.publisher, "publisher"),
        language=normalise_language(raw.language) or detect_language(title, text),
        published_at=date.value,
        date_precision=date.precision,
        tags=clean_tags(tags),
        themes=clean_tags(themes),
        takeaways=distinct(map(one_line, takeaways)),
        extra=json_value(raw.extra),
    )


def _url(url: str | None) -> str | None:
    try:
        return canonical_url(url) if url and url.strip() else None
    except BadUrl as error:
        raise BadArticle(f"{error}; correct it or leave it out") from None


def _name(name: str | None, field: str) -> str | None:
    plain = one_line(name or "")
    if len(plain) > MAX_NAME_LENGTH:
        raise BadArticle(f'"{field}" has {len(plain):,} characters; at most {MAX_NAME_LENGTH:,} are taken')
    return plain or None
