"""Parts of the graph around chosen entities, and paths through it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graph.counting.protocol import Counting
from graph.library import Library
from graph.model import Filters, Hop, Measure, PageRequest, Path, Sentence, Subgraph, Tie

# How many neighbours of each chosen entity are weighed against each other where several are chosen.
CANDIDATES = 10_000
# How many common articles are looked through for a sentence that names both ends of a hop.
HOP_ARTICLES = 20


def neighbourhood(
    ids: Sequence[str],
    *,
    library: Library,
    counting: Counting,
    filters: Filters,
    measure: Measure,
    max_nodes: int,
) -> Subgraph:
    """The chosen entities with their strongest neighbours and all ties among these.

    The chosen ones always stay; neighbours are ranked by their strongest tie to any of them.
    """
    chosen = list(dict.fromkeys(ids))
    library.entities(chosen)
    room = max(0, max_nodes - len(chosen))
    wanted = PageRequest(limit=room if len(chosen) == 1 else CANDIDATES)
    pages = [counting.co_mentions([id], filters=filters, measure=measure, page=wanted) for id in chosen]
    best: dict[str, Tie] = {}
    for tie in (tie for page in pages for tie in page.results if tie.entity not in chosen):
        if tie.entity not in best or _strength(tie, measure) > _strength(best[tie.entity], measure):
            best[tie.entity] = tie
    ranked = sorted(best.values(), key=lambda tie: (*(-part for part in _strength(tie, measure)), tie.entity))
    total = len(chosen) + (pages[0].total if len(chosen) == 1 else len(best))
    shown = [*chosen, *(tie.entity for tie in ranked[:room])]
    return Subgraph(
        nodes=library.entities(shown),
        edges=tuple(tie.edge() for tie in counting.ties_among(shown, filters=filters)),
        total=total,
        truncated=len(shown) < total,
    )


def _strength(tie: Tie, measure: Measure) -> tuple[float, int]:
    return getattr(tie, measure), tie.articles


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
