"""Several writers over one graph, and lost answers: what is left is what one careful writer would leave."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from building import NAMES, extraction, graph_of
from cutting_proxy import Cut, CuttingProxy

from graph import writer
from graph.counting.cypher import CypherCounting
from graph.database import BoltAddress, Database, Query
from graph.errors import TiesClaimed
from graph.index_keeper import IndexKeeper
from graph.model import Extraction, Filters, PageRequest
from graph.rebuild import TieClaim
from graph.store import GraphStore

EVERYTHING = Filters()
ALL = PageRequest(limit=1000)


@pytest.fixture
def address(request: pytest.FixtureRequest) -> BoltAddress:
    """Where the database of this test is, whichever it is."""
    kind = request.node.callspec.params["migrated"]
    found: BoltAddress = (
        request.getfixturevalue("engine").address if kind == "embedded" else request.getfixturevalue("neo4j_address")
    )
    return found


@pytest.fixture
def stores(address: BoltAddress, request: pytest.FixtureRequest) -> Iterator[list[GraphStore]]:
    """Four stores over one graph, each with connections and an index of its own, as four processes have them."""
    embedded = request.node.callspec.params["migrated"] == "embedded"
    queue = request.getfixturevalue("engine").queue if embedded else None
    with ExitStack() as opened:
        databases = [opened.enter_context(closing(Database(address, queue=queue))) for _ in range(4)]
        yield [GraphStore(each, product="test", shared=True, counting="incidence") for each in databases]


def articles(count: int, *, shift: int = 0) -> list[Extraction]:
    """Different articles about overlapping entities."""
    return [
        extraction(
            f"a{number}",
            [[NAMES[(number + shift) % 6], NAMES[(number + shift + 1 + number % 3) % 6]]],
            date=f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        )
        for number in range(count)
    ]


def in_parallel(works: Sequence[threading.Thread]) -> None:
    """Run them all at once."""
    for work in works:
        work.start()
    for work in works:
        work.join()


def write(store: GraphStore, news: Sequence[Extraction], *, bulk: bool = False, size: int = 3) -> None:
    """Write in small batches, so that writers meet often."""
    with ExitStack() as opened:
        if bulk:
            opened.enter_context(store.deferring_ties())
        for start in range(0, len(news), size):
            store.write(news[start : start + size])


def alone(store: GraphStore, news: Sequence[Extraction], database: Database) -> dict[str, object]:
    """The graph that one writer makes of the same articles."""
    for stored in store.articles(filters=EVERYTHING, page=ALL).results:
        store.delete(stored.id)
    write(store, news, size=50)
    return graph_of(database)


def ties(store: GraphStore, entity: str) -> dict[str, int]:
    """Whom an entity is named with, and in how many articles."""
    found = store.co_mentions(entity, filters=EVERYTHING, measure="articles", page=ALL)
    return {each.entity.id: each.tie.articles for each in found.results}


def by_cypher(database: Database, entity: str) -> dict[str, int]:
    """The same, counted by the database."""
    counting = CypherCounting(database.read)
    found = counting.co_mentions([entity], filters=EVERYTHING, measure="articles", page=ALL)
    return {tie.entity: tie.articles for tie in found.results}


@pytest.mark.parametrize("writers", [2, 4])
@pytest.mark.parametrize("bulk", [False, True], ids=["batches", "bulk"])
def test_concurrent_ingests_count_exactly(
    stores: list[GraphStore], database: Database, writers: int, bulk: bool
) -> None:
    """Writers that share entities, and some articles, leave the graph of one writer, whoever loads in bulk."""
    news = articles(60)
    parts = [news[place::writers] + news[:6] for place in range(writers)]
    in_parallel(
        [
            threading.Thread(target=write, args=(store, part), kwargs={"bulk": bulk and place % 2 == 0})
            for place, (store, part) in enumerate(zip(stores, parts, strict=False))
        ]
    )
    together = graph_of(database)
    assert len(together["articles"]) == len(news)
    fresh = IndexKeeper(database, None).built()
    assert all(store._index.snapshot() == fresh for store in stores)
    assert alone(stores[0], news, database) == together


def test_what_others_write_is_seen_by_the_next_question(stores: list[GraphStore], database: Database) -> None:
    """Indexes of other processes catch up with new, changed and deleted articles, also from behind the log's end."""
    one, other = stores[:2]
    write(one, articles(9))
    assert ties(other, "Q1") == ties(one, "Q1") == by_cypher(database, "Q1")
    other.write([extraction("a3", [["Q1", "Q5"]], date="2024-06-01")])
    other.delete("a4")
    write(one, articles(3, shift=2))
    assert ties(other, "Q1") == ties(one, "Q1") == by_cypher(database, "Q1")


