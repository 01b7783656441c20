"""Where a graph can be moved from and to: a folder with its embedded database, or the address of a Neo4j server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from app.opening import DATABASE_FOLDER, INDEX_FILE, embedded_database, neo4j_database
from app.settings import BadSettings, load_settings
from graph.database import BoltAddress, Database
from graph.embedded import DATABASE_NAME

Side = Literal["from", "to"]


@dataclass(frozen=True, slots=True)
class Folder:
    """A home folder, as EIG_HOME names one."""

    path: Path
    heap_megabytes: int

    @contextmanager
    def opened(self, *, unfinished: bool) -> Iterator[Database]:
        """Its database, its schema up to date. unfinished: make it where it is not, and take one that is not whole.

        Raises FolderTaken where another process holds the folder, and BadSettings where it holds no graph.
        """
        database = self.path / DATABASE_FOLDER
        if not unfinished and not (database / "databases" / DATABASE_NAME).is_dir():
            raise BadSettings(f"there is no graph in the folder {self.path}")
        with embedded_database(self.path, heap_megabytes=self.heap_megabytes, unfinished=unfinished) as (opened, _):
            if unfinished:
                (database / INDEX_FILE).unlink(missing_ok=True)  # of whatever was there before
            yield opened


@dataclass(frozen=True, slots=True)
class Server:
    """A database of a Neo4j server."""

    address: BoltAddress

    @contextmanager
    def opened(self, *, unfinished: bool) -> Iterator[Database]:
        """Its database, its schema up to date. unfinished: take also a graph that is not whole.

        Raises DatabaseUnavailable where it cannot be reached.
        """
        with neo4j_database(self.address, unfinished=unfinished) as opened:
            yield opened


Place = Folder | Server


def place(text: str, side: Side) -> Place:
    """What a user means by `text`: an address of Neo4j where it begins with a scheme, else a folder.

    User, password and database of an address come from NEO4J_FROM_USERNAME and so on for the side "from", NEO4J_TO_…
    for "to", and where these are not set from NEO4J_USERNAME and so on. Raises BadSettings.
    """
    if "://" not in text:
        return Folder(Path(text), load_settings().heap_mb)
    if "@" in urlsplit(text).netloc:
        raise BadSettings(
            f"--{side}: no user and password in an address, where everyone on this machine sees them: set "
            f"{_variable(side, 'USERNAME')} and {_variable(side, 'PASSWORD')}"
        )
    own = {name: os.environ.get(_variable(side, name.upper())) or None for name in ("username", "password", "database")}
    settings = load_settings(neo4j_uri=text, **{f"neo4j_{name}": value for name, value in own.items()})
    return Server(
        BoltAddress(
            uri=text,
            user=settings.neo4j_username,
            password=settings.neo4j_password.get_secret_value(),
            database=settings.neo4j_database,
        )
    )


def same(first: Place, second: Place) -> bool:
    """Whether two names mean one place, as far as the names tell."""
    if isinstance(first, Folder) and isinstance(second, Folder):
        return first.path.resolve() == second.path.resolve()
    if isinstance(first, Server) and isinstance(second, Server):
        return (first.address.uri, first.address.database) == (second.address.uri, second.address.database)
    return False


def _variable(side: Side, name: str) -> str:
    return f"NEO4J_{side.upper()}_{name}"
