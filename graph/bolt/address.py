"""Where a database is, and how connections to it are made and kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from graph.bolt.capabilities import NEO4J, Capabilities

PROJECT = "entity-intersection-graph"


@dataclass(frozen=True, slots=True)
class BoltAddress:
    """Where a database is, as whom to speak to it, and what it can do."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str
    can: Capabilities = field(default=NEO4J, repr=False)

    @property
    def place(self) -> str:
        """Scheme, host and port: the address without anything that may be a secret."""
        parts = urlsplit(self.uri)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


@dataclass(frozen=True, slots=True)
class Connecting:
    """How connections are made and kept; times in seconds, names and meanings are the driver's.

    max_connection_pool_size: most connections to one server. connection_timeout: until a server has answered a new
    connection. connection_acquisition_timeout: until a connection is free, or made. max_transaction_retry_time: how
    long a transaction is tried again after passing faults.
    """

    max_connection_pool_size: int = 100
    connection_timeout: float = 5
    connection_acquisition_timeout: float = 30
    max_transaction_retry_time: float = 30


def driver_options(address: BoltAddress, connecting: Connecting) -> dict[str, Any]:
    """What the driver is given besides the address.

    Its notifications are off: they are advice to authors of statements, and the driver logs each of them.
    """
    options: dict[str, Any] = {
        "auth": (address.user, address.password),
        "user_agent": f"{PROJECT}/{version(PROJECT)}",
        "notifications_min_severity": "OFF",
    }
    return options | asdict(connecting)
