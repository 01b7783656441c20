"""Cypher, statistics and health."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from app.schemas.common import Answer


class Statement(BaseModel):
    """A Cypher statement with its parameters."""

    statement: str = Field(min_length=1, description="One read-only Cypher statement.")
    parameters: dict[str, Any] = Field(default={}, description="What stands for `$name` in the statement.")


class Table(Answer):
    """Field names and rows."""

    fields: list[str]
    values: list[list[Any]]


class CypherAnswer(Answer):
    """The rows of a statement."""

    data: Table
    truncated: bool = Field(description="True where rows were left out (EIG_CYPHER_ROWS).")


class NamesOfKind(Answer):
    """A label or a type of relationship with the properties of such nodes or relationships."""

    name: str
    properties: list[str]


class CypherSchema(Answer):
    """What a statement can name."""

    labels: list[NamesOfKind]
    relationship_types: list[NamesOfKind]
    properties: list[str] = Field(description="Names of properties, whatever has them.")
    functions: list[str] = Field(description="In lower case; case does not matter.")
    procedures: list[str]


class Stats(Answer):
    """Size and kind of the graph."""

    articles: int
    entities: int
    mentions: int
    ties: int
    graph_version: int = Field(description="Grows by one with every write.")
    database: str
    details: dict[str, Any]


class Health(Answer):
    """The service is there."""

    status: str
