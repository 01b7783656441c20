"""Connections to a real Neo4j: every way in which there is none is told at once, and what is set is heeded."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from bolt_relay import Relay, listener

from graph.bolt.capabilities import ARCADEDB, NEO4J, unsupported
from graph.database import BoltAddress, Connecting, Database, Limits, Query
from graph.errors import DatabaseUnavailable

ONE = Query("RETURN 1 AS one")
SHORT = Limits(seconds=5, rows=3)
HASTY = Connecting(connection_timeout=0.5, max_transaction_retry_time=0)
# What may be asked of a database; each must tell that it is not there.
WAYS: dict[str, Callable[[Database], object]] = {
    "ping": lambda database: database.ping(),
    "read": lambda database: database.read(ONE),
    "write": lambda database: database.write([ONE]),
    "ask": lambda database: database.ask("RETURN 1 AS one", {}, SHORT),
}
SILENCES = {
    "garbage": b"\xca\xfe garbage without an end",
    "a web server": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "hangs up": b"",
    "says nothing": None,
}


@pytest.fixture(params=["bolt", "neo4j"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Both ways to speak to a server without TLS."""
    name: str = request.param
    return name


@contextmanager
def _refused(address: BoltAddress, *, match: str = "") -> Iterator[Database]:
    """A database that cannot be used: what is done in the block must say so with its place, within 3 s."""
    with closing(Database(address, connecting=HASTY)) as database:
        begin = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match=f"{re.escape(address.place)}.*{match}"):
            yield database
        assert time.monotonic() - begin < 3


@contextmanager
def _relayed(address: BoltAddress) -> Iterator[tuple[Relay, Database]]:
    """A database that is spoken to through a relay."""
    with closing(Relay(address.uri)) as relay, closing(Database(replace(address, uri=relay.uri))) as database:
        yield relay, database


def _host(address: BoltAddress) -> str:
    return address.uri.partition("://")[2]


@pytest.mark.parametrize("way", WAYS)
def test_a_closed_port_is_told_at_once(neo4j_address: BoltAddress, scheme: str, way: str) -> None:
    """Where nothing listens, nothing waits, and the error says which setting to look at."""
    nowhere = replace(neo4j_address, uri=f"{scheme}://127.0.0.1:9")
    with _refused(nowhere, match="NEO4J_URI") as database:
        WAYS[way](database)


def test_a_name_nobody_knows_is_told(neo4j_address: BoltAddress, scheme: str) -> None:
    """A host name that leads nowhere is told as such."""
    nowhere = replace(neo4j_address, uri=f"{scheme}://nowhere.invalid:7687")
    with _refused(nowhere, match=r"does not answer.*NEO4J_URI.*nowhere\.invalid") as database:
        database.ping()


@pytest.mark.parametrize("answer", SILENCES)
def test_what_is_no_neo4j_is_told(neo4j_address: BoltAddress, scheme: str, answer: str) -> None:
    """Something else that listens there, or does not say a word, holds nobody up."""
    with listener(SILENCES[answer]) as host, _refused(replace(neo4j_address, uri=f"{scheme}://{host}")) as database:
        database.ping()


def test_a_scheme_with_tls_is_explained(neo4j_address: BoltAddress, scheme: str) -> None:
    """A server that speaks without TLS is not reached with it; the error says what the scheme means."""
    address = replace(neo4j_address, uri=f"{scheme}+s://{_host(neo4j_address)}")
    with closing(Database(address, connecting=HASTY)) as database, pytest.raises(DatabaseUnavailable, match="TLS"):
        database.ping()


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_user_is_told_each_way(neo4j_address: BoltAddress, scheme: str, way: str) -> None:
    """The error names user and password as what to check, and shows neither."""
    uri = f"{scheme}://{_host(neo4j_address)}"
    nobody = replace(neo4j_address, uri=uri, user="eig-nobody", password="hunter2")
    with closing(Database(nobody)) as database, pytest.raises(DatabaseUnavailable, match="NEO4J_PASSWORD") as error:
        WAYS[way](database)
    assert "hunter2" not in f"{error.value}{error.value.__cause__}{nobody!r}"


def test_a_wrong_password_is_told_too(neo4j_address: BoltAddress) -> None:
    """So it is for a user whom the server knows."""
    wrong = replace(neo4j_address, password="hunter2")
    with closing(Database(wrong)) as database, pytest.raises(DatabaseUnavailable, match="refused user and password"):
        database.ping()
    with closing(Database(neo4j_address)) as database:
        database.ping()  # which also ends the server's count of wrong passwords


@pytest.mark.parametrize("way", WAYS)
def test_an_unknown_database_is_told_each_way(neo4j_address: BoltAddress, scheme: str, way: str) -> None:
    """Each call names its database: one that is not there is told by name, again and again, and harms no other."""
    address = replace(neo4j_address, uri=f"{scheme}://{_host(neo4j_address)}")
    with closing(Database(replace(address, database="nowhere"))) as database:
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable, match=r"no database 'nowhere'.*NEO4J_DATABASE"):
                WAYS[way](database)
    with closing(Database(address)) as database:
        WAYS[way](database)


