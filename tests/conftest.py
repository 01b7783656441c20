"""What every test may use: the data folder where it is there, and a real embedded database, empty at each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import empty
from hypothesis import settings

from graph.database import Database
from graph.embedded import EmbeddedDatabase
from graph.schema import migrate
from graph.store import GraphStore

# How long an example takes says more about the machine than about the code.
settings.register_profile("eig", deadline=None)
settings.load_profile("eig")


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
def migrated(engine: EmbeddedDatabase) -> Iterator[Database]:
    """The engine's database with its schema."""
    database = Database(engine.address, reader=engine.reader, time_limit=engine.time_limit)
    migrate(database, dialect="arcadedb", run=engine.run_schema)
    yield database
    database.close()


@pytest.fixture
def database(migrated: Database) -> Database:
    """The same database without anything in it."""
    empty(migrated)
    return migrated


@pytest.fixture
def store(database: Database) -> GraphStore:
    """An empty graph that counts in memory."""
    return GraphStore(database, product="ArcadeDB", counting="incidence")
