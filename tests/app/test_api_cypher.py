"""Ad-hoc Cypher over HTTP."""

import asyncio
import json
import time
from typing import Any

import pytest
from api_reading import read
from fastapi.testclient import TestClient
from starlette.types import Message

SLOW = "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 9000) AS c RETURN sum(a * b * c) AS s"


COSTLY = "RETURN reduce(total = 0, n IN range(1, 20000) | total + n) AS total"
KEY = "a-long-and-secret-key"
WITH_KEY = {"Authorization": f"Bearer {KEY}"}


def ask(client: TestClient, statement: str, **parameters: Any) -> Any:
    """The response to a statement."""
    return client.post("/api/v1/cypher", json={"statement": statement, "parameters": parameters})


def test_rows(client: TestClient) -> None:
    """A statement answers with its fields and rows, parameters filled in."""
    response = ask(client, "MATCH (e:Entity {id: $id}) RETURN e.name AS name, e.type AS type", id="Q794")
    assert response.status_code == 200, response.text
    assert response.json() == {"data": {"fields": ["name", "type"], "values": [["Iran", "state"]]}, "truncated": False}


def test_parameters_may_be_left_out(client: TestClient) -> None:
    """A statement alone is enough."""
    response = client.post("/api/v1/cypher", json={"statement": "RETURN 1 AS one"})
    assert response.json()["data"] == {"fields": ["one"], "values": [[1]]}


def test_no_rows(client: TestClient) -> None:
    """A statement that finds nothing answers without rows."""
    response = ask(client, "MATCH (e:Entity {id: 'Q0'}) RETURN e.name AS name")
    assert (response.status_code, response.json()["data"]["values"]) == (200, [])


def test_graph_values(client: TestClient) -> None:
    """Nodes, relationships and paths come as Neo4j's Query API shows them."""
    statement = "MATCH p = (a:Article)-[m:MENTIONS]->(e:Entity {id: 'Q159'}) RETURN e, m, p"
    ((entity, mention, path),) = ask(client, statement).json()["data"]["values"]
    assert (entity["labels"], entity["properties"]["name"]) == (["Entity"], "Russia")
    assert (mention["type"], mention["endNodeElementId"]) == ("MENTIONS", entity["elementId"])
    assert [step["elementId"] for step in path][1:] == [mention["elementId"], entity["elementId"]]


def test_names_for_statements(client: TestClient) -> None:
    """Labels, types, properties, functions and procedures come for an editor, and statements may use them."""
    names = read(client, "/cypher/schema")
    labels = {one["name"]: one["properties"] for one in names["labels"]}
    assert "published_at" in labels["Article"]
    assert "CO_MENTIONED" in {one["name"] for one in names["relationship_types"]}
    for name in labels["Entity"]:
        assert name in names["properties"]
        assert ask(client, f"MATCH (e:Entity) RETURN e.{name} LIMIT 1").status_code == 200
    assert {"size", "collect"} <= set(names["functions"])
    assert "db.labels" in names["procedures"]


def test_rows_are_cut_and_that_is_said(make_client: Any) -> None:
    """More rows than the setting allows are cut, and the answer says so."""
    client = make_client(cypher_rows=3)
    cut = ask(client, "UNWIND range(1, 4) AS n RETURN n").json()
    assert (cut["data"]["values"], cut["truncated"]) == ([[1], [2], [3]], True)
    assert ask(client, "UNWIND range(1, 3) AS n RETURN n").json()["truncated"] is False


def test_wrong_statement_has_its_place(client: TestClient) -> None:
    """A statement that is wrong is a 400 with the place of the error and the statement."""
    response = ask(client, "MATCH (e:Entity)\nRETRUN e")
    problem = response.json()
    assert response.status_code == 400
    assert problem["statement"] == "MATCH (e:Entity)\nRETRUN e"
    assert (problem["line"], problem["column"], problem["offset"]) == (2, 1, 17)


