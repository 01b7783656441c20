"""Parts of the graph around chosen entities, and paths through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.backbone import backbone, with_alphas
from graph.counting.protocol import Counting
from graph.library import Library
from graph.model import (
    Edge,
    Entity,
    Expansion,
    Filters,
    Hop,
    Measure,
    Naming,
    Page,
    PageRequest,
    Path,
    Sentence,
    Subgraph,
    Tie,
)

# How many neighbours of each chosen entity are weighed against each other where several are chosen.
CANDIDATES = 10_000
# How many common articles are looked through for a sentence that names both ends of a hop.
HOP_ARTICLES = 20
NOTHING_MORE = Expansion()


def neighbourhood(
    ids: Sequence[str],
    *,
    library: Library,
    counting: Counting,
    filters: Filters,
    measure: Measure,
    max_nodes: int,
    naming: Naming = "any",
    expansion: Expansion = NOTHING_MORE,
    keep: float = 1.0,
    count_neighbours: bool = False,
) -> Subgraph:
    """The chosen entities with their strongest neighbours and all ties among these.

    The chosen ones always stay. naming: neighbours are those tied to `any` of them, ranked by their strongest tie to
    one, or those that articles name together with `all` of them. max_nodes: caps them; what the expansion brings comes
    on top. keep: ties of a larger alpha (see graph.backbone) are cut, but none of a chosen or an expanded entity, so
    that all others stay tied. count_neighbours: nodes also tell how many entities they are tied to under the filters,
    and how many `more` of these there are than the answer holds.
    """
    chosen = list(dict.fromkeys(ids))
    library.entities([*chosen, *expansion.entities])
    ask = _Ask(counting, filters, measure)
    room = max(0, max_nodes - len(chosen))
    neighbours, among = ask.neighbours(chosen, naming, wanted=CANDIDATES if expansion.entities else room)
    further = ask.further([*chosen, *neighbours[:room]], expansion)
    shown = [*chosen, *neighbours[:room], *further]
    total = len(chosen) + among + len({*further} - {*chosen, *neighbours})
    nodes, ties = library.entities(shown), with_alphas(counting.ties_among(shown, filters=filters))
    kept = backbone(ties, keep=keep, of={*chosen, *expansion.entities})
    node_data: dict[str, dict[str, Any]] = {
        id: {"chosen": id in chosen, "expanded": id in expansion.entities} for id in shown
    }
    if count_neighbours:
        for id, counts in ask.neighbour_counts(nodes, ties).items():
            node_data[id] |= counts
    return Subgraph(
        nodes=nodes,
        edges=kept,
        total=total,
        truncated=len(shown) < total,
        ties_cut=len(ties) - len(kept),
        node_data=node_data,
    )


@dataclass(frozen=True, slots=True)
class _Ask:
    """What a neighbourhood asks of counting, always under the same filters."""

    counting: Counting
    filters: Filters
    measure: Measure

    def neighbours(self, chosen: Sequence[str], naming: Naming, *, wanted: int) -> tuple[list[str], int]:
        """The neighbours of the chosen entities, strongest first, at least `wanted` of them; and how many there are."""
        if naming == "all" or len(chosen) == 1:
            page = self._co_mentions(chosen, wanted)
            return [tie.entity for tie in page.results], page.total
        best: dict[str, Tie] = {}
        for tie in (tie for id in chosen for tie in self._co_mentions([id], CANDIDATES).results):
            if tie.entity not in chosen:
                best[tie.entity] = max(best.get(tie.entity, tie), tie, key=self._strength)
        ranked = sorted(best.values(), key=lambda tie: (*(-part for part in self._strength(tie)), tie.entity))
        return [tie.entity for tie in ranked], len(best)

    def further(self, shown: Sequence[str], expansion: Expansion) -> list[str]:
        """What an expansion adds to the entities that are shown."""
        found = dict.fromkeys(shown)
        for id in expansion.entities:
            ties = self._co_mentions([id], len(found) + expansion.by).results
            new = [tie.entity for tie in ties if tie.entity not in found]
            found |= dict.fromkeys([id, *new[: expansion.by]])
        return list(found)[len(shown) : max(len(shown), expansion.most)]

    def neighbour_counts(self, nodes: Sequence[Entity], ties: Sequence[Edge]) -> dict[str, dict[str, int]]:
        """For each entity how many neighbours it has, and how many of them stand outside."""
        wanted = {entity.id for entity in nodes if not self.filters.types or entity.type in self.filters.types}
        inside = Counter(end for tie in ties for end, other in _both_ways(tie) if other in wanted)
        degrees = self.counting.degrees([entity.id for entity in nodes], filters=self.filters)
        return {id: {"neighbours": degree, "more": degree - inside[id]} for id, degree in degrees.items()}

    def _co_mentions(self, entities: Sequence[str], limit: int) -> Page[Tie]:
        page = PageRequest(limit=limit)
        return self.counting.co_mentions(entities, filters=self.filters, measure=self.measure, page=page)

    def _strength(self, tie: Tie) -> tuple[float, int]:
        return getattr(tie, self.measure), tie.articles


def _both_ways(tie: Edge) -> tuple[tuple[str, str], tuple[str, str]]:
    return (tie.source, tie.target), (tie.target, tie.source)


def paths(
    source: str,
    target: str,
    *,
    library: Library,
    counting: Counting,
    max_hops: int,
    limit: int,
    filters: Filters,
) -> tuple[Path, ...]:
    """The shortest chains of ties between two entities, each step with a sentence that proves it."""
    library.entities([source, target])
    chains = counting.paths(source, target, max_hops=max_hops, limit=limit, filters=filters)
    entities = {entity.id: entity for entity in library.entities(sorted({id for chain in chains for id in chain}))}
    steps = {step for chain in chains for step in pairwise(chain)}
    hops = {step: _hop(step, library, counting, filters) for step in sorted(steps)}
    return tuple(
        Path(entities=tuple(entities[id] for id in chain), hops=tuple(hops[step] for step in pairwise(chain)))
        for chain in chains
    )


def _hop(step: tuple[str, str], library: Library, counting: Counting, filters: Filters) -> Hop:
    common = counting.articles_with(step, filters=filters, page=PageRequest(limit=HOP_ARTICLES))
    best = max(library.evidence(common.results, step), key=lambda found: found.sentences[0].same_sentence)
    return Hop(
        source=step[0],
        target=step[1],
        articles=common.total,
        sentences=_shortest(best.sentences),
        article=best.article,
    )


def _shortest(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """One sentence where one is enough."""
    if sentences[0].same_sentence:
        return (min(sentences, key=lambda each: len(each.text)),)
    return sentences
