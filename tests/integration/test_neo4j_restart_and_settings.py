"""One Neo4j as its makers deliver it, stopped, set up as we recommend, and started again under a database in use."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from neo4j_server import Neo4jServer, NoNeo4j, from_artefacts

from app.neo4j_checks import RECOMMENDED, Finding, findings
from graph.database import Connecting, Database, Limits, Query
from graph.errors import DatabaseUnavailable, StatementStopped

# Less than is recommended, so that it is quickly used up.
LITTLE_MEMORY = {"db.memory.transaction.max": "64m"}
COUNT = Query("MATCH (k:Kept) RETURN count(k) AS n")
KEEP = Query("CREATE (:Kept)")
SHORT = Limits(seconds=20, rows=3)


@dataclass
class Story:
    """What was seen before the server stopped, while it was down, and afterwards."""

    before: list[Finding] = field(default_factory=list)
    after: list[Finding] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """A server of our own: this one is restarted."""
    try:
        with from_artefacts(tmp_path_factory.mktemp("neo4j-of-our-own")) as running:
            yield running
    except NoNeo4j as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def used(server: Neo4jServer) -> Iterator[Database]:
    """A database in use, from before the server's restart until after it."""
    with closing(Database(server.address, connecting=Connecting(max_transaction_retry_time=60))) as database:
        yield database


@pytest.fixture(scope="module")
def story(server: Neo4jServer, used: Database) -> Story:
    """The restart, told once."""
    story = Story(before=list(findings(used)))
    used.write([KEEP])
    used.ask("MATCH (k:Kept) RETURN k", {}, SHORT)
    server.stop()
    _while_it_is_down(used, story)
    lines = "".join(f"{name}={value}\n" for name, value in (RECOMMENDED | LITTLE_MEMORY).items())
    with (server.folder / "conf" / "neo4j.conf").open("a", encoding="utf8") as conf:
        conf.write(lines)
    server.start()
    used.ping()
    story.counts.append(used.read(COUNT).values[0][0])
    used.write([KEEP])
    story.counts.append(used.read(COUNT).values[0][0])
    story.counts.append(used.ask("MATCH (k:Kept) RETURN count(k) AS n", {}, SHORT).values[0][0])
    story.after = list(findings(used))
    return story


def _while_it_is_down(database: Database, story: Story) -> None:
    for ask in (database.ping, lambda: database.ask("RETURN 1", {}, SHORT)):
        begin = time.monotonic()
        with pytest.raises(DatabaseUnavailable) as error:
            ask()
        story.seconds.append(time.monotonic() - begin)
        story.told.append(str(error.value))


def test_a_stopped_server_is_told_at_once(story: Story) -> None:
    """A server that went away is told within 3 s, not after all tries are used up."""
    assert len(story.told) == 2
    assert all("does not answer" in told for told in story.told)
    assert max(story.seconds) < 3


def test_the_same_database_works_on_after_a_restart(story: Story) -> None:
    """Reads, writes and a stranger's statements go on, on connections that are made anew; nothing was lost."""
    assert story.counts == [1, 2, 2]


def test_a_server_as_delivered_gets_advice(story: Story) -> None:
    """LOAD CSV is open, transactions are unbounded, limits are looked at late; each advice is a line of neo4j.conf."""
    advised = {finding.name: finding.advice for finding in story.before if finding.advice}
    assert list(advised) == [
        "Neo4j LOAD CSV of files",
        "Neo4j memory of a transaction",
        "Neo4j time of a transaction",
        "Neo4j time limits",
        "Neo4j LOAD CSV of addresses",
    ]
    lines = [f"{name}={value}" for name, value in RECOMMENDED.items()]
    assert all(any(line in advice for line in lines) for advice in advised.values())


def test_a_server_as_recommended_gets_none(story: Story) -> None:
    """With these lines in neo4j.conf nothing is left to say, and as much was looked at."""
    assert [finding for finding in story.after if finding.advice] == []
    assert [finding.name for finding in story.after] == [finding.name for finding in story.before]
    assert story.after[0].detail.startswith("Neo4j Kernel ")


def test_the_memory_of_a_statement_is_bounded(used: Database, story: Story) -> None:
    """A statement that collects more than a transaction may hold is stopped by the server, which goes on."""
    assert story.after
    with pytest.raises(StatementStopped, match="for want of memory"):
        used.ask("UNWIND range(1, 100000000) AS x RETURN size(collect(x)) AS n", {}, SHORT)
    used.ping()
