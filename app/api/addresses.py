"""Articles by their address, in whatever spelling it comes."""

from __future__ import annotations

from graph.errors import UnknownArticle
from graph.model import Filters, PageRequest
from graph.store import GraphStore
from ingest.identity import BadUrl, canonical_url, url_article_id


def stored_spelling(url: str, store: GraphStore) -> str:
    """The spelling under which the address is stored, which may differ in its `www.`; else the canonical one.

    Raises BadUrl for what is no web address.
    """
    try:
        return store.article(url_article_id(url)).article.url or canonical_url(url)
    except UnknownArticle:
        return canonical_url(url)


def article_at(url: str, store: GraphStore) -> str | None:
    """The id of the article at an address; None where none is known, or where it is no address."""
    try:
        spelling = stored_spelling(url, store)
    except BadUrl:
        return None
    found = store.articles(url=spelling, filters=Filters(), page=PageRequest(limit=1)).results
    return found[0].id if found else None
