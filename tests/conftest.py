"""What every test may use: the data folder where it is there, and real databases of every kind, empty at each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from building import empty
from hypothesis import HealthCheck, settings
from neo4j_server import NoNeo4j, neo4j_for_tests

from graph.database import BoltAddress, Database
from graph.embedded import EmbeddedDatabase
from graph.schema import migrate, schema_runner
from graph.store import GraphStore

# How long an example, or making one, takes says more about the machine than about the code.
settings.register_profile("eig", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eig")
# For every Java of the tests, Neo4j's too. None lives long enough for what the thorough compiler takes to pay: with the
# quick one alone tests of both databases take less than half the time.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with `data` and `seeds`, named by EIG_SHARED."""
    folder = os.environ.get("EIG_SHARED")
    if not folder:
        pytest.skip("EIG_SHARED is not set: it names the folder that holds `data` and `seeds`")
    return Path(folder)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedDatabase]:
    """One embedded engine for the whole run."""
    with EmbeddedDatabase(tmp_path_factory.mktemp("engine")) as running:
        yield running


@pytest.fixture(scope="session")
def embedded(engine: EmbeddedDatabase) -> Iterator[Database]:
    """The engine's database with its schema."""
    with closing(Database(engine.address, reader=engine.reader, time_limit=engine.time_limit)) as database:
        migrate(database, dialect="arcadedb", run=engine.run_schema)
        yield database


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoltAddress]:
    """One real Neo4j for the whole run. Tests that need it are skipped where none can be had, but never in CI."""
    try:
        with neo4j_for_tests(tmp_path_factory.mktemp("neo4j")) as address:
            yield address
    except NoNeo4j as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def on_neo4j(neo4j_address: BoltAddress) -> Iterator[Database]:
    """Neo4j's database with its schema."""
    with closing(Database(neo4j_address)) as database:
        migrate(database, dialect="neo4j", run=schema_runner(database))
        yield database


@pytest.fixture(params=["embedded", "on_neo4j"])
def migrated(request: pytest.FixtureRequest) -> Database:
    """A database with the schema, whatever is in it; each test that asks for one runs on every kind of database."""
    database: Database = request.getfixturevalue(request.param)
    return database


@pytest.fixture
def database(migrated: Database) -> Database:
    """The same database without anything in it."""
    empty(migrated)
    return migrated


@pytest.fixture
def store(database: Database) -> GraphStore:
    """An empty graph that counts in memory."""
    return GraphStore(database, product="test", counting="incidence")
