"""Local analysis of a subgraph."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis import analyse
from graph.model import Edge, Entity, Subgraph


def subgraph(ties: dict[tuple[str, str], int], alone: tuple[str, ...] = ()) -> Subgraph:
    """Entities tied by so many articles, and some tied to nobody."""
    names = sorted({name for pair in ties for name in pair} | set(alone))
    return Subgraph(
        nodes=tuple(Entity(name, name.upper(), "person") for name in names),
        edges=tuple(Edge(a, b, articles, articles, 0.1, 1.0, 0.1) for (a, b), articles in ties.items()),
        total=len(names),
    )


def clique(names: str, articles: int) -> dict[tuple[str, str], int]:
    """Everybody tied to everybody."""
    return dict.fromkeys(combinations(names, 2), articles)


TWO_GROUPS = subgraph({**clique("abcd", 5), **clique("wxyz", 5), ("d", "w"): 1})


def test_communities_are_the_groups_that_belong_together() -> None:
    """Two cliques with one tie between them are two communities, the more central first in each."""
    found = analyse(TWO_GROUPS, seed=1)
    assert [[entity.id for entity in members] for members in found.communities] == [
        ["d", "a", "b", "c"],
        ["w", "x", "y", "z"],
    ]
    assert {id: data["community"] for id, data in found.graph.node_data.items()} == {
        **dict.fromkeys("abcd", 0),
        **dict.fromkeys("wxyz", 1),
    }


def test_a_bridge_is_a_tie_without_which_a_part_falls_in_two() -> None:
    """The only tie between two cliques is one; ties inside a clique are not."""
    assert [(a.id, b.id) for a, b in analyse(TWO_GROUPS, seed=1).bridges] == [("d", "w")]


def test_who_stands_between_is_central() -> None:
    """In a star the middle has every path, every tie and the highest rank."""
    found = analyse(subgraph({("m", "a"): 1, ("m", "b"): 1, ("m", "c"): 1}), seed=1)
    centrality = {entity.id: scores for entity, scores in found.centrality}
    assert found.centrality[0][0].id == "m"
    assert (centrality["m"]["betweenness"], centrality["m"]["degree"]) == (1, 1)
    assert centrality["a"]["betweenness"] == 0
    assert centrality["a"]["degree"] == pytest.approx(1 / 3)


def test_strong_ties_are_short_ways() -> None:
    """The way over two ties of many articles is shorter than one tie of a single article."""
    found = analyse(subgraph({("a", "b"): 10, ("b", "c"): 10, ("a", "c"): 1}), seed=1)
    assert {entity.id: scores["betweenness"] for entity, scores in found.centrality} == {"a": 0, "b": 1, "c": 0}


def test_pagerank_by_hand() -> None:
    """On a path a - b - c: b = 0.15/3 + 0.85 (a + c), and a = c = 0.15/3 + 0.85 b/2."""
    found = analyse(subgraph({("a", "b"): 1, ("b", "c"): 1}), seed=1)
    ranks = {entity.id: scores["pagerank"] for entity, scores in found.centrality}
    assert ranks["b"] == pytest.approx(0.05 * (1 + 2 * 0.85) / (1 - 0.85**2), abs=1e-8)
    assert sum(ranks.values()) == pytest.approx(1, abs=1e-8)


def test_nobody_and_somebody_alone_are_analysed_too() -> None:
    """An empty subgraph has an empty analysis; an entity without a tie is a community of its own."""
    empty = analyse(subgraph({}), seed=1)
    assert (empty.communities, empty.centrality, empty.bridges) == ((), (), ())
    alone = analyse(subgraph({("a", "b"): 1}, alone=("c",)), seed=1)
    assert [[entity.id for entity in members] for members in alone.communities] == [["a", "b"], ["c"]]


def test_what_was_known_of_a_node_stays() -> None:
    """Community and centralities stand beside the data that a node came with."""
    given = replace(TWO_GROUPS, node_data={"a": {"in_article": 3}})
    data = analyse(given, seed=1).graph.node_data["a"]
    assert data.keys() == {"in_article", "community", "degree", "betweenness", "pagerank"}
    assert data["in_article"] == 3


TIES = st.dictionaries(st.sampled_from(list(combinations("abcdefgh", 2))), st.integers(1, 9), min_size=1, max_size=20)


@settings(deadline=None)
@given(ties=TIES, seed=st.integers(0, 5), order=st.randoms())
def test_the_same_seed_gives_the_same_answer(ties: dict[tuple[str, str], int], seed: int, order: Random) -> None:
    """Whatever the order in which nodes and ties come; every entity is in one community, and bridges disconnect."""
    graph = subgraph(ties)
    shuffled = replace(
        graph,
        nodes=tuple(order.sample(graph.nodes, len(graph.nodes))),
        edges=tuple(order.sample(graph.edges, len(graph.edges))),
    )
    one, other = analyse(graph, seed=seed), analyse(shuffled, seed=seed)
    assert (one.communities, one.centrality, one.bridges) == (other.communities, other.centrality, other.bridges)
    assert sorted(entity.id for members in one.communities for entity in members) == [each.id for each in graph.nodes]
    plain = nx.Graph(ties.keys())
    for a, b in one.bridges:
        assert nx.number_connected_components(nx.restricted_view(plain, [], [(a.id, b.id)])) > (
            nx.number_connected_components(plain)
        )
