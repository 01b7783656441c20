"""A stranger's statements against real databases: none does harm, whatever it tries."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from at_work import seconds_until_idle
from building import extraction, graph_of
from hostile_kind import Kind
from hostile_reaching import DISGUISES, FILES, NETWORK, OTHER_LANGUAGES
from hostile_statements import COSTLY, HARMFUL, STOPPED
from hostile_writing import BATCHES, EXTENSIONS, HIDDEN_WRITES, PREFIXES, SCHEMA, SEVERAL, WRITES

from graph.cypher_guard import Level
from graph.database import Database, Limits, Query
from graph.errors import StatementError, StatementRefused, StatementStopped
from graph.store import GraphStore

LIMIT_SECONDS = 1.0
# How much longer than its limit a statement may keep the service or the database busy.
GRACE_SECONDS = 3.0
# What the databases hold off by themselves. Not among them: reading what others run, and ending it.
HELD_OFF = (
    *(WRITES, HIDDEN_WRITES, BATCHES, SEVERAL, PREFIXES, SCHEMA, EXTENSIONS, FILES, NETWORK),
    *(DISGUISES, OTHER_LANGUAGES),
)


def ids(kinds: tuple[Kind, ...]) -> list[str]:
    """The names of kinds, for the names of tests."""
    return [kind.name for kind in kinds]


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


def everything(database: Database) -> dict[str, Any]:
    """What is in the graph, and what a stranger might have planted beside it."""
    labels = database.read(Query("MATCH (n) RETURN labels(n) AS labels, count(*) AS n"))
    indexes = database.read(Query("SHOW INDEXES YIELD name RETURN name"))
    return graph_of(database) | {
        "nodes": sorted(map(str, labels.values)),
        "indexes": sorted(map(str, indexes.values)),
    }


@contextmanager
def unharmed(database: Database, listener: Listener) -> Iterator[None]:
    """What is done inside changes nothing and calls nobody."""
    before = everything(database)
    yield
    assert everything(database) == before
    assert listener.connections == 0


def attack(victim: GraphStore, statement: str, level: Level, parameters: Mapping[str, Any]) -> Exception | None:
    """Send a statement; returns why there was no answer, None where there was one."""
    try:
        victim.cypher(statement, parameters, level=level, seconds=LIMIT_SECONDS, rows=100)
    except (StatementError, StatementStopped) as error:
        return error
    return None


def refused(victim: GraphStore, statement: str, level: Level, parameters: Mapping[str, Any]) -> bool:
    """Whether the text alone was enough, and the answer says why and where."""
    error = attack(victim, statement, level, parameters)
    if not isinstance(error, StatementRefused) or error.offset is None or error.line is None:
        return False
    assert len(str(error)) > len("(line 1, column 1)")
    return 0 <= error.offset <= len(statement)


@pytest.mark.parametrize("kind", HARMFUL, ids=ids(HARMFUL))
def test_harm_is_refused_whoever_asks(kind: Kind, victim: GraphStore, database: Database, listener: Listener) -> None:
    """What writes, administers, leaves the graph or is out of all size is refused at both levels, with its place."""
    texts = [text.replace("{PORT}", str(listener.port)) for text in kind.statements]
    with unharmed(database, listener):
        assert [text for text in texts if not refused(victim, text, "strict", kind.parameters)] == []
        assert [text for text in texts if not refused(victim, text, "trusted", kind.parameters)] == []


@pytest.mark.parametrize("kind", COSTLY, ids=ids(COSTLY))
def test_costly_reading_is_refused_from_strangers(
    kind: Kind, victim: GraphStore, database: Database, listener: Listener
) -> None:
    """What no time limit would stop is refused at strict, with its place."""
    with unharmed(database, listener):
        assert [text for text in kind.statements if not refused(victim, text, "strict", kind.parameters)] == []


ENDLESS = [(kind, text) for kind in STOPPED for text in kind.statements]


@pytest.mark.parametrize(("kind", "text"), ENDLESS, ids=[text[:60] for _, text in ENDLESS])
def test_endless_rows_are_stopped(kind: Kind, text: str, victim: GraphStore, database: Database) -> None:
    """What makes rows without end ends at a limit of time or memory, and the database is soon at rest."""
    begin = time.monotonic()
    error = attack(victim, text, "strict", kind.parameters)
    assert not isinstance(error, StatementRefused)
    left = LIMIT_SECONDS + GRACE_SECONDS - (time.monotonic() - begin)
    assert seconds_until_idle(database, patience=2 * GRACE_SECONDS) < left
    victim.ping()


@pytest.mark.parametrize("kind", HELD_OFF, ids=ids(HELD_OFF))
def test_databases_hold_off_by_themselves(
    kind: Kind, victim: GraphStore, database: Database, listener: Listener
) -> None:
    """Behind the check of the text, a reader's rights and the plan keep from writing, files and network alone."""
    limits = Limits(seconds=LIMIT_SECONDS, rows=100)
    with unharmed(database, listener):
        for text in (text for text in kind.statements if "sleep" not in text):  # which the embedded engine would do
            with suppress(StatementError, StatementStopped, UnicodeEncodeError):  # half a character cannot be sent
                database.ask(text.replace("{PORT}", str(listener.port)), kind.parameters, limits)
    victim.ping()


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


def test_none_of_the_sample_does_harm(shared: Path, victim: GraphStore, database: Database, listener: Listener) -> None:
    """Of statements that were collected elsewhere, what is answered only reads, and soon."""
    with unharmed(database, listener):
        for text in sample(shared):
            begin = time.monotonic()
            attack(victim, text.replace("{PORT}", str(listener.port)), "strict", {"u": "file:///etc/hosts"})
            assert time.monotonic() - begin < LIMIT_SECONDS + GRACE_SECONDS, text[:80]
    victim.ping()


def test_the_suite_is_large() -> None:
    """There are some hundred statements, each once."""
    texts = [text for kind in (*HARMFUL, *COSTLY, *STOPPED) for text in kind.statements]
    assert len(texts) == len(set(texts)) >= 200
