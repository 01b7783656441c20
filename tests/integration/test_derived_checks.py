"""What is derived is compared with the mentions, and every way in which it can differ is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import extraction

from app.checks import differences
from app.opening import OpenGraph
from graph.database import Database, Query
from graph.index_keeper import IndexKeeper
from graph.store import GraphStore


@pytest.fixture
def graph(store: GraphStore, database: Database, tmp_path: Path) -> OpenGraph:
    """A graph of two articles."""
    store.write([extraction("a1", [["Q1", "Q2"], ["Q3"]], date="2024-05-17"), extraction("a2", [["Q1", "Q2"]])])
    return OpenGraph(store, database, tmp_path / "incidence.npz")


def test_a_sound_graph_has_no_difference(graph: OpenGraph) -> None:
    """Ties, counts and index equal what the mentions give."""
    assert list(differences(graph)) == []


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (Query("MATCH (:Entity {id: 'Q1'})-[c:CO_MENTIONED]->(:Entity {id: 'Q2'}) DELETE c"), "1 ties differ"),
        (Query("MATCH (:Entity {id: 'Q1'})-[c:CO_MENTIONED]->() SET c.sentences = 9"), "2 ties differ"),
        (Query("MATCH (a:Entity {id: 'Q3'}), (b:Entity {id: 'Q1'}) CREATE (a)-[:CO_MENTIONED]->(b)"), "1 ties differ"),
        (Query("MATCH (e:Entity {id: 'Q1'}) SET e.articles = 7"), "1 entities have a wrong count of articles"),
    ],
)
def test_damage_is_found_and_mended_by_a_rebuild(graph: OpenGraph, damage: Query, found: str) -> None:
    """A tie that is missing, wrong or too many, and a wrong count are told; deriving them anew mends them."""
    graph.database.write([damage])
    assert list(differences(graph)) == [found]
    graph.store.rebuild()
    assert list(differences(graph)) == []


def test_an_index_that_lies_is_found(graph: OpenGraph) -> None:
    """An index file that claims to be of this graph and is not does differ."""
    keeper = IndexKeeper(graph.database, graph.index_file)
    keeper.rebuild()
    keeper.save()
    graph.database.write([Query("MATCH (:Article {id: 'a2'})-[m:MENTIONS]->() DELETE m")])
    assert "the index differs" in list(differences(graph))
