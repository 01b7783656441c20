"""The embedded engine: what it leaves on disk, what it listens on, and that it comes back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.database import Database, Query
from graph.embedded import EmbeddedDatabase
from graph.errors import GraphError
from graph.schema import MIGRATIONS, SET_SCHEMA_VERSION, SchemaTooNew, migrate, schema_version

ONE_RUN = """
import sys
from pathlib import Path
from graph.database import Database, Query
from graph.embedded import EmbeddedDatabase
from graph.errors import GraphError
from graph.schema import migrate
with EmbeddedDatabase(Path(sys.argv[1])) as engine:
    database = Database(engine.address, reader=engine.reader)
    migrate(database, dialect="arcadedb", run=engine.run_schema)
    database.write([Query("CREATE (:Article {id: $id})", {"id": sys.argv[2]})])
    print(database.read(Query("MATCH (a:Article) RETURN a.id ORDER BY a.id")).values)
    database.close()
"""


def run_once(folder: Path, article: str, cwd: Path) -> str:
    """Open the folder in a process of its own, write one article and print all."""
    done = subprocess.run(
        [sys.executable, "-c", ONE_RUN, str(folder), article], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_folder_is_opened_again_and_nothing_is_left_elsewhere(tmp_path: Path) -> None:
    """A second process finds what the first one wrote; neither writes into the working directory."""
    work = tmp_path / "work"
    work.mkdir()
    assert run_once(tmp_path / "db", "a1", work) == "(('a1',),)"
    assert run_once(tmp_path / "db", "a2", work) == "(('a1',), ('a2',))"
    assert list(work.iterdir()) == []
    assert (tmp_path / "db").stat().st_mode & 0o777 == 0o700


# In a process of its own, for the tests around it have servers of theirs.
LISTENING = """
import sys
from pathlib import Path
from graph.embedded import EmbeddedDatabase
mine = lambda: {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.exists()}
with EmbeddedDatabase(Path(sys.argv[1])) as engine:
    print(engine.address.uri.rsplit(":", 1)[1])
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in mine():  # 0A is a socket that listens
                print(fields[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_only_bolt_listens_and_only_on_loopback(tmp_path: Path) -> None:
    """No HTTP server, no other protocol: one port, reachable from this machine alone."""
    script = [sys.executable, "-c", LISTENING, str(tmp_path)]
    port, *addresses = subprocess.run(script, capture_output=True, text=True, check=True).stdout.split()
    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    assert [int(address.split(":")[1], 16) for address in addresses] == [int(port)]
    assert {address.split(":")[0] for address in addresses} <= loopback


def test_load_csv_is_off(embedded: Database) -> None:
    """Files and addresses are out of reach even for our own user."""
    for address in ("http://127.0.0.1:1/x", "file:///etc/hosts"):
        with pytest.raises(GraphError, match="LOAD CSV"):
            embedded.read(Query("LOAD CSV FROM $address AS row RETURN row", {"address": address}))


def test_long_ranges_are_bounded_by_the_heap(embedded: Database) -> None:
    """A range of a million items is made, one that would not fit is refused."""
    assert embedded.read(Query("UNWIND range(1, 1000000) AS n RETURN max(n) AS n")).values == ((1_000_000,),)
    with pytest.raises(GraphError, match="queryMaxRangeSize"):
        embedded.read(Query("RETURN size(range(1, 1000000000)) AS n"))


def test_migrations_are_numbered_without_gaps() -> None:
    """Migration n is the n-th, so that a version says which ones were applied."""
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_migrating_again_changes_nothing(engine: EmbeddedDatabase, embedded: Database) -> None:
    """A schema that is up to date is left alone, one that was interrupted is completed."""
    newest = MIGRATIONS[-1].number
    assert migrate(embedded, dialect="arcadedb", run=engine.run_schema) == newest
    embedded.write([SET_SCHEMA_VERSION.with_parameters(version=0, uid="x")])
    assert migrate(embedded, dialect="arcadedb", run=engine.run_schema) == newest
    assert schema_version(embedded) == newest


def test_a_graph_from_the_future_is_refused(engine: EmbeddedDatabase, embedded: Database) -> None:
    """A schema newer than this software knows is not touched."""
    newest = MIGRATIONS[-1].number
    embedded.write([SET_SCHEMA_VERSION.with_parameters(version=newest + 1, uid="x")])
    try:
        with pytest.raises(SchemaTooNew, match="install a newer version"):
            migrate(embedded, dialect="arcadedb", run=engine.run_schema)
    finally:
        embedded.write([SET_SCHEMA_VERSION.with_parameters(version=newest, uid="x")])
