"""The databases of the benchmarks, each over a folder that is kept, and what memory and disk they take.

Run with tests/lib on PYTHONPATH, which knows how a Neo4j is started from its artefacts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from neo4j_server import Neo4jServer, newest_java, newest_version

from graph.database import BoltAddress, Database, Query
from graph.embedded import EmbeddedDatabase
from graph.schema import migrate, schema_runner

HEAP_MEGABYTES = 1024
# Nobody but this process knows the port; a folder that is opened again has no password to remember.
NEO4J_SETTINGS: Mapping[str, str] = MappingProxyType(
    {"dbms.security.auth_enabled": "false", "server.memory.pagecache.size": "512m"}
)


@dataclass(frozen=True, slots=True)
class Server:
    """A database that is up, its schema up to date.

    process: the id of the server's process; None where it is our own, or not on this machine. folder: where its files
    are; None where nobody knows.
    """

    database: Database
    product: str
    process: int | None = None
    folder: Path | None = None

    def memory(self) -> dict[str, int]:
        """Resident memory in MB: of this process (with the engine, where it is embedded), and of the server."""
        own = {"process_mb": resident_megabytes(os.getpid())}
        return own if self.process is None else own | {"server_mb": resident_megabytes(self.process)}

    def disk_megabytes(self) -> int | None:
        """What its files take, logs of transactions included."""
        if self.folder is None:
            return None
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()) // 1_000_000


@contextmanager
def embedded(folder: Path) -> Iterator[Server]:
    """The embedded database."""
    with (
        EmbeddedDatabase(folder, heap_megabytes=HEAP_MEGABYTES) as engine,
        closing(Database(engine.address, queue=engine.queue)) as database,
    ):
        migrate(database, dialect="arcadedb", run=engine.run_schema)
        yield Server(database, "ArcadeDB", folder=folder)


@contextmanager
def neo4j(folder: Path) -> Iterator[Server]:
    """The Neo4j that NEO4J_URI names, else one of our own."""
    if uri := os.environ.get("NEO4J_URI"):
        user, password = os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        with _migrated(BoltAddress(uri, user, password, os.environ.get("NEO4J_DATABASE", "neo4j"))) as database:
            yield Server(database, "Neo4j")
        return
    java = newest_java()
    server = Neo4jServer(
        folder, version=newest_version(java), java=java, settings=NEO4J_SETTINGS, heap_megabytes=HEAP_MEGABYTES
    )
    server.start()
    try:
        with _migrated(server.address) as database:
            yield Server(database, f"Neo4j {server.version}", process=server.process_id, folder=folder / "data")
    finally:
        server.stop()


@contextmanager
def _migrated(address: BoltAddress) -> Iterator[Database]:
    with closing(Database(address)) as database:
        migrate(database, dialect="neo4j", run=schema_runner(database))
        yield database


OPEN: Mapping[str, Callable[[Path], AbstractContextManager[Server]]] = MappingProxyType(
    {"embedded": embedded, "neo4j": neo4j}
)


def empty(database: Database) -> None:
    """Take everything out but the schema, in transactions of a bounded size."""
    for statement in (
        Query("MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN count(*) AS deleted"),
        Query("MATCH (n) WHERE NOT n:Graph WITH n LIMIT 2000 DETACH DELETE n RETURN count(*) AS deleted"),
    ):
        while database.write([statement])[0][0]["deleted"]:
            pass
    database.write([Query("MATCH (g:Graph) SET g.version = 0, g.ties_stale = false")])


def resident_megabytes(process: int) -> int:
    """What a process holds in memory (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf8")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1000
