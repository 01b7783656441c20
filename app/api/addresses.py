"""Articles by their address, in whatever spelling it comes."""

from __future__ import annotations

from graph.errors import UnknownArticle
from graph.model import Article, Filters, PageRequest
from graph.store import GraphStore
from ingest.identity import BadUrl, canonical_url, url_article_id


def stored_spelling(url: str, store: GraphStore) -> str:
    """The spelling under which the address is stored, which may differ in its `www.`; else the canonical one.

    Raises BadUrl for what is no web address.
    """
    found = _by_its_id(url, store)
    return found.url if found and found.url else canonical_url(url)


def article_at(url: str, store: GraphStore) -> str | None:
    """The id of the article at an address; None where none is known, or where it is no address."""
    try:
        if found := _by_its_id(url, store):
            return found.id
        spelling = canonical_url(url)
    except BadUrl:
        return None
    others = store.articles(url=spelling, filters=Filters(), page=PageRequest(limit=1)).results
    return others[0].id if others else None


def _by_its_id(url: str, store: GraphStore) -> Article | None:
    """The article whose id was made from the address, as most are."""
    try:
        return store.article(url_article_id(url)).article
    except UnknownArticle:
        return None
