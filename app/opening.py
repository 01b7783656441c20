"""Opens the graph that the settings name: Neo4j where an address is set, else the embedded database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings
from graph.database import BoltAddress, Connecting, Database
from graph.embedded import EmbeddedDatabase
from graph.folder_lock import FolderLock
from graph.schema import graph_uid, migrate, schema_runner
from graph.store import GraphStore

DATABASE_FOLDER = "database"
# In the folder of the database, so that who deletes one deletes the other.
INDEX_FILE = "incidence.npz"


@dataclass(frozen=True, slots=True)
class OpenGraph:
    """A graph that is open: the store, and what it is made of for those who look behind it."""

    store: GraphStore
    database: Database
    index_file: Path


@contextmanager
def open_store(settings: Settings, *, service: str | None = None) -> Iterator[GraphStore]:
    """The graph of `settings`, its schema up to date, until the end of the block.

    service: the address under which this process will serve the graph; it goes into the folder's lock once the graph is
    open, so that commands can work through it. Raises FolderTaken where another process holds the folder, and
    DatabaseUnavailable where Neo4j cannot be reached.
    """
    with open_graph(settings, service=service) as opened:
        yield opened.store


@contextmanager
def open_graph(settings: Settings, *, service: str | None = None) -> Iterator[OpenGraph]:
    """The same with the parts of the graph (see `open_store`)."""
    opening = _open_embedded(settings, service) if settings.neo4j_uri is None else _open_neo4j(settings)
    with opening as opened:
        yield opened


@contextmanager
def _open_embedded(settings: Settings, service: str | None) -> Iterator[OpenGraph]:
    index_file = settings.home / DATABASE_FOLDER / INDEX_FILE
    with (
        embedded_database(settings.home, heap_megabytes=settings.heap_mb) as (database, lock),
        _graph(settings, database, "ArcadeDB", index_file) as graph,
    ):
        lock.announce(service)
        yield graph


@contextmanager
def _open_neo4j(settings: Settings) -> Iterator[OpenGraph]:
    address = neo4j_address(settings)
    settings.home.mkdir(parents=True, exist_ok=True)  # the index and failed inputs are kept there
    with neo4j_database(address, connecting=connecting(settings)) as database:
        index_file = settings.home / f"incidence-{_name(address, graph_uid(database))}.npz"
        with _graph(settings, database, "Neo4j", index_file) as graph:
            yield graph


@contextmanager
def embedded_database(
    home: Path, *, heap_megabytes: int, unfinished: bool = False
) -> Iterator[tuple[Database, FolderLock]]:
    """The embedded database of a home folder, its schema up to date, and the lock that keeps others away.

    unfinished: take also a graph that is not whole. Raises FolderTaken where another process holds the folder.
    """
    with ExitStack() as opened:
        lock = opened.enter_context(FolderLock(home))
        engine = opened.enter_context(EmbeddedDatabase(home / DATABASE_FOLDER, heap_megabytes=heap_megabytes))
        database = opened.enter_context(
            closing(Database(engine.address, reader=engine.reader, time_limit=engine.time_limit, queue=engine.queue))
        )
        migrate(database, dialect="arcadedb", run=engine.run_schema, unfinished=unfinished)
        yield database, lock


@contextmanager
def neo4j_database(
    address: BoltAddress, *, connecting: Connecting | None = None, unfinished: bool = False
) -> Iterator[Database]:
    """A database of a Neo4j server, its schema up to date.

    unfinished: take also a graph that is not whole. Raises DatabaseUnavailable where it cannot be reached.
    """
    with closing(Database(address, connecting=connecting)) as database:
        database.ping()
        migrate(database, dialect="neo4j", run=schema_runner(database), unfinished=unfinished)
        yield database


@contextmanager
def _graph(settings: Settings, database: Database, product: str, index_file: Path) -> Iterator[OpenGraph]:
    store = GraphStore(
        database,
        product=product,
        shared=product == "Neo4j",
        index_file=index_file,
        counting=settings.counting,
        keep_text=settings.keep_text,
    )
    with closing(store):
        yield OpenGraph(store, database, index_file)


def neo4j_address(settings: Settings) -> BoltAddress:
    """Where the Neo4j of `settings` is."""
    return BoltAddress(
        uri=str(settings.neo4j_uri),
        user=settings.neo4j_username,
        password=settings.neo4j_password.get_secret_value(),
        database=settings.neo4j_database,
    )


def connecting(settings: Settings) -> Connecting:
    """How connections to Neo4j are made and kept."""
    return Connecting(
        max_connection_pool_size=settings.neo4j_max_connection_pool_size,
        connection_timeout=settings.neo4j_connection_timeout,
        connection_acquisition_timeout=settings.neo4j_connection_acquisition_timeout,
        max_transaction_retry_time=settings.neo4j_max_transaction_retry_time,
    )


def _name(address: BoltAddress, uid: str) -> str:
    """A short name for one graph in one database: a graph that takes its place begins without the index of this one."""
    return hashlib.sha256(f"{address.uri} {address.database} {uid}".encode()).hexdigest()[:12]
