"""A Neo4j that goes away in the middle of an ingest loses nothing that was told, and takes the rest afterwards."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from building import NAMES, extraction, graph_of
from neo4j_server import Neo4jServer, NoNeo4j, from_artefacts

from graph.database import Database
from graph.errors import DatabaseUnavailable
from graph.index_keeper import IndexKeeper
from graph.model import Extraction
from graph.schema import migrate, schema_runner
from graph.store import GraphStore

# Batches before the server goes away, and after it came back.
SOME = 8
PATIENCE_SECONDS = 300


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server that may be ended."""
    try:
        with from_artefacts(tmp_path_factory.mktemp("restarted")) as running:
            yield running
    except NoNeo4j as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


def batch(number: int, year: int) -> list[Extraction]:
    """Three articles."""
    pairs = [(NAMES[(number + part) % 6], NAMES[(number + 2 * part + 1) % 6]) for part in range(3)]
    return [extraction(f"a{number}-{part}-{year}", [pair], date=f"{year}-05") for part, pair in enumerate(pairs)]


def ingest(store: GraphStore, year: int, told: list[int], enough: threading.Event) -> None:
    """Write one batch after the other, each until it is told to be stored; the database may be away for long."""
    while not enough.is_set():
        try:
            store.write(batch(len(told), year))
            told.append(len(told))
        except DatabaseUnavailable:
            time.sleep(0.5)
        time.sleep(0.05)


def wait_for(told: list[int], count: int, writing: threading.Thread) -> None:
    """Wait until so many batches are stored."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(told) < count:
        assert writing.is_alive()
        assert time.monotonic() < deadline, "the database did not come back"
        time.sleep(0.01)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("ending", "year"), [("stop", 2023), ("kill", 2024)])
def test_a_restart_in_the_middle_of_ingest_loses_nothing(server: Neo4jServer, ending: str, year: int) -> None:
    """Whether it was ended in order or not, the graph is the one of an ingest without a restart."""
    with closing(Database(server.address)) as database:
        migrate(database, dialect="neo4j", run=schema_runner(database))
        store = GraphStore(database, product="Neo4j", shared=True, counting="incidence")
        told: list[int] = []
        enough = threading.Event()
        writing = threading.Thread(target=ingest, args=(store, year, told, enough))
        writing.start()
        try:
            wait_for(told, SOME, writing)
            getattr(server, ending)()
            server.start()
            wait_for(told, len(told) + SOME, writing)
        finally:
            enough.set()
            writing.join()
        interrupted = graph_of(database)
        assert sum(f"-{year}" in article for article in interrupted["articles"]) == 3 * len(told)
        assert store._index.snapshot() == IndexKeeper(database, None).built()
        store.rebuild()
        assert graph_of(database) == interrupted
        for number in told:
            assert set(store.write(batch(number, year))) == {"same"}
