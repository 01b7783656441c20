"""Keeps the incidence index equal to the graph: read from its file, carried along with writes, rebuilt in doubt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graph import stored_form
from graph.counting.content import ArticleIncidence
from graph.counting.incidence import Incidence
from graph.database import Database
from graph.model import EntityType
from graph.queries import reading
from graph.writer import Change

logger = logging.getLogger(__name__)

# Articles read at once: 1,000 of them with 12 entities each are about 1 MB.
PAGE = 1_000
# Written articles that wait for being merged into the index; each merge takes time in proportion to the whole index.
PENDING = 5_000


class IndexKeeper:
    """The index of one graph. path: where it is kept between runs; None keeps it in memory alone.

    Writes are noted and merged into the index when somebody asks for it, so that a long ingest merges seldom.
    """

    def __init__(self, database: Database, path: Path | None) -> None:
        self._database = database
        self._path = path
        self._lock = threading.Lock()
        self._index: Incidence | None = None
        self._saved_version: int | None = None
        self._file_is_of_use = path is not None and path.exists()
        self._pending: list[Change] = []

    def snapshot(self) -> Incidence:
        """The index of the graph as it stands; read or rebuilt where it is not at hand."""
        index = self._index
        if index is None or self._pending:
            with self._lock:
                index = self._current()
        return index

    def _current(self) -> Incidence:
        if self._index is None:
            self._index = self._loaded(graph_state(self._database)["version"]) or self.built()
        self._merge_pending()
        return self._index

    def follow(self, change: Change) -> None:
        """Note what a write did, so that the index can be carried along."""
        if change.version is None:
            return
        with self._lock:
            if self._index is None:
                self._index = self._loaded(change.version - 1)
            if self._version() == change.version - 1:
                self._pending.append(change)
            else:
                self._index = None
                self._pending.clear()
            if sum(len(each.added) for each in self._pending) > PENDING:
                self._merge_pending()

    def _version(self) -> int | None:
        """The version of the index with what waits for being merged."""
        if self._pending:
            return self._pending[-1].version
        return self._index.graph_version if self._index is not None else None

    def _merge_pending(self) -> None:
        if self._index is None or not self._pending:
            return
        added: dict[str, ArticleIncidence] = {}
        removed: set[str] = set()
        types: dict[str, EntityType] = {}
        for change in self._pending:
            for article in change.removed:
                removed.add(article)
                added.pop(article, None)
            added |= {each.article: each for each in change.added}
            types |= change.entity_types
        version = self._version()
        assert version is not None
        self._index = self._index.updated(
            removed=removed, added=added.values(), entity_types=types, graph_version=version
        )
        self._pending = []

    def rebuild(self, progress: Callable[[int], None] | None = None) -> Incidence:
        """Derive the index from the graph's mentions, whatever is at hand."""
        with self._lock:
            self._index, self._pending = self.built(progress), []
            return self._index

    def built(self, progress: Callable[[int], None] | None = None) -> Incidence:
        """A fresh index read from MENTIONS. It is read again where the graph changed meanwhile."""
        while True:
            version = graph_state(self._database)["version"]
            types: dict[str, EntityType] = {}
            index = Incidence.build(self._read(types, progress), types, graph_version=version)
            if graph_state(self._database)["version"] == version:
                return index

    def save(self) -> None:
        """Write the index to its file unless that already holds it."""
        with self._lock:
            self._merge_pending()
            if self._path and self._index is not None and self._index.graph_version != self._saved_version:
                self._index.save(self._path)
                self._saved_version = self._index.graph_version

    def _loaded(self, version: int) -> Incidence | None:
        """The index of that version: from its file if it is the one, the empty one of a graph never written to."""
        if version == 0:
            return Incidence.build((), {}, graph_version=0)
        if self._path is None or not self._file_is_of_use:
            return None
        self._file_is_of_use = False  # it is read once; versions only grow, so it will not fit later
        try:
            index = Incidence.load(self._path)
        except (OSError, ValueError) as error:
            logger.warning("the index is rebuilt, its file cannot be used: %s", error)
            return None
        if index.graph_version != version:
            return None
        self._saved_version = index.graph_version
        return index

    def _read(self, types: dict[str, EntityType], progress: Callable[[int], None] | None) -> Iterator[ArticleIncidence]:
        after, count = "", 0
        while rows := self._page(after):
            types.update({row["entity"]: row["type"] for row in rows if row["entity"] is not None})
            found = stored_form.incidences(rows)
            yield from found
            after, count = found[-1].article, count + len(found)
            if progress:
                progress(count)

    def _page(self, after: str) -> list[dict[str, Any]]:
        return self._database.read(reading.INCIDENCE_PAGE.with_parameters(after=after, limit=PAGE)).dicts()


def graph_state(database: Database) -> Mapping[str, Any]:
    """Version of the graph, and whether its ties wait for being derived."""
    rows = database.read(reading.GRAPH_STATE).dicts()
    return rows[0] if rows else {"version": 0, "ties_stale": False}
