"""Graph values of the driver as JSON in the shape of Neo4j's Query API."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from building import extraction
from neo4j.graph import Graph, Node, Path, Relationship
from neo4j.spatial import CartesianPoint, WGS84Point
from neo4j.time import Date, DateTime, Duration, Time

from app.cypher_values import to_json
from graph.store import GraphStore


def node(graph: Graph, number: int, name: str) -> Node:
    """A node as the driver makes it."""
    return Node(graph, f"4:{number}", number, ["Entity", "Article"], {"name": name, "seen": Date(2024, 5, 17)})


def tie(graph: Graph, number: int, start: Node, end: Node) -> Relationship:
    """A relationship as the driver makes it."""
    relationship = graph.relationship_type("CO_MENTIONED")(graph, f"5:{number}", number, {"articles": 3})
    relationship._start_node, relationship._end_node = start, end
    return relationship


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (1.5, 1.5),
        (float("nan"), "NaN"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        ("text", "text"),
        (b"ab", "YWI="),
        (date(2024, 5, 17), "2024-05-17"),
        (datetime(2024, 5, 17, 10, tzinfo=UTC), "2024-05-17T10:00:00+00:00"),
        (timedelta(days=1, seconds=2), "P1DT2S"),
        (Date(2024, 5, 17), "2024-05-17"),
        (DateTime(2024, 5, 17, 10, 0, 0), "2024-05-17T10:00:00.000000000"),
        (Time(10, 0, 0), "10:00:00.000000000"),
        (Duration(months=14, days=3), "P1Y2M3D"),
        (WGS84Point((1.5, 2.0)), "SRID=4326;POINT (1.5 2.0)"),
        (CartesianPoint((1.0, 2.0, 3.0)), "SRID=9157;POINT Z (1.0 2.0 3.0)"),
        ([1, (2, {"a": Date(2024, 1, 1)})], [1, [2, {"a": "2024-01-01"}]]),
        (frozenset({1}), [1]),
        (1 + 2j, "(1+2j)"),
    ],
)
def test_plain_values(value: Any, expected: Any) -> None:
    """Numbers, text, dates, points, lists and maps become what JSON has for them."""
    assert to_json(value) == expected


def test_node_and_relationship() -> None:
    """A node has labels and properties, a relationship its type and both ends."""
    graph = Graph()
    iran, israel = node(graph, 1, "Iran"), node(graph, 2, "Israel")
    assert to_json(iran) == {
        "elementId": "4:1",
        "labels": ["Article", "Entity"],
        "properties": {"name": "Iran", "seen": "2024-05-17"},
    }
    assert to_json(tie(graph, 9, iran, israel)) == {
        "elementId": "5:9",
        "type": "CO_MENTIONED",
        "startNodeElementId": "4:1",
        "endNodeElementId": "4:2",
        "properties": {"articles": 3},
    }


def test_relationship_without_known_ends() -> None:
    """A relationship whose nodes did not come along still becomes JSON."""
    relationship = Graph().relationship_type("LEADS")(Graph(), "5:1", 1, {})
    assert to_json(relationship)["startNodeElementId"] is None


def test_path() -> None:
    """A path is the list of its nodes and relationships in turn."""
    graph = Graph()
    iran, israel, lebanon = (node(graph, number, name) for number, name in enumerate(["Iran", "Israel", "Lebanon"]))
    path = Path(iran, tie(graph, 7, iran, israel), tie(graph, 8, israel, lebanon))
    steps = to_json(path)
    assert [step["elementId"] for step in steps] == ["4:0", "5:7", "4:1", "5:8", "4:2"]
    assert json.dumps(steps)


def test_a_graph_can_be_drawn_from_rows(store: GraphStore) -> None:
    """On every database, ends of relationships are the ids of nodes, wherever in a row they stand."""
    store.write([extraction("a1", [["Q1", "Q2", "Q3"]], date="2024-05-17")])
    statement = (
        "MATCH p = (a:Entity {id: 'Q1'})-[t:CO_MENTIONED]-(b:Entity)-[u:CO_MENTIONED]-(c:Entity {id: 'Q3'}) "
        "WHERE b.id = 'Q2' RETURN a, t, p, [b, {more: u}] AS both"
    )
    ((one, tie, path, (two, others)),) = (
        [to_json(value) for value in row]
        for row in store.cypher(statement, {}, level="strict", seconds=10, rows=5).values
    )
    assert {tie["startNodeElementId"], tie["endNodeElementId"]} == {one["elementId"], two["elementId"]}
    assert [step["elementId"] for step in path[:4]] == [
        one["elementId"],
        tie["elementId"],
        two["elementId"],
        others["more"]["elementId"],
    ]
    assert [step["properties"]["id"] for step in path[::2]] == ["Q1", "Q2", "Q3"]
    assert others["more"]["type"] == "CO_MENTIONED"


def test_ends_that_did_not_come_along_can_be_asked_for(store: GraphStore) -> None:
    """A relationship alone names its ends, by which a second statement gets the nodes."""
    store.write([extraction("a1", [["Q1", "Q2"]])])

    def ask(statement: str, **parameters: Any) -> Any:
        return store.cypher(statement, parameters, level="strict", seconds=10, rows=5).values

    ((tie,),) = ask("MATCH (:Entity)-[t:CO_MENTIONED]->() RETURN t")
    ends = [to_json(tie)[end] for end in ("startNodeElementId", "endNodeElementId")]
    nodes = [to_json(node) for (node,) in ask("MATCH (n) WHERE elementId(n) IN $ids RETURN n", ids=ends)]
    assert {node["elementId"]: node["properties"]["id"] for node in nodes} == dict(zip(ends, ["Q1", "Q2"], strict=True))
