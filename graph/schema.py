"""The schema of the graph as a numbered list of migrations, each written for every kind of database.

Ids are unique; look-ups by content, date, URL and publisher have indexes; names and titles are indexed as full text
under the same names on every database, so that the same call finds them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, LiteralString
from uuid import uuid4

from graph.database import Database, Query
from graph.errors import GraphError

Dialect = Literal["arcadedb", "neo4j"]


class SchemaTooNew(GraphError):
    """The graph was written by a newer version of this software."""


class GraphUnfinished(GraphError):
    """The graph is only partly there: it is being moved or imported, or that was broken off."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: what it brings, and its statements in the language of each database."""

    number: int
    title: str
    arcadedb: tuple[LiteralString, ...]
    neo4j: tuple[LiteralString, ...]


MIGRATIONS = (
    Migration(
        1,
        "articles, entities and what ties them",
        arcadedb=(
            "CREATE VERTEX TYPE Graph IF NOT EXISTS",
            "CREATE VERTEX TYPE Article IF NOT EXISTS",
            "CREATE VERTEX TYPE Entity IF NOT EXISTS",
            "CREATE VERTEX TYPE FormerId IF NOT EXISTS",
            "CREATE EDGE TYPE MENTIONS IF NOT EXISTS",
            "CREATE EDGE TYPE CO_MENTIONED IF NOT EXISTS",
            "CREATE EDGE TYPE NOW IF NOT EXISTS",
            "CREATE EDGE TYPE LEADS IF NOT EXISTS",
            "CREATE EDGE TYPE HOLDS_OFFICE IF NOT EXISTS",
            "CREATE EDGE TYPE MEMBER_OF IF NOT EXISTS",
            "CREATE EDGE TYPE PART_OF IF NOT EXISTS",
            "CREATE EDGE TYPE BACKED_BY IF NOT EXISTS",
            "CREATE EDGE TYPE ALLIED_WITH IF NOT EXISTS",
            "CREATE EDGE TYPE OPPOSES IF NOT EXISTS",
            "CREATE EDGE TYPE HEADQUARTERED_IN IF NOT EXISTS",
            "CREATE EDGE TYPE SIGNATORY_OF IF NOT EXISTS",
            "CREATE PROPERTY Graph.id IF NOT EXISTS STRING",
            "CREATE PROPERTY Article.id IF NOT EXISTS STRING",
            "CREATE PROPERTY Article.content_hash IF NOT EXISTS STRING",
            "CREATE PROPERTY Article.url IF NOT EXISTS STRING",
            "CREATE PROPERTY Article.publisher IF NOT EXISTS STRING",
            "CREATE PROPERTY Article.published_day IF NOT EXISTS LONG",
            "CREATE PROPERTY Article.title IF NOT EXISTS STRING",
            "CREATE PROPERTY Article.folded_title IF NOT EXISTS STRING",
            "CREATE PROPERTY Entity.id IF NOT EXISTS STRING",
            "CREATE PROPERTY Entity.name IF NOT EXISTS STRING",
            "CREATE PROPERTY Entity.aliases IF NOT EXISTS LIST OF STRING",
            "CREATE PROPERTY Entity.folded IF NOT EXISTS LIST OF STRING",
            "CREATE PROPERTY Entity.type IF NOT EXISTS STRING",
            "CREATE PROPERTY FormerId.id IF NOT EXISTS STRING",
            "CREATE INDEX graph_id IF NOT EXISTS ON Graph (id) UNIQUE",
            "CREATE INDEX article_id IF NOT EXISTS ON Article (id) UNIQUE",
            "CREATE INDEX article_content IF NOT EXISTS ON Article (content_hash) NOTUNIQUE",
            "CREATE INDEX article_url IF NOT EXISTS ON Article (url) NOTUNIQUE",
            "CREATE INDEX article_publisher IF NOT EXISTS ON Article (publisher) NOTUNIQUE",
            "CREATE INDEX article_day IF NOT EXISTS ON Article (published_day) NOTUNIQUE",
            "CREATE INDEX article_titles IF NOT EXISTS ON Article (title, folded_title) FULL_TEXT",
            "CREATE INDEX entity_id IF NOT EXISTS ON Entity (id) UNIQUE",
            "CREATE INDEX entity_type IF NOT EXISTS ON Entity (type) NOTUNIQUE",
            "CREATE INDEX entity_names IF NOT EXISTS ON Entity (name, aliases BY ITEM, folded BY ITEM) FULL_TEXT",
            "CREATE INDEX former_id IF NOT EXISTS ON FormerId (id) UNIQUE",
        ),
        neo4j=(
            "CREATE CONSTRAINT graph_id IF NOT EXISTS FOR (g:Graph) REQUIRE g.id IS UNIQUE",
            "CREATE CONSTRAINT article_id IF NOT EXISTS FOR (a:Article) REQUIRE a.id IS UNIQUE",
            "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE",
            "CREATE CONSTRAINT former_id IF NOT EXISTS FOR (f:FormerId) REQUIRE f.id IS UNIQUE",
            "CREATE INDEX article_content IF NOT EXISTS FOR (a:Article) ON (a.content_hash)",
            "CREATE INDEX article_url IF NOT EXISTS FOR (a:Article) ON (a.url)",
            "CREATE INDEX article_publisher IF NOT EXISTS FOR (a:Article) ON (a.publisher)",
            "CREATE INDEX article_day IF NOT EXISTS FOR (a:Article) ON (a.published_day)",
            "CREATE INDEX entity_type IF NOT EXISTS FOR (e:Entity) ON (e.type)",
            "CREATE FULLTEXT INDEX article_titles IF NOT EXISTS FOR (a:Article) ON EACH [a.title, a.folded_title]",
            "CREATE FULLTEXT INDEX entity_names IF NOT EXISTS FOR (e:Entity) ON EACH [e.name, e.aliases, e.folded]",
        ),
    ),
    Migration(
        2,
        "a log of the last writes, by which other processes catch up and a lost commit is found again",
        arcadedb=(
            "CREATE VERTEX TYPE Write IF NOT EXISTS",
            "CREATE PROPERTY Write.version IF NOT EXISTS LONG",
            "CREATE PROPERTY Write.batch_id IF NOT EXISTS STRING",
            "CREATE INDEX write_version IF NOT EXISTS ON Write (version) UNIQUE",
            "CREATE INDEX write_batch IF NOT EXISTS ON Write (batch_id) UNIQUE",
        ),
        neo4j=(
            "CREATE CONSTRAINT write_version IF NOT EXISTS FOR (w:Write) REQUIRE w.version IS UNIQUE",
            "CREATE CONSTRAINT write_batch IF NOT EXISTS FOR (w:Write) REQUIRE w.batch_id IS UNIQUE",
        ),
    ),
)

