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


class IndexKeeper:
    """The index of one graph. path: where it is kept between runs; None keeps it in memory alone."""

    def __init__(self, database: Database, path: Path | None) -> None:
        self._database = database
        self._path = path
        self._lock = threading.Lock()
        self._index: Incidence | None = None
        self._saved_version: int | None = None

    def snapshot(self) -> Incidence:
        """The index of the graph as it stands; read or rebuilt where it is not at hand."""
        index = self._index
        if index is None:
            with self._lock:
                index = self._index = self._index or self._loaded() or self.built()
        return index

    def follow(self, change: Change) -> None:
        """Carry the index along with a write."""
        if change.version is None:
            return
        with self._lock:
            index = self._index or self._loaded(change.version - 1)
            if index is None or index.graph_version != change.version - 1:
                self._index = None
                return
            self._index = index.updated(
                removed=change.removed,
                added=change.added,
                entity_types=change.entity_types or {},
                graph_version=change.version,
            )

    def rebuild(self, progress: Callable[[int], None] | None = None) -> Incidence:
        """Derive the index from the graph's mentions, whatever is at hand."""
        with self._lock:
            self._index = self.built(progress)
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
            if self._path and self._index is not None and self._index.graph_version != self._saved_version:
                self._index.save(self._path)
                self._saved_version = self._index.graph_version

    def _loaded(self, version: int | None = None) -> Incidence | None:
        """The index from its file, if it is the one of `version` (by default the graph's)."""
        if self._path is None or not self._path.exists():
            return self._empty(version)
        try:
            index = Incidence.load(self._path)
        except (OSError, ValueError) as error:
            logger.warning("the index is rebuilt, its file cannot be used: %s", error)
            return None
        wanted = graph_state(self._database)["version"] if version is None else version
        if index.graph_version != wanted:
            return None
        self._saved_version = index.graph_version
        return index

    def _empty(self, version: int | None) -> Incidence | None:
        """The index of a graph that nothing was written to yet."""
        return Incidence.build((), {}, graph_version=0) if version == 0 else None

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
