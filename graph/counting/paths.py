"""The shortest chains between two entities, whoever knows the ties.

A search from both ends (I. Pohl, "Bi-directional search", Machine Intelligence 6, 1971) finds the layers of entities
that shortest chains run through. A best-first search (P. Hart, N. Nilsson, B. Raphael, "A formal basis for the
heuristic determination of minimum cost paths", IEEE Transactions on Systems Science and Cybernetics 4(2), 1968) then
walks them: how strong the rest of a chain can be at most is known exactly, so the chains come out in their order and
only as many as are wanted.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Generic, Protocol, TypeAlias, TypeVar

Node = TypeVar("Node", bound=int | str)
Layers: TypeAlias = list[set[Node]]
Steps: TypeAlias = Mapping[Node, Mapping[Node, int]]


class Ties(Protocol[Node]):
    """Ties between entities, given by ids or by numbers in the order of the ids."""

    def adjacent(self, entities: Collection[Node]) -> set[Node]:
        """Everybody tied to one of the entities."""

    def strengths(self, sources: Collection[Node], targets: Collection[Node]) -> Mapping[tuple[Node, Node], int]:
        """The articles behind each tie from one of the sources to one of the targets."""


class _Chains(Generic[Node]):
    """Chains through layers: who follows whom, and how strong the weakest tie from an entity to the target can be."""

    def __init__(self, ties: Ties[Node], layers: Layers[Node]) -> None:
        self.target: Node = next(iter(layers[-1]))
        self.next: defaultdict[Node, dict[Node, int]] = defaultdict(dict)
        self.widest: dict[Node, int] = {}
        ahead = layers[-1]
        for layer in reversed(layers[:-1]):
            # A tie has no direction, so it is sought from the side with fewer entities.
            if len(layer) <= len(ahead):
                for (source, target), articles in ties.strengths(layer, ahead).items():
                    self._add(source, target, articles)
            else:
                for (target, source), articles in ties.strengths(ahead, layer).items():
                    self._add(source, target, articles)
            ahead = {node for node in layer if node in self.widest}

    def _add(self, source: Node, target: Node, articles: int) -> None:
        self.next[source][target] = articles
        through = min(articles, self.widest.get(target, articles))
        self.widest[source] = max(through, self.widest.get(source, 0))

    def from_source(self, source: Node) -> Iterator[tuple[Node, ...]]:
        """Chains to the target: strongest weakest tie first, then by their entities."""
        waiting: list[tuple[int, tuple[Node, ...]]] = [(-self.widest[source], (source,))]
        while waiting:
            strength, chain = heapq.heappop(waiting)
            if chain[-1] == self.target:
                yield chain
            for node, articles in self.next[chain[-1]].items():
                bound = min(-strength, articles, self.widest.get(node, articles))
                heapq.heappush(waiting, (-bound, (*chain, node)))


def shortest_chains(
    ties: Ties[Node], source: Node, target: Node, *, max_hops: int, limit: int
) -> list[tuple[Node, ...]]:
    """Up to `limit` of the shortest chains of at most `max_hops` ties; none from an entity to itself."""
    layers = None if source == target else _layers(ties, source, target, max_hops)
    if layers is None:
        return []
    chains = _Chains(ties, layers).from_source(source)
    return [chain for _, chain in zip(range(limit), chains, strict=False)]


def _layers(ties: Ties[Node], source: Node, target: Node, max_hops: int) -> Layers[Node] | None:
    """Sets of entities that chains run through, from the source's to the target's; some may turn out dead ends."""
    ahead: Layers[Node] = [{source}]
    behind: Layers[Node] = [{target}]
    for _ in range(max_hops):
        smaller = ahead if len(ahead[-1]) <= len(behind[-1]) else behind
        smaller.append(ties.adjacent(smaller[-1]).difference(*smaller))
        if not smaller[-1]:
            return None
        meeting = ahead[-1] & behind[-1]
        if meeting:
            return [*ahead[:-1], meeting, *reversed(behind[:-1])]
    return None
