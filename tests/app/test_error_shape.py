"""Every error has one shape, and every error of the graph has its status."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.problems import CODES, MEDIA_TYPE, STATUS_OF, Problem
from app.settings import Settings
from graph import errors

BASE_URL = "http://127.0.0.1:8000"
IN_PATH = "/api/v1/entities/Q0"
ERRORS: list[errors.GraphError] = [
    errors.GraphError("odd"),
    errors.DatabaseUnavailable("the database does not answer"),
    errors.CommitUnknown("the connection broke during a commit"),
    errors.TiesClaimed("another process is loading articles"),
    errors.FolderTaken("data", errors.LockHolder(pid=7, service=None, since="2026-01-01")),
    errors.StatementError("wrong", statement="RETRUN 1", line=1, column=1, offset=0),
    errors.StatementRefused("it would write", statement="CREATE (n)"),
    errors.ConstraintViolated("the id exists already"),
    errors.StatementStopped("stopped after 10 s"),
    errors.TextNotKept("no texts"),
    errors.NotInGraph("not there", "Q0"),
    errors.UnknownEntity("Q0"),
    errors.UnknownArticle("Q0"),
    errors.EntityMerged("Q0", "Q794"),
]


def every_error(kind: type[errors.GraphError] = errors.GraphError) -> Iterator[type[errors.GraphError]]:
    """All classes of the graph's error tree."""
    yield kind
    for child in kind.__subclasses__():
        yield from every_error(child)


class FailingApp:
    """A service in which every question about an entity ends in one error."""

    def __init__(self, error: Exception) -> None:
        self.app: FastAPI = create_app(Settings(), store=self)  # type: ignore[arg-type]
        self._error = error

    def entity(self, _entity_id: str) -> None:
        raise self._error

    def neighbourhood(self, *_: object, **__: object) -> None:
        raise self._error

    def ask(self, path: str) -> Any:
        client = TestClient(self.app, base_url=BASE_URL, follow_redirects=False, raise_server_exceptions=False)
        return client.get(path)


def check_shape(response: Any) -> dict[str, Any]:
    """The answer is a problem document that tells its own status, with a known code and something to read."""
    assert response.headers["content-type"] == MEDIA_TYPE
    problem: dict[str, Any] = response.json()
    assert Problem.model_validate(problem).model_dump(exclude_none=True) == problem
    assert problem["status"] == response.status_code
    assert problem["code"] in CODES
    assert problem["detail"]
    return problem


def test_every_error_of_the_graph_is_mapped() -> None:
    """Each class of the tree has a status and a code of its own, and each is tried below."""
    tree = {kind for kind in every_error() if kind.__module__ == errors.__name__}
    assert set(STATUS_OF) == tree
    assert {type(error) for error in ERRORS} == tree


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_of_the_graph(error: errors.GraphError) -> None:
    """Each error of the graph becomes a problem document with the status and code of the table."""
    response = FailingApp(error).ask(IN_PATH)
    problem = check_shape(response)
    assert (response.status_code, problem["code"]) == STATUS_OF[type(error)]


def test_statement_errors_tell_their_place() -> None:
    """Line, column, offset and the statement stand in the document."""
    problem = FailingApp(errors.StatementError("wrong", statement="X", line=1, column=2, offset=1)).ask(IN_PATH).json()
    assert {name: problem[name] for name in ("statement", "line", "column", "offset")} == {
        "statement": "X",
        "line": 1,
        "column": 2,
        "offset": 1,
    }


def test_unknown_ids_in_path_and_as_parameter() -> None:
    """An unknown id is a 404 in the path and a 422 as a parameter, which the document names."""
    failing = FailingApp(errors.UnknownEntity("Q0"))
    assert failing.ask(IN_PATH).status_code == 404
    problem = check_shape(failing.ask("/api/v1/graph?entity=Q794&entity=Q0"))
    assert (problem["status"], problem["code"], problem["id"]) == (422, "unknown_entity", "Q0")
    assert [(one["where"], one["field"]) for one in problem["errors"]] == [("query", "entity")]


def test_unknown_id_that_was_not_asked_for() -> None:
    """An unknown id that stands nowhere in the request is still told."""
    problem = check_shape(FailingApp(errors.UnknownEntity("Q1")).ask(IN_PATH))
    assert (problem["status"], problem["id"], "errors" in problem) == (422, "Q1", False)


