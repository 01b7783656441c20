"""What can go wrong with a graph, as one tree.

GraphError
├── DatabaseUnavailable      no server, a lost connection, a wrong password
│   └── CommitUnknown        the connection broke while a transaction was being committed
├── TiesClaimed              another process is loading much, or deriving the ties anew
├── FolderTaken              another process holds the embedded database's folder
├── StatementError           the database or the guard did not accept a statement
│   ├── StatementRefused     the guard's word: it would write, leave the database, or run away
│   └── ConstraintViolated   what is unique would have come twice
├── StatementStopped         a statement ran into its time limit
├── TextNotKept              the texts are needed, but only sentences were stored
└── NotInGraph
    ├── UnknownEntity
    ├── UnknownArticle
    └── EntityMerged         the id is a former one; `canonical` is the id that counts
"""

from __future__ import annotations

from dataclasses import dataclass


class GraphError(Exception):
    """Root of every error that this package raises on purpose."""


class DatabaseUnavailable(GraphError):
    """The database cannot be reached; the message says what to check."""


class CommitUnknown(DatabaseUnavailable):
    """The answer to a commit was lost: the transaction may be in the database, or not."""


class TiesClaimed(GraphError):
    """Another process leaves the ties to its end, or derives them; the message says what to do."""


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who holds an embedded database's folder: process id, address of its service where it serves, and since when."""

    pid: int
    service: str | None
    since: str


class FolderTaken(GraphError):
    """Another living process holds the folder of the embedded database."""

    def __init__(self, folder: str, holder: LockHolder) -> None:
        self.holder = holder
        serving = f", serving {holder.service}" if holder.service else ""
        super().__init__(
            f"the database folder {folder} is in use by process {holder.pid}{serving} since {holder.since}: "
            "stop that process first, or set EIG_HOME to another folder"
        )


class StatementError(GraphError):
    """A Cypher statement that was not accepted, with the place where it goes wrong where that is known.

    `line` and `column` count from 1, `offset` from 0 code points.
    """

    def __init__(
        self,
        message: str,
        *,
        statement: str = "",
        line: int | None = None,
        column: int | None = None,
        offset: int | None = None,
    ) -> None:
        super().__init__(message)
        self.statement = statement
        self.line = line
        self.column = column
        self.offset = offset


class StatementRefused(StatementError):
    """A statement that the guard does not let through."""


class ConstraintViolated(StatementError):
    """A statement that would have made twice what is unique, such as an id."""


class StatementStopped(GraphError):
    """A statement that was stopped because its time was over."""


class TextNotKept(GraphError):
    """The stored articles hold sentences alone, so their texts cannot be read again."""


class NotInGraph(GraphError):
    """Something that was asked for by its id and is not there."""

    def __init__(self, message: str, missing_id: str) -> None:
        super().__init__(message)
        self.id = missing_id


class UnknownEntity(NotInGraph):
    """No stored article mentions an entity with this id."""

    def __init__(self, entity_id: str) -> None:
        super().__init__(f"no entity {entity_id!r} in the graph: look it up with a search", entity_id)


class UnknownArticle(NotInGraph):
    """No article with this id is stored."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"no article {article_id!r} in the graph", article_id)


class EntityMerged(NotInGraph):
    """The id was merged into another one."""

    def __init__(self, entity_id: str, canonical: str) -> None:
        super().__init__(f"entity {entity_id!r} is now {canonical!r}", entity_id)
        self.canonical = canonical
