"""The graph as the command line uses it, wherever it is: opened by this process, or held by a running service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, replace
from typing import Any, Protocol

from app.cypher_values import to_json
from app.ingestion import Sink, wants_bulk, writing
from app.opening import open_store
from app.service_client import ServiceClient
from app.settings import Settings
from graph.folder_lock import holder
from graph.formats import FORMATS
from graph.model import Filters, Rows
from graph.store import GraphStore
from ingest.articles import article_to_json
from ingest.loading import load_extractor


class Graph(Protocol):
    """What commands do with a graph that a service may hold."""

    def taking(self, *, bulk: bool, expected: int | None) -> AbstractContextManager[Sink]:
        """Where articles go for the length of the block; `expected` is how many, where that is known."""
        ...

    def delete(self, article_id: str) -> None:
        """Delete one article. Raises UnknownArticle."""
        ...

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        """Ask a Cypher statement; its values come as JSON can carry them. Raises StatementError, StatementStopped."""
        ...

    def stats(self) -> dict[str, Any]:
        """Size and kind of the graph."""
        ...

    def neighbourhood(self, entities: Sequence[str], *, form: str, max_nodes: int) -> dict[str, Any]:
        """The entities with those most strongly tied to them, as graph JSON. Raises NotInGraph."""
        ...

    def articles(self) -> Iterator[dict[str, Any]]:
        """Every stored article with its text."""
        ...


class GraphAtHand:
    """A graph that this process has opened."""

    def __init__(self, settings: Settings, store: GraphStore) -> None:
        self._settings = settings
        self._store = store

    def taking(self, *, bulk: bool, expected: int | None) -> AbstractContextManager[Sink]:
        """Where articles go; ties come last with `bulk`, and where an empty graph is to take many articles."""
        extractor = load_extractor(self._settings.entities, self._settings.tagging)
        return writing(self._store, extractor, bulk=bulk or wants_bulk(self._store, expected))

    def delete(self, article_id: str) -> None:
        """Delete one article. Raises UnknownArticle."""
        self._store.delete(article_id)

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Rows:
        """Ask a statement; who can open the database is trusted unless EIG_CYPHER says otherwise."""
        settings = self._settings
        rows = self._store.cypher(
            statement,
            parameters,
            level=settings.cypher or "trusted",
            seconds=settings.cypher_seconds,
            rows=settings.cypher_rows,
        )
        return replace(rows, values=tuple(tuple(map(to_json, row)) for row in rows.values))

    def stats(self) -> dict[str, Any]:
        """Size and kind of the graph."""
        return asdict(self._store.stats())

    def neighbourhood(self, entities: Sequence[str], *, form: str, max_nodes: int) -> dict[str, Any]:
        """The entities with those most strongly tied to them, as graph JSON. Raises NotInGraph."""
        found = self._store.neighbourhood(entities, filters=Filters(), measure="llr", max_nodes=max_nodes)
        return FORMATS[form](found)

    def articles(self) -> Iterator[dict[str, Any]]:
        """Every stored article with its text. Raises TextNotKept."""
        return (article_to_json(article) for article in self._store.stored_articles())


class ServedGraph(ServiceClient):
    """A graph that a running service holds."""

    def taking(self, *, bulk: bool, expected: int | None) -> AbstractContextManager[Sink]:
        """Where articles go; the service writes ties at once, however many articles there are."""
        del bulk, expected
        return nullcontext(self)


@contextmanager
def reach(settings: Settings) -> Iterator[Graph]:
    """The graph of `settings`: through the service that holds its folder, else opened here.

    Raises FolderTaken where a process that serves nothing holds the folder.
    """
    holding = None if settings.neo4j_uri else holder(settings.home)
    if holding is not None and holding.service is not None:
        key = settings.api_key.get_secret_value() if settings.api_key else None
        with ServedGraph(holding.service, api_key=key) as served:
            yield served
    else:
        with open_store(settings) as store:
            yield GraphAtHand(settings, store)
