"""What Cypher answers with, as JSON in the shape of Neo4j's Query API.

A node is `{elementId, labels, properties}`, a relationship `{elementId, type, startNodeElementId, endNodeElementId,
properties}`, a path the list of its nodes and relationships in turn. Dates, times and durations are ISO 8601, points
are well-known text with their SRID, bytes are base64, and numbers that JSON has no word for are `"NaN"`, `"Infinity"`
and `"-Infinity"`. See https://neo4j.com/docs/query-api/current/result-formats/.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

Json = Any


def to_json(value: Any) -> Json:
    """One value of a row, as JSON can carry it. What is of no known kind becomes its text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else _odd_number(value)
    if isinstance(value, Node | Relationship | Path):
        return _graph_value(value)
    if isinstance(value, Mapping):
        return {str(name): to_json(item) for name, item in value.items()}
    if isinstance(value, bytes | bytearray):
        return b64encode(value).decode("ascii")
    if isinstance(value, Point):  # a point is a tuple too
        return _point(value)
    if isinstance(value, Duration | timedelta | Date | DateTime | Time | date | datetime | time):
        return _moment(value)
    if isinstance(value, Sequence | AbstractSet):
        return [to_json(item) for item in value]
    return str(value)


def _odd_number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _graph_value(value: Node | Relationship | Path) -> Json:
    if isinstance(value, Node):
        labels = sorted(value.labels)
        return {"elementId": value.element_id, "labels": labels, "properties": to_json(dict(value))}
    if isinstance(value, Relationship):
        return _relationship(value)
    steps: list[Any] = [value.nodes[0]]
    for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
        steps += (relationship, node)
    return [to_json(step) for step in steps]


def _relationship(value: Relationship) -> Json:
    start, end = value.nodes
    return {
        "elementId": value.element_id,
        "type": value.type,
        "startNodeElementId": start.element_id if start is not None else None,
        "endNodeElementId": end.element_id if end is not None else None,
        "properties": to_json(dict(value)),
    }


def _point(value: Point) -> str:
    kind = "POINT Z" if len(value) == 3 else "POINT"
    return f"SRID={value.srid};{kind} ({' '.join(str(part) for part in value)})"


def _moment(value: Any) -> str:
    if isinstance(value, timedelta):
        value = Duration(days=value.days, seconds=value.seconds, microseconds=value.microseconds)
    iso: str = value.iso_format() if hasattr(value, "iso_format") else value.isoformat()
    return iso
