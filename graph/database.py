"""The one seam to every database: Bolt, through the official driver, bound to one database when it is made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, LiteralString, Protocol, TypeVar

import neo4j
from neo4j import exceptions as bolt

from graph.bolt.address import BoltAddress, Connecting, driver_options
from graph.bolt.capabilities import unsupported
from graph.bolt.errors import translated
from graph.bolt.stranger import Limits, Stranger
from graph.errors import CommitUnknown, DatabaseUnavailable, StatementStopped
from graph.model import Rows
from graph.time_limit import TimeLimit

__all__ = ["MESSAGE_BYTES", "BoltAddress", "Connecting", "Database", "Limits", "Query", "Transaction"]

T = TypeVar("T")

# Bolt's messages are limited to 16 MiB by the embedded server; a list of rows is cut to stay well below.
MESSAGE_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Query:
    """A named Cypher text of ours with its parameters. The text is a literal: nothing is ever pasted into it."""

    text: LiteralString
    parameters: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""

    def with_parameters(self, **parameters: Any) -> Query:
        """The same text with these parameters."""
        return Query(self.text, parameters, self.name)


class Transaction(Protocol):
    """Runs our statements inside one transaction."""

    def __call__(self, query: Query, /) -> list[dict[str, Any]]:
        """Run one statement; returns its rows."""
        ...


class Database:
    """One database of one server.

    address: who reads and writes for us. reader: who runs a stranger's statements (the same where not given).
    time_limit: for an engine that does not heed the limit which the driver sends along with a statement.
    queue: for an engine that lets writers run side by side and then refuses all but one: they wait for this lock.

    What was written is seen by whatever is read afterwards, also where a cluster answers the two from different
    servers: all sessions share their bookmarks. Every method raises DatabaseUnavailable where the server cannot be
    reached, does not let us in, or has no such database.
    """

    def __init__(
        self,
        address: BoltAddress,
        *,
        reader: BoltAddress | None = None,
        time_limit: TimeLimit | None = None,
        queue: AbstractContextManager[object] | None = None,
        connecting: Connecting | None = None,
    ) -> None:
        self._address = address
        self._connecting = connecting or Connecting()
        self._time_limit = time_limit
        self._queue = queue or nullcontext()
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        with translated(address):
            self._driver = neo4j.GraphDatabase.driver(address.uri, **driver_options(address, self._connecting))
        self._stranger = Stranger(reader or address, self._connecting, self._bookmarks.get_bookmarks)

    @property
    def address(self) -> BoltAddress:
        """Where the database is."""
        return self._address

    def read(self, query: Query) -> Rows:
        """Answer one reading statement, in a transaction that the driver tries again after passing faults."""

        def attempt() -> Rows:
            with translated(self._address, query.text), self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(lambda transaction: _rows(_run(transaction, query)))

        try:
            return self._ours(attempt)
        except CommitUnknown:  # nothing depends on the commit of what only reads
            return self._ours(attempt)

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run statements in one transaction: all of them or none."""
        return self.transact(lambda run: [run(query) for query in queries])

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one writing transaction; it may be called again after a passing fault, so it keeps no state."""

        def attempt() -> T:
            with self._queue, translated(self._address), self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(lambda transaction: work(lambda query: _run(transaction, query).data()))

        return self._ours(attempt)

    def _ours(self, attempt: Callable[[], T]) -> T:
        """Run statements of ours; again without any time limit where a stranger's limit has hit them."""
        try:
            return attempt()
        except StatementStopped:
            if self._time_limit is None:
                raise
            with self._time_limit.unlimited():
                return attempt()

    def ask(
        self,
        statement: str,
        parameters: Mapping[str, Any],
        limits: Limits,
        *,
        cancelled: threading.Event | None = None,
    ) -> Rows:
        """Run a stranger's statement as the reader, on a connection of its own that is dropped when its time is over.

        The statement must have passed graph.cypher_guard. Raises StatementError for a wrong one, StatementRefused where
        it would do more than read, StatementStopped at the time limit or once `cancelled` is set.
        """
        limited = self._time_limit.limited(limits.seconds) if self._time_limit else nullcontext()
        with limited:
            return self._stranger.ask(statement, parameters, limits, cancelled)

    def ping(self) -> None:
        """Raise DatabaseUnavailable unless the database answers and has a version that is supported.

        Never waits for a server that is on its way: where nothing listens it says so at once, where something listens
        and is silent after twice the time to connect.
        """
        with translated(self._address):
            try:
                agent = self._agent()
            except (bolt.ServiceUnavailable, bolt.SessionExpired):
                agent = self._agent()  # the first connection may have been one from before the server's restart
        if problem := unsupported(agent, self._address.can):
            raise DatabaseUnavailable(f"{self._address.place} cannot be used: {problem}")

    def _agent(self) -> str:
        """What the server calls itself, asked in the database and without the driver's retries."""
        # A server that takes a connection and says nothing is given up when no connection is to be had any more.
        timeout = self._connecting.connection_timeout
        with (
            self._session(neo4j.READ_ACCESS, connection_acquisition_timeout=timeout) as session,
            session.begin_transaction() as transaction,
        ):
            return transaction.run("RETURN 1").consume().server.agent

    def close(self) -> None:
        """Give all connections back."""
        self._driver.close()

    def _session(self, access_mode: str, **options: Any) -> neo4j.Session:
        return self._driver.session(
            database=self._address.database,
            default_access_mode=access_mode,
            bookmark_manager=self._bookmarks,
            **options,
        )


def _run(transaction: neo4j.ManagedTransaction, query: Query) -> neo4j.Result:
    return transaction.run(query.text, dict(query.parameters))


def _rows(result: neo4j.Result) -> Rows:
    fields = tuple(result.keys())
    return Rows(fields=fields, values=tuple(tuple(record.values()) for record in result))
