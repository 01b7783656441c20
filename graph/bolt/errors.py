"""The driver's errors in this package's words, with what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from neo4j import exceptions as bolt

from graph.bolt.address import BoltAddress
from graph.errors import (
    CommitUnknown,
    ConstraintViolated,
    DatabaseUnavailable,
    GraphError,
    StatementError,
    StatementRefused,
    StatementStopped,
)

_TIMED_OUT = re.compile(r"TransactionTimedOut|LockClientStopped|Transaction\.Terminated")
_OUT_OF_MEMORY = re.compile(r"General\.(MemoryPoolOutOfMemoryError|TransactionOutOfMemoryError|OutOfMemoryError)")
_WRONG_PASSWORD = re.compile(r"Security\.(Unauthorized|AuthenticationRateLimit|CredentialsExpired|TokenExpired)")
_FORBIDDEN = re.compile(r"Security\.Forbidden|ReadOnly")
NEEDS_TLS = "A scheme with +s needs a server that speaks TLS; without +s it need not."
# The embedded database has no code of its own for a node that is still tied.
_STILL_TIED = "DeleteConnectedNode"
# "(line 3, column 7 (offset: 42))" and an echo of the line from Neo4j, whose offsets count UTF-16 units.
_NEO4J_PLACE = re.compile(r"\s*\(line \d+, column \d+ \(offset: (?P<offset>\d+)\)\).*", re.DOTALL)
# "line 3, column 7" or "line 3:7" from the embedded database.
_PLACE = re.compile(r"line (?P<line>\d+)(?:, column (?P<column>\d+)|:(?P<index>\d+))")


@contextmanager
def translated(
    address: BoltAddress,
    statement: str = "",
    *,
    prefix: str = "",
    stranger: bool = False,
    seconds: float | None = None,
) -> Iterator[None]:
    """Raise the driver's errors as this package's.

    statement: what is run. prefix: what was put before it, which places are counted from. stranger: whether it is a
    stranger's, who is told what is refused, or ours, which is refused only where the server is not set up for us.
    seconds: how long the database may take, where it was told.
    """
    try:
        yield
    except bolt.DriverError as error:
        raise _lost(error, address) from error
    except bolt.Neo4jError as error:
        raise (
            _refused(error, address, stranger=stranger) or _stopped(error, seconds) or _wrong(error, statement, prefix)
        ) from error


def _lost(error: bolt.DriverError, address: BoltAddress) -> GraphError:
    """The connection is broken, or there was none."""
    if isinstance(error, bolt.IncompleteCommit):
        return CommitUnknown(f"the connection broke during a commit: {error}")
    if isinstance(error, bolt.ConnectionAcquisitionTimeoutError):
        return DatabaseUnavailable(
            f"no connection to {address.place} was free in time: ask less at once, or let there be more of them "
            "(NEO4J_MAX_CONNECTION_POOL_SIZE)"
        )
    if isinstance(error, bolt.UnsupportedServerProduct):
        return DatabaseUnavailable(f"what listens at {address.place} does not speak Bolt: {_advice(address)}")
    if isinstance(error, bolt.ConfigurationError):  # its text repeats the address with all that is in it
        return DatabaseUnavailable(f"{address.place} cannot be used as an address: {_advice(address)}")
    reason = str(error).strip().rpartition("\n")[2]
    return DatabaseUnavailable(f"{address.place} does not answer: {_advice(address)} ({reason})")


def _advice(address: BoltAddress) -> str:
    return address.can.unreachable + (f" {NEEDS_TLS}" if "+s" in urlsplit(address.uri).scheme else "")


def _refused(error: bolt.Neo4jError, address: BoltAddress, *, stranger: bool) -> GraphError | None:
    """The server does not let us in, or not do this."""
    code, message = error.code or "", _first_line(error.message or str(error))
    if isinstance(error, bolt.AuthError) or _WRONG_PASSWORD.search(code):
        return DatabaseUnavailable(f"{address.place} refused user and password: {address.can.denied} ({message})")
    if code.endswith("Database.DatabaseNotFound"):
        return DatabaseUnavailable(
            f"there is no database {address.database!r} at {address.place}: {address.can.unknown_database}"
        )
    if code.endswith("Statement.AccessMode") or (stranger and _FORBIDDEN.search(code)):
        return StatementRefused(f"only reading is allowed: {message}")
    if _FORBIDDEN.search(code):
        return DatabaseUnavailable(
            f"user {address.user!r} may not do this in the database {address.database!r} at {address.place}: "
            f"it must be able to read, write and change the schema ({message})"
        )
    return None


def time_is_over(seconds: float) -> StatementStopped:
    """The same to read, whether the database stopped the statement or we left it."""
    return StatementStopped(f"stopped after {seconds:g} s: ask for less, or raise EIG_CYPHER_SECONDS")


def _stopped(error: bolt.Neo4jError, seconds: float | None) -> GraphError | None:
    """The server gave up."""
    code, message = error.code or "", _first_line(error.message or str(error))
    if _TIMED_OUT.search(code):
        return time_is_over(seconds) if seconds else StatementStopped(f"stopped by the database: {message}")
    if _OUT_OF_MEMORY.search(code):
        return StatementStopped(f"stopped by the database, for want of memory: ask for less ({message})")
    if isinstance(error, bolt.TransientError):
        return DatabaseUnavailable(f"the database cannot do this now, try again: {message}")
    return None


def _wrong(error: bolt.Neo4jError, statement: str, prefix: str) -> StatementError:
    """The statement is wrong, or what it would store is."""
    message = error.message or str(error)
    if isinstance(error, bolt.ConstraintError) or message.startswith(_STILL_TIED):
        return ConstraintViolated(message, statement=statement)
    if found := _NEO4J_PLACE.search(message):
        offset = _code_points(prefix + statement, int(found["offset"])) - len(prefix)
        return _at(message[: found.start()], statement, max(offset, 0))
    if found := _PLACE.search(message):
        line = int(found["line"])
        column = int(found["column"]) if found["column"] else int(found["index"]) + 1
        offset_there = _offset(statement, line, column)
        return StatementError(message, statement=statement, line=line, column=column, offset=offset_there)
    return StatementError(message, statement=statement)


def _at(message: str, statement: str, offset: int) -> StatementError:
    before = statement[:offset]
    line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    return StatementError(message, statement=statement, line=line, column=column, offset=offset)


def _code_points(text: str, units: int) -> int:
    """How many code points the first `units` UTF-16 units of `text` are."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def _offset(statement: str, line: int, column: int) -> int | None:
    lines = statement.splitlines(keepends=True)
    if line > len(lines):
        return None
    return sum(len(each) for each in lines[: line - 1]) + column - 1


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
