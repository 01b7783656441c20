"""Everything a graph holds, node by node and relationship by relationship, in an order that can be taken up again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.database import Database, Query
from graph.moving.errors import UnknownContent
from graph.queries import moving

# Ids of 20,000 nodes are some 500 kB; each page of ids costs one sort on databases that do not read an index in order.
IDS_AT_ONCE = 20_000
# Nodes whose contents are read by one statement: with texts of 10 kB some 2 MB.
NODES_AT_ONCE = 200
# Properties of the Graph node that say how far a move or an import has come, and nothing about the graph.
MARK = frozenset({"unfinished", "move_of", "move_position"})


@dataclass(frozen=True, slots=True)
class Item:
    """A node (`target` is None) or a relationship: its label or type, the ids it goes by, what it carries.

    `canonical` is the same as text that is equal exactly where two items are equal, on whatever database they stand.
    """

    kind: str
    source: str
    target: str | None
    properties: Mapping[str, Any]
    canonical: bytes


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come: step, id of a node in it, items of that node that are done, items done in all."""

    step: int = 0
    id: str = ""
    of_node: int = 0
    done: int = 0

    def to_text(self) -> str:
        """As it stands in a property."""
        return json.dumps([self.step, self.id, self.of_node, self.done])

    @classmethod
    def from_text(cls, text: str) -> Position:
        """Read `to_text` back."""
        return cls(*json.loads(text))


START = Position()


@dataclass(frozen=True, slots=True)
class Step:
    """Part of a graph: the ids by which it is gone through, and what is read for some of them."""

    ids: Query
    items: Query


# Nodes come before the relationships that need them.
STEPS = (
    *(Step(moving.IDS[label], moving.NODES[label]) for label in ("Entity", "FormerId", "Article")),
    *(Step(moving.IDS[label], moving.LEAVING[label]) for label in ("FormerId", "Article", "Entity")),
)


def item(kind: str, source: str, target: str | None, properties: Mapping[str, Any]) -> Item:
    """An item; a property without a value is one that is not there. Raises UnknownContent for values of other kinds."""
    kept = {name: value for name, value in properties.items() if value is not None}
    return Item(kind, source, target, kept, _canonical([kind, source, target, kept]))


def _canonical(value: Any) -> bytes:
    """JSON in one spelling: names in order, "1" and "1.0" and "true" apart, numbers in their shortest exact form."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_other_value).encode()


def _other_value(value: Any) -> Any:
    """Values that JSON has no form for, as an object, which no property can be."""
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": value.hex()}
    for form in ("iso_format", "isoformat"):  # of the driver's times and of Python's
        if hasattr(value, form):
            return {type(value).__name__: getattr(value, form)()}
    raise UnknownContent(f"a property holds a {type(value).__name__}, which cannot be moved: remove it first")


def graph_node(database: Database) -> Item:
    """The node with the graph's version, without the mark of a move."""
    rows = database.read(moving.GRAPH_NODE).dicts()
    properties: Mapping[str, Any] = rows[0]["properties"] if rows else {"id": "graph"}
    return item("Graph", "graph", None, {name: properties[name] for name in properties if name not in MARK})


def size(database: Database) -> int:
    """How many nodes and relationships `content` is to give."""
    nodes, relationships, logged = (
        int(database.read(query).values[0][0])
        for query in (moving.COUNT_NODES, moving.COUNT_RELATIONSHIPS, moving.COUNT_LOGGED)
    )
    return nodes - 1 - logged + relationships


def content(database: Database, *, start: Position = START) -> Iterator[tuple[Position, Item]]:
    """Every item but the Graph node, each with the position behind it; from `start` on.

    Two runs over an unchanged graph give the same items in the same order. Raises UnknownContent for types of
    relationships that are not ours.
    """
    done = start.done
    for number, step in enumerate(STEPS[start.step :], start.step):
        begin = start if number == start.step else Position(number)
        for id, items in _by_node(database, step, begin.id):
            first = begin.of_node if id == begin.id else 0
            for place, found in enumerate(items[first:], first + 1):
                done += 1
                yield Position(number, id, place, done), found


def _by_node(database: Database, step: Step, start: str) -> Iterator[tuple[str, list[Item]]]:
    for ids in _pages(database, step.ids, start):
        for first in range(0, len(ids), NODES_AT_ONCE):
            some = ids[first : first + NODES_AT_ONCE]
            found: dict[str, list[Item]] = {id: [] for id in some}
            for row in database.read(step.items.with_parameters(ids=some)).dicts():
                found[row["source"]].extend(_item(row["source"], one) for one in row["items"])
            for id, items in found.items():
                yield id, sorted(items, key=lambda each: each.canonical)


def _pages(database: Database, query: Query, start: str) -> Iterator[Sequence[str]]:
    """Ids in the database's order, from `start` on."""
    ids = _page(database, query, start)
    while ids:
        yield ids
        ids = [id for id in _page(database, query, ids[-1]) if id != ids[-1]]


def _page(database: Database, query: Query, start: str) -> list[str]:
    return [row[0] for row in database.read(query.with_parameters(start=start, limit=IDS_AT_ONCE)).values]


def _item(source: str, found: Mapping[str, Any]) -> Item:
    kind, target = found["kind"], found.get("target")
    if target is not None and kind not in moving.CREATE_RELATIONSHIPS:
        raise UnknownContent(
            f"the graph holds relationships of type {kind}, which are not ours and would be lost: remove them first"
        )
    return item(kind, source, target, found["properties"])
