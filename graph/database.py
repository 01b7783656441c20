"""The one seam to every database: Bolt, through the official driver, bound to one database when it is made."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, LiteralString, Protocol, TypeVar, cast

import neo4j
from neo4j import exceptions as bolt

from graph.errors import CommitUnknown, DatabaseUnavailable, StatementError, StatementRefused, StatementStopped
from graph.model import Rows
from graph.time_limit import TimeLimit

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")

# Bolt's messages are limited to 16 MiB by the embedded server; a list of rows is cut to stay well below.
MESSAGE_BYTES = 4_000_000
CANCEL_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class BoltAddress:
    """Where a database is and as whom to speak to it."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str


@dataclass(frozen=True, slots=True)
class Query:
    """A named Cypher text of ours with its parameters. The text is a literal: nothing is ever pasted into it."""

    text: LiteralString
    parameters: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""

    def with_parameters(self, **parameters: Any) -> Query:
        """The same text with these parameters."""
        return Query(self.text, parameters, self.name)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a stranger's statement may run, in seconds, and how many rows it may answer."""

    seconds: float
    rows: int


class Transaction(Protocol):
    """Runs our statements inside one transaction."""

    def __call__(self, query: Query, /) -> list[dict[str, Any]]:
        """Run one statement; returns its rows."""
        ...


class Database:
    """One database of one server.

    address: who reads and writes for us. reader: who runs a stranger's statements (the same where not given).
    time_limit: for an engine that does not heed the limit which the driver sends along with a statement.
    Raises DatabaseUnavailable where the server cannot be reached or does not let us in.
    """

    def __init__(
        self, address: BoltAddress, *, reader: BoltAddress | None = None, time_limit: TimeLimit | None = None
    ) -> None:
        self._address = address
        self._reader = reader or address
        self._time_limit = time_limit
        self._driver = neo4j.GraphDatabase.driver(address.uri, auth=(address.user, address.password))

    def read(self, query: Query) -> Rows:
        """Answer one reading statement, in a transaction that the driver tries again after passing faults."""

        def attempt() -> Rows:
            with _translated(query.text), self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(lambda transaction: _rows(_run(transaction, query)))

        return self._ours(attempt)

    def write(self, queries: Sequence[Query]) -> list[list[dict[str, Any]]]:
        """Run statements in one transaction: all of them or none."""
        return self.transact(lambda run: [run(query) for query in queries])

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one writing transaction; it may be called again after a passing fault, so it keeps no state."""

        def attempt() -> T:
            with _translated(""), self._session(neo4j.WRITE_ACCESS) as session:
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
        it needs more rights than reading, StatementStopped at the time limit or once `cancelled` is set.
        """
        limited = self._time_limit.limited(limits.seconds) if self._time_limit else nullcontext()
        with _translated(statement), limited:
            return asyncio.run(self._ask(statement, parameters, limits, cancelled or threading.Event()))

    async def _ask(
        self, statement: str, parameters: Mapping[str, Any], limits: Limits, cancelled: threading.Event
    ) -> Rows:
        answer = asyncio.ensure_future(self._ask_once(statement, parameters, limits))
        deadline = asyncio.get_running_loop().time() + limits.seconds
        while not answer.done():
            await asyncio.wait({answer}, timeout=CANCEL_POLL_SECONDS)
            late = asyncio.get_running_loop().time() > deadline
            if not answer.done() and (late or cancelled.is_set()):
                answer.cancel()
                await asyncio.wait({answer})
                raise StatementStopped(_time_is_over(limits.seconds) if late else "the statement was cancelled")
        return answer.result()

    async def _ask_once(self, statement: str, parameters: Mapping[str, Any], limits: Limits) -> Rows:
        auth = (self._reader.user, self._reader.password)
        async with neo4j.AsyncGraphDatabase.driver(self._reader.uri, auth=auth, max_connection_pool_size=1) as driver:
            session = driver.session(
                database=self._reader.database,
                default_access_mode=neo4j.READ_ACCESS,
                fetch_size=limits.rows + 1,
            )
            # The one place where a text that is not ours reaches the driver.
            query = neo4j.Query(cast("LiteralString", statement), timeout=limits.seconds)
            try:
                result = await session.run(query, dict(parameters))
                records = await result.fetch(limits.rows + 1)
                fields = tuple(result.keys())
            finally:
                # Drops the connection, so that nobody waits for the rest of an endless answer.
                session.cancel()
                await session.close()
        values = tuple(tuple(record.values()) for record in records[: limits.rows])
        return Rows(fields=fields, values=values, truncated=len(records) > limits.rows)

    def ping(self) -> None:
        """Raise DatabaseUnavailable unless the database answers."""
        self.read(Query("RETURN 1 AS one", name="ping"))

    def close(self) -> None:
        """Give all connections back."""
        self._driver.close()

    def _session(self, access_mode: str) -> neo4j.Session:
        return self._driver.session(database=self._address.database, default_access_mode=access_mode)


def _run(transaction: neo4j.ManagedTransaction, query: Query) -> neo4j.Result:
    return transaction.run(query.text, dict(query.parameters))


def _rows(result: neo4j.Result) -> Rows:
    fields = tuple(result.keys())
    return Rows(fields=fields, values=tuple(tuple(record.values()) for record in result))


def _time_is_over(seconds: float) -> str:
    return f"stopped after {seconds:g} s: ask for less, or raise EIG_CYPHER_SECONDS"


@contextmanager
def _translated(statement: str) -> Iterator[None]:
    """Say the driver's errors in this package's words."""
    try:
        yield
    except bolt.IncompleteCommit as error:
        raise CommitUnknown(f"the connection broke during a commit: {error}") from error
    except (bolt.ServiceUnavailable, bolt.SessionExpired) as error:
        raise DatabaseUnavailable(f"the database does not answer: {error}") from error
    except bolt.AuthError as error:
        raise DatabaseUnavailable("the database refused user and password") from error
    except bolt.Neo4jError as error:
        raise _statement_error(error, statement) from error


TIMED_OUT = re.compile(r"TransactionTimedOut|LockClientStopped|Transaction\.Terminated")
# "line 3, column 7 (offset: 42)" from Neo4j, "line 3, column 7" or "line 3:7" from the embedded database.
POSITION = re.compile(
    r"line (?P<line>\d+)(?:, column (?P<column>\d+)(?: \(offset: (?P<offset>\d+)\))?|:(?P<index>\d+))"
)


def _statement_error(error: bolt.Neo4jError, statement: str) -> Exception:
    code, message = error.code or "", error.message or str(error)
    if TIMED_OUT.search(code):
        return StatementStopped(f"stopped by the database: {message}")
    if code.endswith("Security.Forbidden"):
        return StatementRefused(f"only reading is allowed: {message}", statement=statement)
    found = POSITION.search(message)
    if found is None:
        return StatementError(message, statement=statement)
    line = int(found["line"])
    column = int(found["column"]) if found["column"] else int(found["index"]) + 1
    offset = int(found["offset"]) if found["offset"] else _offset(statement, line, column)
    return StatementError(message, statement=statement, line=line, column=column, offset=offset)


def _offset(statement: str, line: int, column: int) -> int | None:
    lines = statement.splitlines(keepends=True)
    if line > len(lines):
        return None
    return sum(len(each) for each in lines[: line - 1]) + column - 1
