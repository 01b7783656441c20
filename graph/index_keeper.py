"""Keeps the incidence index equal to the graph: read from its file, carried along with writes, rebuilt in doubt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from graph import stored_form
from graph.counting.content import ArticleIncidence
from graph.counting.incidence import Incidence
from graph.database import Database, Query
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

    shared: whether other processes write to the graph too. Then every question first asks for the version of the graph,
    and what others wrote is read by the log of writes. Writes of our own are noted and merged into the index when
    somebody asks for it, so that a long ingest merges seldom.
    """

    def __init__(self, database: Database, path: Path | None, *, shared: bool = False) -> None:
        self._database = database
        self._path = path
        self._shared = shared
        self._lock = threading.Lock()
        self._index: Incidence | None = None
        self._saved_version: int | None = None
        self._file_is_of_use = path is not None and path.exists()
        self._pending: list[Change] = []

    def snapshot(self) -> Incidence:
        """The index of the graph as it stands; carried along, read or rebuilt where it is not at hand."""
        index, version = self._index, self._version_of_graph()
        if index is None or self._pending or (version is not None and index.graph_version < version):
            with self._lock:
                index = self._current()
        return index

    def _version_of_graph(self) -> int | None:
        """What to catch up with; None where only we write, for then the index is what we have noted."""
        return graph_state(self._database)["version"] if self._shared else None

    def _current(self) -> Incidence:
        self._merge_pending()
        if self._index is None:
            self._index = self._loaded(graph_state(self._database)["version"]) or self.built()
        if self._shared:
            self._index = self._caught_up(self._index) or self.built()
        return self._index

    def follow(self, change: Change) -> None:
        """Note what a write of ours did, so that the index can be carried along."""
        if change.version is None:
            return
        with self._lock:
            if self._index is None:
                self._index = self._loaded(change.version - 1)
            if self._version() == change.version - 1:
                self._pending.append(change)
            elif not self._shared:
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

    def _caught_up(self, index: Incidence) -> Incidence | None:
        """The index with all that was written since, by the log of writes; None where that does not go back so far.

        Articles are read as they are now. One that is written meanwhile stands in the log under a later version, so it
        will be read again.
        """
        version = graph_state(self._database)["version"]
        writes = self._database.read(reading.WRITES_SINCE.with_parameters(version=index.graph_version)).dicts()
        logged = [write["version"] for write in writes]
        if logged != list(range(index.graph_version + 1, max([version, *logged]) + 1)):
            return None
        if not writes:
            return index if version == index.graph_version else None
        touched = sorted({article for write in writes for article in write["articles"]})
        types: dict[str, EntityType] = {}
        added = [each for some in _parts(touched) for each in self._incidences(reading.INCIDENCES_OF, types, ids=some)]
        return index.updated(removed=touched, added=added, entity_types=types, graph_version=writes[-1]["version"])

    def rebuild(self) -> Incidence:
        """Derive the index from the graph's mentions, whatever is at hand."""
        with self._lock:
            self._index, self._pending = self.built(), []
            return self._index

    def built(self) -> Incidence:
        """A fresh index read from MENTIONS, at least of the version that the graph has when it begins to read."""
        version = graph_state(self._database)["version"]
        types: dict[str, EntityType] = {}
        return Incidence.build(self._read(types), types, graph_version=version)

    def save(self) -> None:
        """Write the index to its file unless that already holds it."""
        with self._lock:
            self._merge_pending()
            if self._path and self._index is not None and self._index.graph_version != self._saved_version:
                self._index.save(self._path)
                self._saved_version = self._index.graph_version

    def _loaded(self, version: int) -> Incidence | None:
        """The index of that version: from its file if it is the one, the empty one of a graph never written to.

        Of a shared graph an older one will do, since it catches up.
        """
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
        if index.graph_version != version and not (self._shared and index.graph_version < version):
            return None
        self._saved_version = index.graph_version
        return index

    def _read(self, types: dict[str, EntityType]) -> Iterator[ArticleIncidence]:
        after = ""
        while found := self._incidences(reading.INCIDENCE_PAGE, types, after=after, limit=PAGE):
            yield from found
            after = found[-1].article

    def _incidences(self, query: Query, types: dict[str, EntityType], **parameters: Any) -> list[ArticleIncidence]:
        """What articles say; the types of the entities they name go into `types`."""
        rows = self._database.read(query.with_parameters(**parameters)).dicts()
        types.update({row["entity"]: row["type"] for row in rows if row["entity"] is not None})
        return stored_form.incidences(rows)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))


def graph_state(database: Database) -> Mapping[str, Any]:
    """Version of the graph, whether its ties wait for being derived, and how long who does that has been silent."""
    rows = database.read(reading.GRAPH_STATE).dicts()
    return rows[0] if rows else {"version": 0, "ties_stale": False, "silent_ms": 0}
