"""A stranger's statements against the real embedded database: none does harm, whatever it tries."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from building import extraction, graph_of

from graph.database import Database
from graph.errors import StatementError, StatementStopped
from graph.store import GraphStore

LIMIT_SECONDS = 1.0
# How much longer than its limit a statement may keep the service or the engine busy.
GRACE_SECONDS = 3.0

OURS = [
    "CREATE (a:Article {id: 'planted'})",
    "match (e:Entity) set e.articles = 0 return e",
    "MATCH (e:Entity) WITH e LIMIT 1 DETACH DELETE e",
    "RETURN EXISTS { CREATE (p:Planted) RETURN p } AS done",
    "CALL { MATCH (e:Entity) SET e.name = 'planted' } RETURN 1 AS one",
    "UNWIND [1] AS n FOREACH (x IN [n] | CREATE (:Planted))",
    "RETURN 1 AS one; MATCH (n) DETACH DELETE n",
    "/* harmless */ LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1:{PORT}/list.csv' AS line RETURN line",
    "MATCH (e:Entity) WHERE COUNT { LOAD CSV FROM 'http://127.0.0.1:{PORT}/' + e.id AS x RETURN x } > 0 RETURN e.id",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CREATE INDEX planted FOR (n:Planted) ON (n.id)",
    "EXPLAIN CREATE INDEX planted FOR (n:Planted) ON (n.id)",
    "MATCH (a), (b), (c), (d), (e), (f) RETURN a.id AS id ORDER BY f.id, b.id, d.id",
    "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b UNWIND range(1, 9999) AS c RETURN sum(a * b * c) AS n",
    "RETURN reduce(total = 0, n IN range(1, 9999999) | total + n) AS total",
    "RETURN 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' =~ '(b|bb)+c' AS matches",
    "MATCH p = (a:Entity)-[*1..30]-(b:Entity) RETURN count(p) AS n",
    "INSERT INTO Entity SET id = 'planted'",
    "RETURN apoc.load.json('http://127.0.0.1:{PORT}/') AS document",
]
MAY_BE_QUICK = {"MATCH (a), (b), (c), (d), (e), (f) RETURN a.id AS id ORDER BY f.id, b.id, d.id"}


def sample(shared: Path) -> list[str]:
    """The hostile statements that lie beside the data, written out."""
    file = shared / "design" / "neo4j" / "hostile-sample.jsonl"
    if not file.exists():
        pytest.skip(f"{file.name} is not there")
    return [written_out(json.loads(line)) for line in file.read_text(encoding="utf8").splitlines()]


def written_out(record: dict[str, Any]) -> str:
    """A statement, long ones from their unit and how often it comes."""
    if "statement" in record:
        return str(record["statement"])
    repeat = record["repeat"]
    times = repeat["times"]
    return str(repeat["before"] + repeat["unit"] * times + repeat["after"] + repeat.get("close", "") * times)


class Listener:
    """A port on loopback that remembers who connected."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                connection.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A listener that nobody should reach."""
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture
def victim(store: GraphStore) -> GraphStore:
    """A small graph worth harming."""
    names = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"]
    store.write([extraction(f"a{n}", [names[n % 3 :], names[: 2 + n % 4]], date="2024-05-17") for n in range(30)])
    return store


def attack(victim: GraphStore, statement: str) -> str:
    """Send a statement; returns what was answered, with the reason, and checks that it did not take too long."""
    begin = time.monotonic()
    try:
        victim.cypher(statement, {"u": "file:///etc/hosts"}, level="strict", seconds=LIMIT_SECONDS, rows=100)
        answer = "answered"
    except (StatementError, StatementStopped) as error:
        answer = f"{type(error).__name__}: {error}"
    victim.ping()
    assert time.monotonic() - begin < LIMIT_SECONDS + GRACE_SECONDS, f"too long: {statement[:80]}"
    return answer


def test_none_of_ours_does_harm(victim: GraphStore, database: Database, listener: Listener) -> None:
    """Writes, files, network and endless work of every kind are refused or stopped, and nothing changes.

    Many rows over this small graph may be answered in time; whatever is not gives a reason.
    """
    before = graph_of(database)
    answers = {text: attack(victim, text.replace("{PORT}", str(listener.port))) for text in OURS}
    assert {text for text, answer in answers.items() if answer == "answered"} <= MAY_BE_QUICK
    assert graph_of(database) == before
    assert listener.connections == 0


def test_none_of_the_sample_does_harm(shared: Path, victim: GraphStore, database: Database, listener: Listener) -> None:
    """The same for the larger sample; what is answered there only read."""
    before = graph_of(database)
    for text in sample(shared):
        attack(victim, text.replace("{PORT}", str(listener.port)))
    assert graph_of(database) == before
    assert listener.connections == 0


@pytest.mark.parametrize("statement", OURS[:13])
def test_trusted_reads_only_too(victim: GraphStore, database: Database, listener: Listener, statement: str) -> None:
    """An operator's statements may be long, but write nothing and leave the database no more than a stranger's."""
    before = graph_of(database)
    with pytest.raises((StatementError, StatementStopped)):
        victim.cypher(statement.replace("{PORT}", str(listener.port)), {}, level="trusted", seconds=5, rows=100)
    assert graph_of(database) == before
    assert listener.connections == 0
