"""The names that a Cypher statement can use, as they are in the graph now: for completion while one is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from graph.cypher_guard.vocabulary import FUNCTIONS, PROCEDURE_NAMES
from graph.database import Database, Query
from graph.model import CypherNames, NamesOfKind
from graph.queries import describing

# Nodes, and relationships, that are looked at for the properties of their kind.
SAMPLE: Final = 200
# Names come and go seldom; to look takes the database some tens of milliseconds.
SECONDS: Final = 60.0


class Names:
    """Reads the names of one database.

    seconds: how long an answer is good for. clock: tells the seconds.
    """

    def __init__(
        self, database: Database, *, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._clock = clock
        self._read: tuple[float, CypherNames] | None = None

    def now(self) -> CypherNames:
        """The names, read anew where the last answer is too old."""
        if self._read is None or self._clock() - self._read[0] >= self._seconds:
            self._read = self._clock(), self._look()
        return self._read[1]

    def _look(self) -> CypherNames:
        labels = tuple(NamesOfKind(label, self._names_of_nodes(label)) for label in self._names(describing.LABELS))
        of_types = dict(self._names_of_relationships())
        types = tuple(NamesOfKind(name, of_types.get(name, ())) for name in self._names(describing.RELATIONSHIP_TYPES))
        seen = {name for kind in (*labels, *types) for name in kind.properties}
        return CypherNames(
            labels=labels,
            relationship_types=types,
            properties=tuple(sorted(seen.union(self._names(describing.PROPERTIES)))),
            functions=tuple(sorted(FUNCTIONS)),
            procedures=PROCEDURE_NAMES,
        )

    def _names_of_nodes(self, label: str) -> tuple[str, ...]:
        return self._names(describing.NODE_PROPERTIES, label=label, sample=SAMPLE)

    def _names_of_relationships(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for query in describing.RELATIONSHIP_PROPERTIES.values():
            for row in self._rows(query, sample=SAMPLE):
                yield row["type"], tuple(sorted(row["names"]))

    def _names(self, query: Query, **parameters: Any) -> tuple[str, ...]:
        return tuple(sorted(row["name"] for row in self._rows(query, **parameters)))

    def _rows(self, query: Query, **parameters: Any) -> list[dict[str, Any]]:
        return self._database.read(query.with_parameters(**parameters)).dicts()
