"""Whatever happens to a graph, it is what a fresh one over the same articles would be."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
from building import empty, extraction, extractions, graph_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.counting.cypher import CypherCounting
from graph.database import Database, Query
from graph.model import Extraction, Filters, PageRequest
from graph.rebuild import TieClaim
from graph.store import GraphStore
from graph.stored_form import incidence

EVERYTHING = Filters()
ALL = PageRequest(limit=1000)

# What can happen: a batch is written, in one or in pieces, as a bulk load or not; an article goes.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.lists(extractions(), min_size=1, max_size=4)),
        st.tuples(st.just("bulk"), st.lists(extractions(), min_size=1, max_size=3)),
        st.tuples(st.just("delete"), st.sampled_from(["a1", "a2", "a3", "a4"])),
    ),
    min_size=1,
    max_size=6,
)


def fresh(database: Database) -> GraphStore:
    """A store over an emptied database."""
    empty(database)
    return GraphStore(database, product="test", counting="incidence")


def play(store: GraphStore, steps: list[tuple[str, Any]]) -> dict[str, Extraction]:
    """Take the steps; returns what is stored in the end."""
    stored: dict[str, Extraction] = {}
    for what, given_ in steps:
        if what == "delete":
            if given_ in stored:
                store.delete(given_)
                del stored[given_]
            continue
        if what == "bulk":
            with store.deferring_ties():
                for each in given_:
                    store.write([each])
        else:
            # A batch holds an article once; where it comes again, that is another batch.
            for batch in batches(given_):
                store.write(batch)
        stored |= {each.article.id: each for each in given_}
    return stored


def batches(articles: list[Extraction]) -> list[list[Extraction]]:
    """Lists that hold an article once, one after the other."""
    found: list[list[Extraction]] = [[]]
    for each in articles:
        if any(other.article.id == each.article.id for other in found[-1]):
            found.append([])
        found[-1].append(each)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_history_gives_the_graph_of_a_fresh_start(migrated: Database, steps: list[tuple[str, Any]]) -> None:
    """Writes, changes, bulk loads and deletes leave the graph and the index of one load of what is stored at last."""
    store = fresh(migrated)
    stored = play(store, steps)
    graph, index = graph_of(migrated), store._index.snapshot()
    assert index == store._index.built(), "the index that followed the writes equals one read from the graph"

    again = fresh(migrated)
    for article in sorted(stored, reverse=True):
        again.write([stored[article]])
    assert graph_of(migrated) == graph
    assert again._index.snapshot() == index
    again.rebuild()
    assert graph_of(migrated) == graph


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=st.lists(extractions(), min_size=1, max_size=6, unique_by=lambda each: each.article.id))
def test_counts_are_those_of_networkx(migrated: Database, articles: list[Extraction]) -> None:
    """Co-mentions by index and by Cypher, and CO_MENTIONED itself, equal a weighted graph of pairs."""
    store = fresh(migrated)
    store.write(articles)
    oracle: nx.Graph[str] = nx.Graph()
    for each in map(incidence, articles):
        for a, b in combinations(sorted(each.sentences), 2):
            weight = oracle.get_edge_data(a, b, {"weight": 0})["weight"]
            oracle.add_edge(a, b, weight=weight + 1)
    for counting in (store._counting, CypherCounting(migrated.read)):
        for name in {name for each in articles for name in incidence(each).sentences}:
            page = counting.co_mentions([name], filters=EVERYTHING, measure="articles", page=ALL)
            expected = {b: data["weight"] for _, b, data in oracle.edges(name, data=True)} if name in oracle else {}
            assert {tie.entity: tie.articles for tie in page.results} == expected
    ties = migrated.read(Query("MATCH (a)-[c:CO_MENTIONED]->(b) RETURN a.id, b.id, c.articles")).values
    assert {tuple(sorted(tie[:2])): tie[2] for tie in ties} == {
        tuple(sorted((a, b))): data["weight"] for a, b, data in oracle.edges(data=True)
    }
    assert len(ties) == oracle.number_of_edges()


def test_an_interrupted_bulk_load_is_completed_when_the_graph_is_opened(database: Database) -> None:
    """Ties that a killed bulk load left out are derived by the next one to open the graph."""
    store = GraphStore(database, product="test", counting="incidence")
    TieClaim(database, shared=False)
    store.write([extraction("a1", [["Q1", "Q2"]], date="2024")])
    assert store.stats().ties == 0
    assert GraphStore(database, product="test", counting="incidence").stats().ties == 1
