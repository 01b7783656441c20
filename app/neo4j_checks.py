"""What `eig doctor` looks at on a Neo4j server: its version, and the settings that bound what a statement can do.

No statement that passes the guard needs any of these settings. They are the second barrier, and the only one for what
other programs send to the same server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graph.database import Database, Query
from graph.errors import GraphError

RECOMMENDED: Final = {
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    "db.memory.transaction.max": "512m",
    "dbms.memory.transaction.total.max": "700m",
    "db.transaction.timeout": "10m",
    "db.transaction.monitor.check.interval": "500ms",
}
"""Lines for neo4j.conf; docs/neo4j.md says why."""

_COMPONENTS: Final = Query("CALL dbms.components() YIELD name, versions, edition", name="neo4j_components")
_SETTINGS: Final = Query("SHOW SETTINGS YIELD name, value, isExplicitlySet", name="neo4j_settings")
# The setting that forbids it is internal and cannot be read, so it is tried: nobody listens on the discard port.
_FETCH: Final = Query("LOAD CSV FROM 'http://127.0.0.1:9/eig-doctor.csv' AS row RETURN row LIMIT 1", name="neo4j_fetch")
_UNITS: Final = {"ns": 1e-9, "us": 1e-6, "ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION: Final = re.compile(rf"(\d+(?:\.\d+)?)({'|'.join(_UNITS)})")
# Statements end that much after their limit.
_LONGEST_INTERVAL: Final = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` is what to change, None where all is well."""

    name: str
    detail: str
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    value: str | None
    given: bool


def findings(database: Database) -> Iterator[Finding]:
    """Look at the server of `database`. Raises DatabaseUnavailable where it does not answer."""
    (kernel, *_rest) = database.read(_COMPONENTS).dicts()
    yield Finding("Neo4j version", f"{kernel['name']} {kernel['versions'][0]} ({kernel['edition']})")
    settings = _settings(database)
    if not settings:
        yield Finding(
            "Neo4j settings",
            f"user {database.address.user!r} may not read them, as on Neo4j Aura",
            "where the server is yours, let this user SHOW SETTINGS; on Aura they are the operator's",
        )
    else:
        yield from (look(settings) for look in (_files, _memory_of_one, _memory_of_all, _time, _interval))
    yield _addresses(database)


def _settings(database: Database) -> Mapping[str, _Setting]:
    """The settings by name; none where they may not be read."""
    try:
        rows = database.read(_SETTINGS).dicts()
    except GraphError:
        return {}
    return {row["name"]: _Setting(row["value"], row["isExplicitlySet"]) for row in rows}


def _files(settings: Mapping[str, _Setting]) -> Finding:
    """Files are out of reach, or those of one folder are within it: without such a folder it is the whole disk."""
    name, allowing = "Neo4j LOAD CSV of files", "dbms.security.allow_csv_import_from_file_urls"
    allowed, folder = settings.get(allowing), settings.get("server.directories.import")
    if allowed is not None and allowed.value == "false":
        return Finding(name, f"{allowing} is false")
    if folder is not None and folder.given:
        return Finding(name, f"{allowing} is true, within server.directories.import {folder.value}", _set(allowing))
    return Finding(name, f"{allowing} is true, and server.directories.import sets no bounds", _set(allowing))


def _memory_of_one(settings: Mapping[str, _Setting]) -> Finding:
    return _bounded("Neo4j memory of a transaction", "db.memory.transaction.max", settings)


def _memory_of_all(settings: Mapping[str, _Setting]) -> Finding:
    return _bounded("Neo4j memory of all transactions", "dbms.memory.transaction.total.max", settings)


def _time(settings: Mapping[str, _Setting]) -> Finding:
    return _bounded("Neo4j time of a transaction", "db.transaction.timeout", settings)


def _bounded(name: str, setting: str, settings: Mapping[str, _Setting]) -> Finding:
    found = settings.get(setting)
    value = found.value if found is not None else None
    if value is None or re.match(r"0(?:\.0*)?\D", value):
        return Finding(name, f"{setting} is {value}: no limit", _set(setting))
    return Finding(name, f"{setting} is {value}")


def _interval(settings: Mapping[str, _Setting]) -> Finding:
    name, setting = "Neo4j time limits", "db.transaction.monitor.check.interval"
    found = settings.get(setting)
    value = found.value if found is not None else None
    if value is None or not 0 < _seconds(value) <= _LONGEST_INTERVAL:
        return Finding(name, f"{setting} is {value}: statements run that much longer than they may", _set(setting))
    return Finding(name, f"{setting} is {value}")


def _addresses(database: Database) -> Finding:
    name, setting = "Neo4j LOAD CSV of addresses", "internal.dbms.cypher_ip_blocklist"
    try:
        database.read(_FETCH)
    except GraphError as error:
        if setting in str(error):
            return Finding(name, f"{setting} blocks them")
    return Finding(name, f"{setting} does not block them: statements reach the server's network", _set(setting))


def _set(setting: str) -> str:
    return f"set {setting}={RECOMMENDED[setting]} in neo4j.conf"


def _seconds(duration: str) -> float:
    """`1m30s` in seconds."""
    return sum(float(number) * _UNITS[unit] for number, unit in _DURATION.findall(duration))
