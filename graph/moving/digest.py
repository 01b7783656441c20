"""What a graph holds, as counts and one number that is equal exactly where two graphs are equal."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from graph.database import Database
from graph.moving.content import Item, content, graph_node, size
from graph.moving.errors import UnknownContent

# Takes what is done and of how many; gives what to call with the number done, for as long as it lasts.
Watch = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]

SHOWN_EVERY = 500


@dataclass(frozen=True, slots=True)
class GraphDigest:
    """Counts and sums by label and type.

    A sum adds up the SHA-256 of every item modulo 2^256, so that it does not depend on the order in which a database
    gives them (the additive multiset hash of Bellare and Micciancio, "A new paradigm for collision-free hashing", 1997;
    it is here against accidents, not against forgers).
    """

    counts: Mapping[str, int]
    sums: Mapping[str, int]

    @property
    def text(self) -> str:
        """The digest of all kinds together, as 64 hexadecimal digits."""
        lines = (f"{kind} {self.counts[kind]} {self.sums[kind]:064x}\n" for kind in sorted(self.counts))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def differences(self, other: GraphDigest) -> list[str]:
        """Labels and types in which two graphs differ, with the counts of both."""
        kinds = sorted(self.counts.keys() | other.counts.keys())
        return [
            f"{kind} ({self.counts.get(kind, 0)} and {other.counts.get(kind, 0)})"
            for kind in kinds
            if self.sums.get(kind) != other.sums.get(kind)
        ]


def unwatched(_what: str, _total: int, /) -> AbstractContextManager[Callable[[int], None]]:
    """Shows nothing."""
    return nullcontext(lambda _done: None)


class Summing:
    """Adds up the items of a graph as they are read."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._sums: Counter[str] = Counter()

    def add(self, item: Item) -> None:
        """Take one item, in any order."""
        self._counts[item.kind] += 1
        value = int.from_bytes(hashlib.sha256(item.canonical).digest())
        self._sums[item.kind] = (self._sums[item.kind] + value) % 2**256

    def finished(self, graph: Item, *, expected: int) -> GraphDigest:
        """The digest with the Graph node. Raises UnknownContent where not everything that is there was read."""
        if self._counts.total() != expected:
            raise UnknownContent(
                f"the graph holds {expected} nodes and relationships, of which {self._counts.total()} are ours: "
                "the others would be lost, so remove them first"
            )
        self.add(graph)
        return GraphDigest(self._counts, self._sums)


def digest(database: Database, *, watch: Watch = unwatched, what: str = "reading") -> GraphDigest:
    """Read a whole graph and sum it up. Raises UnknownContent where it holds what no move would take along."""
    sums, expected = Summing(), size(database)
    with watch(what, expected) as show:
        for position, item in content(database):
            sums.add(item)
            if position.done % SHOWN_EVERY == 0:
                show(position.done)
    return sums.finished(graph_node(database), expected=expected)
