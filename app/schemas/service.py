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
