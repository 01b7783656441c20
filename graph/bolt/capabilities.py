"""What differs between the databases, as one table: code asks for a capability and never for a product."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AGENT = re.compile(r"Neo4j/(?P<major>\d+)\.(?P<minor>\d+)")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one kind of database can do, and what to tell people where it does not answer.

    oldest: the first version that is supported; None where the database comes with this software.
    explains: EXPLAIN tells what a statement would do, and does none of it.
    terminates: a statement can be found by its request id and ended.
    unreachable, denied, unknown_database: advice that ends the sentence of an error.
    """

    product: str
    oldest: tuple[int, int] | None
    explains: bool
    terminates: bool
    unreachable: str
    denied: str
    unknown_database: str


NEO4J = Capabilities(
    product="Neo4j",
    oldest=(5, 26),
    explains=True,
    terminates=True,
    unreachable="is Neo4j running there, and is NEO4J_URI right?",
    denied="check NEO4J_USERNAME and NEO4J_PASSWORD",
    unknown_database="check NEO4J_DATABASE",
)
# EXPLAIN CREATE INDEX creates the index there, and every statement counts as one that writes.
ARCADEDB = Capabilities(
    product="ArcadeDB",
    oldest=None,
    explains=False,
    terminates=False,
    unreachable="the embedded database has stopped: start this program again",
    denied="the embedded database makes its users anew at each start: start this program again",
    unknown_database="the folder of the embedded database was changed: start this program again",
)


def unsupported(agent: str, needed: Capabilities) -> str | None:
    """Why a server that calls itself `agent` cannot be used; None where it can.

    Servers name product and version in their answers: `Neo4j/5.26.31`, on Aura `Neo4j/2025.11-aura`.
    """
    if needed.oldest is None:
        return None
    wanted = f"{needed.product} {needed.oldest[0]}.{needed.oldest[1]} or newer is needed"
    found = _AGENT.match(agent)
    if found is None:
        return f"the server calls itself {agent!r}: {wanted}"
    if (int(found["major"]), int(found["minor"])) < needed.oldest:
        return f"the server is {agent.replace('/', ' ')}: {wanted}"
    return None
