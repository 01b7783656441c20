"""A stranger's statement on a real Neo4j, unseen by the guard: the plan tells on it, and it ends on the server too."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from bolt_relay import Relay

from graph.bolt.plan import objection
from graph.database import BoltAddress, Database, Limits, Query
from graph.errors import StatementError, StatementRefused, StatementStopped

SHORT = Limits(seconds=5, rows=3)
LONG = Limits(seconds=120, rows=3)
ENDLESS = "UNWIND range(1, 90000) AS x UNWIND range(1, 90000) AS y WITH x, y WHERE x * y = 77 RETURN count(*) AS n"
RUNNING = Query(
    "SHOW TRANSACTIONS YIELD metaData, currentQuery WHERE metaData.request IS NOT NULL "
    "RETURN metaData.request AS request, currentQuery AS statement"
)
REFUSED = {
    "CREATE (:Hack)": "Create",
    "MERGE (:Hack {id: 1})": "Merge",
    "MATCH (g:Graph) SET g.version = 1000": "Set",
    "MATCH (g:Graph) REMOVE g.version": "Set",
    "MATCH (g:Graph) DETACH DELETE g": "Delete",
    "FOREACH (x IN [1] | CREATE (:Hack))": "Foreach",
    "CREATE INDEX hack FOR (n:Hack) ON (n.id)": "CreateIndex",
    "UNWIND [1] AS x CALL (x) { RETURN 1 AS y } IN TRANSACTIONS RETURN y": "TransactionApply",
    "SHOW TRANSACTIONS": "ShowTransactions",
    "SHOW SETTINGS": "ShowSettings",
    "SHOW PROCEDURES": "ShowProcedures",
    "SHOW DATABASES": "AdministrationCommand",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'": "TerminateTransactions",
    "CALL dbms.listConfig()": "dbms.listConfig",
    "CALL `dbms`.listConnections()": "dbms.listConnections",
    "CALL db.awaitIndexes()": "db.awaitIndexes",
    "CALL dbms.killConnections(['bolt-1'])": "dbms.killConnections",
    "RETURN COUNT { CALL dbms.killConnections(['bolt-1']) YIELD username RETURN username } AS n": "killConnections",
    "RETURN CASE WHEN EXISTS { CALL dbms.listConfig() YIELD name RETURN name } THEN 1 END AS n": "dbms.listConfig",
    "RETURN [x IN [1] | COLLECT { CALL dbms.listConfig('a') YIELD name RETURN name }] AS n": "dbms.listConfig",
    "LOAD CSV FROM $url AS row RETURN row": "LOAD CSV",
    "RETURN CASE WHEN EXISTS { LOAD CSV FROM 'URL' AS row RETURN row } THEN 1 END AS n": "LOAD CSV",
    "RETURN [x IN [1] WHERE EXISTS { LOAD CSV FROM 'URL' AS row RETURN row } | x] AS n": "LOAD CSV",
    "MATCH (g:Graph) WHERE g.id = 'x' OR EXISTS { LOAD CSV FROM 'URL' AS row RETURN row } RETURN g": "LOAD CSV",
}
READING = [
    "RETURN 'LOAD CSV FROM here' AS text, 'CALL dbms.shutdown()' AS more",
    "MATCH (a:Article) WHERE a.title = 'CREATE and DELETE' RETURN a.`delete` AS x",
    "MATCH (a:Article) WHERE EXISTS { (a)-[:MENTIONS]->(e:Entity) WHERE e.name = 'call me (maybe)' } RETURN a.id",
    "MATCH (a:Article) CALL (a) { MATCH (a)-[:MENTIONS]->(e) RETURN count(e) AS n } RETURN a.id, n",
    "MATCH (a:Entity {id: 'Q1'}), (b:Entity {id: 'Q2'}) MATCH p = shortestPath((a)-[*..4]-(b)) RETURN length(p)",
    "CALL db.labels() YIELD label RETURN label ORDER BY label",
    "CALL db.schema.visualization()",
    "CALL db.index.fulltext.queryNodes('entity_names', 'x') YIELD node RETURN node.id",
    "SHOW INDEXES YIELD name RETURN name",
    "SHOW CONSTRAINTS",
    "RETURN 1 AS n UNION RETURN 2 AS n",
]


@pytest.fixture
def graph(on_neo4j: Database) -> Database:
    """The database; nobody's statement is on its way in it."""
    _wait_for(on_neo4j, lambda rows: not rows, seconds=20)
    return on_neo4j