def test_statement_that_the_database_does_not_accept(client: TestClient) -> None:
    """A mistake that only the database can see is a 400 too, with its words."""
    problem = ask(client, "MATCH (e:Entity) RETURN unknown_name").json()
    assert (problem["status"], problem["code"]) == (400, "statement_error")
    assert "unknown_name" in problem["detail"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (n:Entity {id: 'Q1'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Entity) SET n.name = 'x' RETURN n",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    ],
)
@pytest.mark.parametrize("level", ["strict", "trusted"])
def test_nothing_but_reading(make_client: Any, statement: str, level: str) -> None:
    """A statement that would write or leave the database is a 400, at both levels, and changes nothing."""
    client = make_client(cypher=level)
    before = client.get("/api/v1/stats").json()
    response = ask(client, statement)
    assert response.status_code == 400, response.text
    assert response.json()["code"] in ("statement_refused", "statement_error")
    assert client.get("/api/v1/stats").json() == before


def level_of(client: TestClient, **headers: str) -> str:
    """At which level the service takes a statement that `strict` refuses."""
    response = client.post("/api/v1/cypher", json={"statement": COSTLY}, headers=headers)
    if response.status_code == 400:
        assert response.json()["code"] == "statement_refused"
        return "strict"
    assert response.json()["data"]["values"] == [[200010000]]
    return "trusted"


@pytest.mark.parametrize(
    ("settings", "headers", "level"),
    [
        ({}, {}, "trusted"),
        ({"api_key": KEY}, {}, "trusted"),
        ({"host": "0.0.0.0"}, {}, "strict"),
        ({"host": "0.0.0.0", "api_key": KEY}, {}, "strict"),
        ({"host": "0.0.0.0", "api_key": KEY}, WITH_KEY, "trusted"),
        ({"host": "0.0.0.0"}, WITH_KEY, "strict"),
        ({"host": "0.0.0.0", "api_key": KEY}, {"Authorization": "Basic cmVhZGVyOnNlY3JldA=="}, "strict"),
        ({"host": "0.0.0.0", "api_key": KEY, "cypher": "strict"}, WITH_KEY, "strict"),
        ({"host": "0.0.0.0", "cypher": "trusted"}, {}, "trusted"),
        ({"cypher": "strict"}, {}, "strict"),
        ({"hosts": ("news.example.org",)}, {"Host": "news.example.org"}, "strict"),
        ({"hosts": ("news.example.org",), "api_key": KEY}, {"Host": "news.example.org"} | WITH_KEY, "trusted"),
        ({"cors_origins": ("https://a.example",)}, {"Origin": "https://a.example"}, "strict"),
        ({"cors_origins": ("https://a.example",)}, {"Origin": "http://127.0.0.1:8000"}, "trusted"),
    ],
)
def test_who_is_trusted(make_client: Any, settings: dict[str, Any], headers: dict[str, str], level: str) -> None:
    """Trusted are loopback and the holder of the key, unless EIG_CYPHER says one level for all."""
    assert level_of(make_client(**settings), **headers) == level


def test_connection_from_elsewhere_is_a_strangers(client: TestClient) -> None:
    """A connection that did not come in on loopback is not trusted, whatever the settings say."""
    elsewhere = TestClient(client.app, base_url="http://10.0.0.5:8000", headers={"Host": "localhost"})
    assert level_of(elsewhere) == "strict"


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_wrong_key_is_said(make_client: Any, host: str) -> None:
    """Who sends a key that is not the service's learns of it, instead of being taken for a stranger."""
    client = make_client(host=host, api_key=KEY)
    response = client.post("/api/v1/cypher", json={"statement": COSTLY}, headers={"Authorization": "Bearer other"})
    assert (response.status_code, response.json()["code"]) == (401, "key_needed")


def test_key_is_described_as_a_choice(client: TestClient) -> None:
    """The API's description says that a statement may come with the key or without."""
    operation = client.get("/openapi.json").json()["paths"]["/api/v1/cypher"]["post"]
    assert operation["security"] == [{"EIG_API_KEY": []}, {}]
    assert "Authorization: Bearer" in operation["description"]


def test_time_limit(make_client: Any) -> None:
    """A statement that takes too long is stopped and answered with 408."""
    started = time.monotonic()
    response = ask(make_client(cypher_seconds=0.5), SLOW)
    assert (response.status_code, response.json()["code"]) == (408, "statement_stopped")
    assert time.monotonic() - started < 30


def test_statement_ends_with_its_client(make_client: Any) -> None:
    """When the client closes its connection, nobody goes on working for it."""
    client = make_client(cypher_seconds=4)  # the engine itself computes on until then
    body = json.dumps({"statement": SLOW}).encode()
    sent: list[Message] = []

    async def call() -> None:
        messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Message:
            if messages:
                return messages.pop()
            await asyncio.sleep(0.2)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
        scope = {
            **{"type": "http", "method": "POST", "path": "/api/v1/cypher", "raw_path": b"/api/v1/cypher"},
            **{"query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http", "root_path": ""},
            **{"server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 5000)},
        }
        await client.app(scope, receive, send)

    asyncio.run(call())
    assert sent[0]["status"] == 499


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"statement": ""},
        {"statement": 7},
        {"statement": "RETURN 1", "parameters": [1]},
        {"statement": "RETURN $n", "parameters": {"n": 2**63}},
    ],
)
def test_what_is_no_statement(client: TestClient, body: Any) -> None:
    """A body of another shape, and parameters that no database takes, are a 422."""
    response = client.post("/api/v1/cypher", json=body)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_half_surrogate_pairs(client: TestClient) -> None:
    """Text that is no Unicode is refused, in the statement and in parameters."""
    for body in (b'{"statement": "RETURN \'\\ud800\'"}', b'{"statement": "RETURN $a", "parameters": {"a": "\\udfff"}}'):
        response = client.post("/api/v1/cypher", content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 422, response.text


def test_odd_numbers_are_json(client: TestClient) -> None:
    """What JSON has no number for comes as text."""
    assert ask(client, "RETURN 0.0 / 0.0 AS n").json()["data"]["values"] == [["NaN"]]