def test_who_is_behind_the_log_reads_the_graph_again(
    stores: list[GraphStore], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is cut; an index that is older than its beginning is built anew."""
    monkeypatch.setattr(writer, "WRITES_KEPT", 4)
    monkeypatch.setattr(writer, "FORGET_EVERY", 3)
    one, other = stores[:2]
    write(one, articles(3))
    assert ties(other, "Q1") == by_cypher(database, "Q1")
    write(one, articles(30)[3:])
    kept = [row[0] for row in database.read(Query("MATCH (w:Write) RETURN w.version AS v ORDER BY v")).values]
    assert kept == list(range(6, 11)), "ten writes, the last cut at the ninth"
    assert ties(other, "Q1") == by_cypher(database, "Q1")


def test_a_kept_index_catches_up(address: BoltAddress, database: Database, tmp_path: Path) -> None:
    """The file of an index that others have outrun meanwhile is read and carried along, not built anew."""
    file = tmp_path / "incidence.npz"
    first = GraphStore(Database(address), product="test", shared=True, index_file=file, counting="incidence")
    write(first, articles(6))
    first.close()
    writing = GraphStore(database, product="test", shared=True, counting="incidence")
    write(writing, articles(12)[6:])
    keeper = IndexKeeper(database, file, shared=True)
    keeper.built = None  # type: ignore[method-assign,assignment]  # building anew would fail
    assert keeper.snapshot() == writing._index.snapshot()


def test_counting_by_cypher_keeps_no_index(database: Database, tmp_path: Path) -> None:
    """Neither in memory nor in a file."""
    file = tmp_path / "incidence.npz"
    store = GraphStore(database, product="test", shared=True, index_file=file, counting="cypher")
    write(store, articles(6), bulk=True)
    assert ties(store, "Q1") == by_cypher(database, "Q1") != {}
    assert store._index._index is None
    store._index.save()
    assert not file.exists()


@pytest.mark.parametrize("cuts", [["before"], ["after"], ["before", "after"], ["after", "before"]], ids="-".join)
def test_a_commit_whose_answer_is_lost_takes_effect_once(
    address: BoltAddress, database: Database, cuts: list[Cut]
) -> None:
    """Whether the server had the commit or not, the articles are stored once and the caller is told."""
    proxy = CuttingProxy(address.uri)
    with closing(Database(replace(address, uri=proxy.uri))) as through:
        store = GraphStore(through, product="test", counting="incidence")
        store.write(articles(2))
        proxy.cut = list(cuts)
        outcomes = store.write(articles(4)[2:])
        assert proxy.cut == ([] if cuts[0] == "before" else cuts[1:])
        assert outcomes == ["new", "new"]
        proxy.cut = []
        assert store._index.snapshot() == IndexKeeper(database, None).built()
        together = graph_of(database)
        assert len(together["articles"]) == 4
        assert alone(GraphStore(database, product="test"), articles(4), database) == together
    proxy.close()


def test_ties_have_one_owner(stores: list[GraphStore], database: Database) -> None:
    """Who loads in bulk is not interrupted by others, and what is left behind is taken over after a silence."""
    one, other = stores[:2]
    with one.deferring_ties():
        with pytest.raises(TiesClaimed, match="try again"):
            other.rebuild()
        with other.deferring_ties():
            write(other, articles(6))
        assert one.stats().ties == 0, "the ties are left to the first"
    assert one.stats().ties > 0
    TieClaim(database, shared=True)  # and its owner dies
    other.write([extraction("late", [["Q1", "Q2"]])])
    assert GraphStore(database, product="test", shared=True).stats().graph_version == 3
    database.write([Query("MATCH (g:Graph) SET g.loader_seen = 0")])
    revived = GraphStore(database, product="test", shared=True)
    found = graph_of(database)
    assert alone(revived, [*articles(6), extraction("late", [["Q1", "Q2"]])], database) == found


def test_a_claim_that_was_taken_over_is_lost(stores: list[GraphStore], database: Database) -> None:
    """A load that slept too long goes on as an ordinary writer, and the graph comes out right."""
    one, other = stores[:2]
    with one.deferring_ties():
        write(one, articles(6))
        database.write([Query("MATCH (g:Graph) SET g.loader_seen = 0")])
        other.rebuild()
        write(one, articles(9)[6:])
    found = graph_of(database)
    assert alone(other, articles(9), database) == found