def test_merged_id_keeps_the_rest_of_the_address() -> None:
    """A merged id leads to the same address, escaped where it must be, with the id that counts."""
    response = FailingApp(errors.EntityMerged("Q0", "x-a b/c")).ask("/api/v1/graph?entity=Q0&type=person&entity=Q%2B1")
    assert response.headers["location"] == "/api/v1/graph?entity=x-a+b%2Fc&type=person&entity=Q%2B1"
    response = FailingApp(errors.EntityMerged("Q0", "x-a b/c")).ask(IN_PATH)
    assert response.headers["location"] == "/api/v1/entities/x-a%20b%2Fc"


def test_what_nobody_expected_is_not_shown() -> None:
    """An unforeseen error is a 500 that says nothing of its inside."""
    response = FailingApp(ZeroDivisionError("secret inside")).ask(IN_PATH)
    problem = check_shape(response)
    assert (problem["status"], problem["code"]) == (500, "internal_error")
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        ("limit=0", ["limit"]),
        ("limit=1001", ["limit"]),
        ("limit=many", ["limit"]),
        ("offset=-1", ["offset"]),
        ("type=planet", ["type.0"]),
        ("limit=0&offset=-1", ["limit", "offset"]),
    ],
)
def test_parameters_out_of_range(client: TestClient, parameters: str, fields: list[str]) -> None:
    """A parameter that is not allowed is a 422 that lists it and says what is allowed."""
    problem = check_shape(client.get(f"/api/v1/entities?{parameters}"))
    assert (problem["status"], problem["code"]) == (422, "invalid_request")
    assert [one["field"] for one in problem["errors"]] == fields
    assert all(one["message"] for one in problem["errors"])


@pytest.mark.parametrize(
    "window",
    [
        "since=2024",
        "since=2024-05",
        "since=2024-02-30",
        "since=0000-01-01",
        "until=yesterday",
        "until=2024-05-17T10:00:00Z",
        "since=%D9%A2%D9%A0%D9%A2%D9%A4-01-01",
        "since=2024-05-18&until=2024-05-17",
    ],
)
def test_windows_are_days(client: TestClient, window: str) -> None:
    """A window's sides are days of the calendar, the first not after the last."""
    problem = check_shape(client.get(f"/api/v1/entities/Q794/co-mentions?{window}"))
    assert (problem["status"], problem["code"]) == (422, "invalid_request")
    assert problem["errors"][0]["field"] in ("since", "until")


def test_many_errors_are_summed_up(client: TestClient) -> None:
    """The detail names the first errors and counts the rest."""
    problem = check_shape(client.get("/api/v1/entities?limit=0&offset=-1&type=a&type=b&type=c"))
    assert problem["detail"].endswith("; and 2 more")
    assert len(problem["errors"]) == 5


def test_nothing_there(client: TestClient) -> None:
    """An address that is none, or that takes other methods, is a problem document too."""
    assert check_shape(client.get("/api/v1/nothing"))["code"] == "not_found"
    assert check_shape(client.get("/api/v1/entities/"))["code"] == "not_found"
    response = client.put("/api/v1/stats")
    assert check_shape(response)["code"] == "method_not_allowed"
    assert response.headers["allow"] == "GET"
    assert client.put("/api/v1/articles").headers["allow"] == "GET, POST"
    assert client.post("/").headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b'{"title": "a"}', "text/plain", 422),
        (b"\xff\xfe\xfd", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (json.dumps({"statement": "\ud800"}).encode(), "application/json", 422),
    ],
)
def test_bodies_that_cannot_be_read(client: TestClient, content: bytes, kind: str, status: int) -> None:
    """A body that is no JSON, or none that can be read, is a problem document."""
    response = client.post("/api/v1/cypher", content=content, headers={"Content-Type": kind})
    assert check_shape(response)["status"] == status


def test_bodies_that_are_too_large(make_client: Any) -> None:
    """A body beyond the limit is a 413, told by its length or by what arrives."""
    client = make_client(max_body_mb=1)
    whole = client.post("/api/v1/articles", content=b" " * 1_000_001, headers={"Content-Type": "application/json"})
    assert check_shape(whole)["code"] == "too_large"
    parts = (b" " * 100_000 for _ in range(11))
    streamed = client.post("/api/v1/articles", content=parts, headers={"Content-Type": "application/json"})
    assert check_shape(streamed)["code"] == "too_large"
