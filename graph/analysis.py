"""Local analysis of a part of the graph, by networkx: communities, centralities and bridges.

Costs grow with entities times ties (betweenness), so the caller caps the part; a few hundred entities take seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import networkx as nx
import numpy as np

from graph.model import Analysis, Entity, Subgraph

Scores: TypeAlias = Mapping[str, float]

# What links pass on and what is spread evenly, as in the paper; after the given steps less than 1e-10 can still change.
DAMPING = 0.85
PAGERANK_STEPS = 150
DECIMALS = 9


def analyse(graph: Subgraph, *, seed: int) -> Analysis:
    """Communities, centralities and bridges among the entities of a subgraph. The same seed gives the same answer.

    communities: Louvain over ties weighted by articles (V. Blondel et al., "Fast unfolding of communities in large
    networks", Journal of Statistical Mechanics 2008, P10008); the largest first, in each the most central first.
    centrality, by pagerank: `degree` (the share of the others it is tied to), `betweenness` (U. Brandes, "A faster
    algorithm for betweenness centrality", Journal of Mathematical Sociology 25(2), 2001; a tie is 1 / articles long),
    and `pagerank` (L. Page et al., "The PageRank citation ranking", 1999; followed in proportion to articles).
    bridges: ties without which a connected part falls in two, by ids.
    The graph comes back with `community` (its number) and the centralities in its node data.
    """
    ties = _ties(graph)
    entities = {entity.id: entity for entity in graph.nodes}
    centrality = _centrality(ties)
    ranked = sorted(entities, key=lambda id: (-centrality[id]["pagerank"], id))
    communities = _communities(ties, ranked, seed=seed)
    return Analysis(
        graph=replace(graph, node_data=_node_data(graph, communities, centrality)),
        communities=tuple(tuple(_entities(entities, members)) for members in communities),
        centrality=tuple((entities[id], centrality[id]) for id in ranked),
        bridges=tuple((entities[source], entities[target]) for source, target in _bridges(ties)),
    )


def _ties(graph: Subgraph) -> nx.Graph:
    ties: nx.Graph = nx.Graph()
    # Sorted, so that nothing depends on the order in which the subgraph came.
    ties.add_nodes_from(sorted(entity.id for entity in graph.nodes))
    for edge in sorted(graph.edges, key=lambda edge: (edge.source, edge.target)):
        ties.add_edge(edge.source, edge.target, articles=edge.articles, length=1 / edge.articles)
    return ties


def _centrality(ties: nx.Graph) -> dict[str, dict[str, float]]:
    measures: Mapping[str, Scores] = {
        "degree": nx.degree_centrality(ties),
        "betweenness": nx.betweenness_centrality(ties, weight="length"),
        "pagerank": _pagerank(ties),
    }
    return {id: {name: round(float(scores[id]), DECIMALS) for name, scores in measures.items()} for id in ties}


def _pagerank(ties: nx.Graph) -> Scores:
    """PageRank by power iteration; networkx has the matrix, but its own iteration needs scipy."""
    if not ties:
        return {}
    follow = nx.google_matrix(ties, alpha=DAMPING, weight="articles")
    ranks = np.full(len(ties), 1 / len(ties))
    for _ in range(PAGERANK_STEPS):
        ranks = ranks @ follow
    return dict(zip(ties, ranks.tolist(), strict=True))


def _communities(ties: nx.Graph, ranked: Collection[str], *, seed: int) -> list[list[str]]:
    place = {id: number for number, id in enumerate(ranked)}
    found: Iterable[set[str]] = nx.community.louvain_communities(ties, weight="articles", seed=seed) if ties else []
    communities = [sorted(members, key=lambda id: place[id]) for members in found]
    return sorted(communities, key=lambda members: (-len(members), place[members[0]]))


def _bridges(ties: nx.Graph) -> list[tuple[str, str]]:
    return sorted((min(bridge), max(bridge)) for bridge in nx.bridges(ties))


def _node_data(
    graph: Subgraph, communities: Iterable[Iterable[str]], centrality: Mapping[str, Scores]
) -> dict[str, Mapping[str, Any]]:
    community = {id: number for number, members in enumerate(communities) for id in members}
    return {id: {**graph.node_data.get(id, {}), "community": community[id], **centrality[id]} for id in centrality}


def _entities(entities: Mapping[str, Entity], ids: Iterable[str]) -> Iterable[Entity]:
    return (entities[id] for id in ids)