# What puts a graph together piece by piece marks it until it is whole, and says in the mark what to do.
UNFINISHED = Query("MATCH (g:Graph {id: 'graph'}) RETURN g.unfinished AS unfinished", name="unfinished")

SCHEMA_VERSION = Query(
    "MATCH (g:Graph {id: 'graph'}) RETURN coalesce(g.schema_version, 0) AS version", name="schema_version"
)
SET_SCHEMA_VERSION = Query(
    """
    MERGE (g:Graph {id: 'graph'})
    SET g.schema_version = $version, g.version = coalesce(g.version, 0), g.uid = coalesce(g.uid, $uid)
    """,
    name="set_schema_version",
)
UID = Query("MATCH (g:Graph {id: 'graph'}) RETURN coalesce(g.uid, '') AS uid", name="uid")


def migrate(
    database: Database, *, dialect: Dialect, run: Callable[[LiteralString], None], unfinished: bool = False
) -> int:
    """Bring the schema up to date and return its version. `run` executes one schema statement, on its own.

    unfinished: take also a graph that is only partly there, in order to complete it. Every statement may run again, so
    an interrupted migration is simply repeated. Raises SchemaTooNew where the graph is ahead of this software, and
    GraphUnfinished where it is not whole.
    """
    if not unfinished:
        require_whole(database)
    current = schema_version(database)
    newest = MIGRATIONS[-1].number
    if current > newest:
        raise SchemaTooNew(f"the graph has schema {current}, this version knows {newest}: install a newer version")
    for migration in MIGRATIONS[current:]:
        for statement in migration.arcadedb if dialect == "arcadedb" else migration.neo4j:
            run(statement)
        database.write([SET_SCHEMA_VERSION.with_parameters(version=migration.number, uid=uuid4().hex)])
    return newest


def require_whole(database: Database) -> None:
    """Raise GraphUnfinished where the graph is only partly there; the message says what to do."""
    for row in database.read(UNFINISHED).dicts():
        if row["unfinished"]:
            raise GraphUnfinished(row["unfinished"])


def schema_runner(database: Database) -> Callable[[LiteralString], None]:
    """Runs one schema statement over Bolt, for databases whose Cypher has them all."""

    def run(statement: LiteralString) -> None:
        database.write([Query(statement, name="schema")])

    return run


def graph_uid(database: Database) -> str:
    """What tells this graph from any other that has stood, or will stand, in the same database."""
    return str(database.read(UID).values[0][0])


def schema_version(database: Database) -> int:
    """The number of the last migration that was applied; 0 on a fresh database."""
    rows = database.read(SCHEMA_VERSION).values
    return int(rows[0][0]) if rows else 0
