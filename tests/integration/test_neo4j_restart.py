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

BATCHES = 30
# The server goes away when so many batches were told to be stored.
STOP_AT = 8
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
    return [
        extraction(
            f"a{number}-{part}", [[NAMES[(number + part) % 6], NAMES[(number + 2 * part + 1) % 6]]], date=f"{year}-05"
        )
        for part in range(3)
    ]


def ingest(store: GraphStore, year: int, told: list[int]) -> None:
    """Write what is not told yet; a caller tries again where the database was away for too long."""
    for number in range(BATCHES):
        if number not in told:
            store.write(batch(number, year))
            told.append(number)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("ending", "year"), [("stop", 2023), ("kill", 2024)])
def test_a_restart_in_the_middle_of_ingest_loses_nothing(server: Neo4jServer, ending: str, year: int) -> None:
    """Whether it was ended in order or not, the graph is the one of an ingest without a restart."""
    with closing(Database(server.address)) as database:
        migrate(database, dialect="neo4j", run=schema_runner(database))
        store = GraphStore(database, product="Neo4j", shared=True, counting="incidence")
        told: list[int] = []
        writing = threading.Thread(target=_until_done, args=(store, year, told))
        writing.start()
        while len(told) < STOP_AT:
            assert writing.is_alive()
            time.sleep(0.01)
        getattr(server, ending)()
        assert len(told) < BATCHES, "it was in the middle"
        server.start()
        writing.join()
        interrupted = graph_of(database)
        assert len(interrupted["articles"]) == 3 * BATCHES
        assert store._index.snapshot() == IndexKeeper(database, None).built()
        store.rebuild()
        assert graph_of(database) == interrupted
        for number in range(BATCHES):
            assert set(store.write(batch(number, year))) == {"same"}


def _until_done(store: GraphStore, year: int, told: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            return ingest(store, year, told)
        except DatabaseUnavailable:
            time.sleep(0.5)
    raise AssertionError("the database did not come back")