def test_another_database_is_another_one(neo4j_address: BoltAddress) -> None:
    """Reading and writing happen in the database that is named, not in the one that is the user's home."""
    name = Query("CALL db.info() YIELD name RETURN name")
    with closing(Database(replace(neo4j_address, database="system"))) as system:
        assert system.read(name).values == (("system",),)
        assert system.write([name]) == [[{"name": "system"}]]


def test_routing_and_direct_schemes_both_work(neo4j_address: BoltAddress, scheme: str) -> None:
    """neo4j:// asks a single server for its routes and is answered."""
    uri = f"{scheme}://{_host(neo4j_address)}"
    with closing(Database(replace(neo4j_address, uri=uri))) as database:
        for way in WAYS.values():
            way(database)


def test_the_server_learns_who_we_are(neo4j_address: BoltAddress) -> None:
    """Operators see the project's name among the connections."""
    with closing(Database(neo4j_address)) as database:
        agents = database.read(Query("CALL dbms.listConnections() YIELD userAgent RETURN collect(userAgent) AS agents"))
    assert any(agent.startswith("entity-intersection-graph/") for agent in agents.values[0][0])


def test_a_pool_that_is_used_up_is_told(neo4j_address: BoltAddress) -> None:
    """The size of the pool and the time to wait for a connection are heeded; the error names the setting."""
    tight = Connecting(
        max_connection_pool_size=1,
        connection_timeout=0.5,
        connection_acquisition_timeout=0.5,
        max_transaction_retry_time=0,
    )
    with closing(Database(neo4j_address, connecting=tight)) as database:
        begin = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match="NEO4J_MAX_CONNECTION_POOL_SIZE"):
            database.transact(lambda run: [run(ONE), database.read(ONE)])
        assert time.monotonic() - begin < 3
        database.read(ONE)


@pytest.mark.parametrize("uri", ["bolt://neo4j:hunter2@localhost", "neo4j+s://neo4j:hunter2@localhost:1/?policy=x"])
def test_an_address_with_a_password_is_refused_without_showing_it(neo4j_address: BoltAddress, uri: str) -> None:
    """The driver takes none, and its own error would repeat it."""
    with pytest.raises(DatabaseUnavailable, match="cannot be used as an address") as error:
        Database(replace(neo4j_address, uri=uri)).ping()
    assert "hunter2" not in str(error.value)


def test_an_old_server_is_refused(neo4j_address: BoltAddress) -> None:
    """A server that says that it is older than what is supported is not used, and the error names both versions."""

    def aged(data: bytes) -> bytes:
        return re.sub(rb"Neo4j/\d[\w.]+", lambda found: b"Neo4j/5.25.".ljust(len(found[0]), b"0"), data)

    with closing(Relay(neo4j_address.uri, aged)) as relay:
        old = replace(neo4j_address, uri=relay.uri)
        with _refused(old, match=r"Neo4j 5\.25\..*Neo4j 5\.26 or newer") as database:
            database.ping()


@pytest.mark.parametrize("agent", ["Neo4j/5.26.31", "Neo4j/2026.09.0", "Neo4j/5.27-aura", "Neo4j/2025.11.2-aura"])
def test_supported_versions(agent: str) -> None:
    """The long-term version and all that came after it, self-hosted or not."""
    assert unsupported(agent, NEO4J) is None


@pytest.mark.parametrize("agent", ["Neo4j/4.4.41", "Neo4j/5.9.0", "Neo4j/v5.26.0 compatible", "Other/1.0", ""])
def test_unsupported_versions(agent: str) -> None:
    """Older versions, and what only speaks like Neo4j."""
    assert "5.26 or newer" in (unsupported(agent, NEO4J) or "")


def test_the_embedded_database_has_no_version_to_check() -> None:
    """It is installed with this software."""
    assert unsupported("anything", ARCADEDB) is None


def test_a_written_thing_is_seen_by_the_next_read(neo4j_address: BoltAddress) -> None:
    """What a commit answers as its bookmark goes along with the next read and the next stranger's statement.

    A cluster answers those from other servers, which then wait until they have seen the write.
    """
    with _relayed(neo4j_address) as (relay, database):
        database.read(ONE)
        assert b"FB:" not in relay.sent
        database.write([Query("CREATE (n:Seen) DELETE n")])
        for way in ("read", "ask", "write"):
            relay.sent.clear()
            WAYS[way](database)
            assert b"\x89bookmarks\x91" in relay.sent
            assert b"FB:" in relay.sent


def test_reads_are_routed_as_reads(neo4j_address: BoltAddress) -> None:
    """Reads, pings and a stranger's statements say that they read, so that a cluster may answer them anywhere."""
    with _relayed(neo4j_address) as (relay, database):
        for way, reads in (("read", True), ("ping", True), ("ask", True), ("write", False)):
            relay.sent.clear()
            WAYS[way](database)
            assert (b"\x84mode\x81r" in relay.sent) == reads
