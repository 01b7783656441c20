"""Whether a database still works for somebody whose answer was given, or who was told to go."""

from __future__ import annotations

import time

import jpype

from graph.database import Database, Query

_OTHERS = Query("SHOW TRANSACTIONS YIELD currentQuery AS q WHERE NOT q CONTAINS 'currentQuery' RETURN count(q) AS n")
_ENGINE = "com.arcadedb.query."


def seconds_until_idle(database: Database, *, patience: float) -> float:
    """How long it goes on working, in seconds; at most `patience`."""
    begin = time.monotonic()
    while _works(database) and time.monotonic() - begin < patience:
        time.sleep(0.02)
    return time.monotonic() - begin


def _works(database: Database) -> bool:
    if database.address.can.terminates:
        return int(database.read(_OTHERS).values[0][0]) > 0
    return _engine_works()


def _engine_works() -> bool:
    """Whether a connection's thread is inside of a query; others of the engine look after its files."""
    stacks = jpype.JClass("java.lang.Thread").getAllStackTraces().entrySet()
    return any(
        str(entry.getKey().getName()).startswith("BOLT")
        and any(str(frame.getClassName()).startswith(_ENGINE) for frame in entry.getValue())
        for entry in stacks
    )
