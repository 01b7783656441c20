"""Runs a stranger's statement as the reader, on a connection of its own that is dropped when its time is over."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, LiteralString, cast

import neo4j
from neo4j import exceptions as bolt

from graph.bolt.address import BoltAddress, Connecting, driver_options
from graph.bolt.errors import time_is_over, translated
from graph.bolt.plan import objection
from graph.errors import StatementRefused, StatementStopped
from graph.model import Rows

CANCEL_POLL_SECONDS: Final = 0.05
TERMINATE_SECONDS: Final = 2.0
# On a line of its own: the database echoes the line of a mistake.
EXPLAIN: Final = "EXPLAIN\n"
TERMINATE: Final = (
    "SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS metadata WHERE metadata.request = $request "
    "TERMINATE TRANSACTIONS id YIELD message RETURN count(message) AS ended"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a stranger's statement may run, in seconds, and how many rows it may answer."""

    seconds: float
    rows: int


@dataclass(frozen=True, slots=True)
class Question:
    """A stranger's statement on its way; `request` is the name under which the server knows its transaction."""

    statement: str
    parameters: Mapping[str, Any]
    limits: Limits
    request: str


class Stranger:
    """Asks in a stranger's name. bookmarks: what every answer must have seen."""

    def __init__(self, reader: BoltAddress, connecting: Connecting, bookmarks: Callable[[], Collection[str]]) -> None:
        self._reader = reader
        self._options: dict[str, Any] = driver_options(reader, connecting) | {"max_connection_pool_size": 1}
        self._bookmarks = bookmarks

    def ask(
        self, statement: str, parameters: Mapping[str, Any], limits: Limits, cancelled: threading.Event | None
    ) -> Rows:
        """The answer. Raises StatementError, StatementRefused, StatementStopped, DatabaseUnavailable."""
        question = Question(statement, parameters, limits, uuid.uuid4().hex)
        with translated(self._reader, statement, stranger=True, seconds=limits.seconds):
            return asyncio.run(self._ask(question, cancelled or threading.Event()))

    async def _ask(self, question: Question, cancelled: threading.Event) -> Rows:
        async with neo4j.AsyncGraphDatabase.driver(self._reader.uri, **self._options) as driver:
            answer = asyncio.ensure_future(self._answer(driver, question))
            reason = await _reason_to_stop(answer, question.limits.seconds, cancelled)
            if reason is None:
                return answer.result()
            answer.cancel()
            await asyncio.wait({answer})
            await self._terminate(driver, question.request)
            raise reason

    async def _answer(self, driver: neo4j.AsyncDriver, question: Question) -> Rows:
        limits = question.limits
        session = driver.session(
            database=self._reader.database,
            default_access_mode=neo4j.READ_ACCESS,
            fetch_size=limits.rows + 1,
            bookmarks=neo4j.Bookmarks.from_raw_values(self._bookmarks()),
        )
        try:
            transaction = await session.begin_transaction(
                metadata={"request": question.request}, timeout=limits.seconds
            )
            await self._check(transaction, question)
            result = await _run(transaction, question.statement, question.parameters)
            records = await result.fetch(limits.rows + 1)
            fields = tuple(result.keys())
            if len(records) <= limits.rows:
                # The embedded database looks at the reader's rights to change a record no sooner.
                await transaction.commit()
        finally:
            # Drops the connection, so that nobody waits for the rest of an endless answer.
            session.cancel()
            await session.close()
        values = tuple(tuple(record.values()) for record in records[: limits.rows])
        return Rows(fields=fields, values=values, truncated=len(records) > limits.rows)

    async def _check(self, transaction: neo4j.AsyncTransaction, question: Question) -> None:
        """Ask the database what the statement would do, where it can tell."""
        if not self._reader.can.explains:
            return
        seconds = question.limits.seconds
        with translated(self._reader, question.statement, prefix=EXPLAIN, stranger=True, seconds=seconds):
            explained = await _run(transaction, EXPLAIN + question.statement, question.parameters)
            summary = await explained.consume()
        if reason := objection(summary.query_type, summary.plan):
            raise StatementRefused(reason, statement=question.statement)

    async def _terminate(self, driver: neo4j.AsyncDriver, request: str) -> None:
        """End the statement on the server too, where that is quickly done: a dropped connection ends most of them."""
        if not self._reader.can.terminates:
            return
        with suppress(bolt.Neo4jError, bolt.DriverError, TimeoutError):
            async with asyncio.timeout(TERMINATE_SECONDS):
                await driver.execute_query(
                    TERMINATE, {"request": request}, database_=self._reader.database, routing_=neo4j.RoutingControl.READ
                )


async def _run(transaction: neo4j.AsyncTransaction, statement: str, parameters: Mapping[str, Any]) -> neo4j.AsyncResult:
    # The one place where a text that is not ours reaches the driver.
    return await transaction.run(cast("LiteralString", statement), dict(parameters))


async def _reason_to_stop(
    answer: asyncio.Future[Rows], seconds: float, cancelled: threading.Event
) -> StatementStopped | None:
    """Wait for the answer; returns why not to wait any longer, None once it is there."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not answer.done():
        await asyncio.wait({answer}, timeout=CANCEL_POLL_SECONDS)
        if answer.done():
            break
        if asyncio.get_running_loop().time() > deadline:
            return time_is_over(seconds)
        if cancelled.is_set():
            return StatementStopped("the statement was cancelled")
    return None