def _wait_for(database: Database, what: Callable[[list[dict[str, Any]]], bool], *, seconds: float) -> None:
    """Wait until the strangers' statements that run on the server are as they should be; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not what(rows := database.read(RUNNING).dicts()):
        assert time.monotonic() < deadline, rows
        time.sleep(0.05)


def _endless(database: Database, limits: Limits, cancelled: threading.Event) -> tuple[threading.Thread, list[str]]:
    """A statement without an end, on its way; why it was stopped will be in the list."""
    told: list[str] = []

    def ask() -> None:
        with pytest.raises(StatementStopped) as error:
            database.ask(ENDLESS, {}, limits, cancelled=cancelled)
        told.append(str(error.value))

    asking = threading.Thread(target=ask)
    asking.start()
    return asking, told


@pytest.mark.parametrize("statement", REFUSED)
def test_the_plan_gives_away_what_does_more_than_read(graph: Database, statement: str) -> None:
    """Whatever writes, leaves the graph or touches the work of others is refused by its plan, before it runs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(StatementRefused, match=REFUSED[statement]):
            graph.ask(statement.replace("URL", url), {"url": url}, SHORT)
        with pytest.raises(TimeoutError):
            listening.accept()
    assert graph.read(Query("MATCH (h:Hack) RETURN count(h) AS n")).values == ((0,),)


@pytest.mark.parametrize("statement", READING)
def test_the_plan_lets_pass_what_reads(graph: Database, statement: str) -> None:
    """Words inside texts, names and parameters are no crime; listed procedures and SHOW INDEXES are read."""
    graph.ask(statement, {}, SHORT)


def test_a_plan_that_is_missing_or_writes_is_objected_to() -> None:
    """What EXPLAIN does not vouch for is not run."""
    reading = {"operatorType": "ProduceResults@neo4j", "args": {"Details": "n"}, "children": []}
    assert objection("r", reading) is None
    assert objection("r", None)
    assert objection("s", reading)
    assert objection(None, reading)


def test_the_server_itself_refuses_writes_of_reads(graph: Database) -> None:
    """READ mode is kept by the server: also a reading call of ours cannot write."""
    with pytest.raises(StatementRefused, match="only reading is allowed"):
        graph.read(Query("CREATE (:Hack)"))


@pytest.mark.parametrize(
    ("statement", "line", "column", "offset"),
    [
        ("RETURN 1 + unknown", 1, 12, 11),
        ("RETURN\n  1 +\n  unknown", 3, 3, 15),
        ("RETURN '\U0001f5de\U0001f5de' + unknown", 1, 15, 14),
        ("RETUR 1", 1, 1, 0),
        ("// nothing", 1, 1, 0),
    ],
)
def test_places_are_those_of_the_strangers_text(
    graph: Database, statement: str, line: int, column: int, offset: int
) -> None:
    """Places count code points from the beginning of what was sent, and the message does not repeat them."""
    with pytest.raises(StatementError) as error:
        graph.ask(statement, {}, SHORT)
    assert (error.value.line, error.value.column, error.value.offset) == (line, column, offset)
    assert "offset" not in str(error.value)
    assert "EXPLAIN" not in str(error.value).replace("expected CYPHER, EXPLAIN", "")


def test_errors_while_running_are_the_strangers(graph: Database) -> None:
    """What only shows when the statement runs is told as its mistake."""
    with pytest.raises(StatementError, match="by zero"):
        graph.ask("RETURN 1 / 0", {}, SHORT)
    with pytest.raises(StatementError, match="parameter"):
        graph.ask("RETURN $missing", {}, SHORT)


def test_a_statement_whose_time_is_over_ends_on_the_server(graph: Database) -> None:
    """It runs under a request id of its own, and is gone from the server within 3 s of its limit."""
    asking, told = _endless(graph, Limits(seconds=3, rows=1), threading.Event())
    _wait_for(graph, lambda rows: any(row["request"] and row["statement"] == ENDLESS for row in rows), seconds=3)
    asking.join()
    _wait_for(graph, lambda rows: not rows, seconds=3)
    assert told == ["stopped after 3 s: ask for less, or raise EIG_CYPHER_SECONDS"]


def test_a_cancelled_statement_ends_on_the_server(graph: Database) -> None:
    """So it does when its client has gone away, long before its time is over."""
    cancelled = threading.Event()
    asking, told = _endless(graph, LONG, cancelled)
    _wait_for(graph, lambda rows: any(row["statement"] == ENDLESS for row in rows), seconds=10)
    cancelled.set()
    asking.join(3)
    _wait_for(graph, lambda rows: not rows, seconds=3)
    assert told == ["the statement was cancelled"]


def test_a_statement_ends_also_where_nobody_tells_the_server_of_the_lost_connection(
    graph: Database, neo4j_address: BoltAddress
) -> None:
    """It is terminated by its request id: proxies may keep a connection up whose client has gone."""
    cancelled = threading.Event()
    relay = Relay(neo4j_address.uri, holds=True)
    with closing(relay), closing(Database(replace(neo4j_address, uri=relay.uri))) as database:
        asking, _ = _endless(database, LONG, cancelled)
        _wait_for(graph, lambda rows: any(row["statement"] == ENDLESS for row in rows), seconds=10)
        cancelled.set()
        asking.join(4)
        _wait_for(graph, lambda rows: all(row["statement"] != ENDLESS for row in rows), seconds=3)
