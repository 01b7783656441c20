"""The client of a running service: what it makes of answers, good and bad."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from app.service_client import ServiceClient, ServiceError
from graph.errors import StatementError, StatementStopped, UnknownArticle
from graph.model import Article
from ingest.articles import article_from_json

Answer = Callable[[str, str, Any], tuple[int, Any]]


class Service:
    """A server on loopback that answers as it is told and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, str, Any, str | None]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self.answer
                raise AttributeError(name)

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                service.asked.append((self.command, self.path, body, self.headers.get("Authorization")))
                status, content = answer(self.command, self.path, body)
                data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Service]]:
    """Starts services, and stops them at the end."""
    started: list[Service] = []

    def start(answer: Answer) -> Service:
        started.append(Service(answer))
        return started[-1]

    yield start
    for service in started:
        service.stop()


def problem(status: int, detail: str, **more: Any) -> Answer:
    """A service that always answers with the same problem."""
    return lambda *_: (status, {"title": "A problem", "status": status, "detail": detail, **more})


def articles(*numbers: int) -> list[Article]:
    """Articles with these numbers as their ids."""
    return [article_from_json({"id": str(n), "publisher": "X", "title": f"T{n}", "text": "Iran."}) for n in numbers]


def test_articles_are_sent_as_a_list_and_results_read_back(serve: Callable[[Answer], Service]) -> None:
    """Each article has its result, with what was written where the service says so."""
    results = [
        {"id": "a1", "given_id": "1", "outcome": "new", "reason": None, "mentions": 3, "entities": ["Q794"]},
        {"id": "a2", "outcome": "failed", "reason": "not stored"},
    ]
    service = serve(lambda *_: (200, {"results": results}))
    with ServiceClient(service.address, api_key="key") as client:
        first, second = client.store(articles(1, 2))
    assert (first.id, first.given_id, first.outcome, first.mentions, first.entities) == ("a1", "1", "new", 3, ("Q794",))
    assert (second.outcome, second.reason, second.mentions) == ("failed", "not stored", 0)
    method, path, body, key = service.asked[0]
    assert (method, path, key) == ("POST", "/api/v1/articles", "Bearer key")
    assert [article["id"] for article in body] == ["1", "2"]


def test_a_batch_that_is_too_large_is_halved(serve: Callable[[Answer], Service]) -> None:
    """The service takes one at a time: all are stored, in order."""

    def answer(_method: str, _path: str, body: Any) -> tuple[int, Any]:
        if len(body) > 1:
            return 413, {"detail": "too large"}
        return 200, {"results": [{"id": body[0]["id"], "outcome": "new"}]}

    service = serve(answer)
    with ServiceClient(service.address, api_key=None) as client:
        results = client.store(articles(1, 2, 3))
    assert [result.id for result in results] == ["1", "2", "3"]
    assert service.asked[0][3] is None


def test_an_article_that_is_refused_alone_has_failed(serve: Callable[[Answer], Service]) -> None:
    """The reason is the service's."""
    with ServiceClient(serve(problem(422, "it has neither title nor text")).address, api_key=None) as client:
        (result,) = client.store(articles(1))
    assert (result.given_id, result.outcome, result.reason) == ("1", "failed", "it has neither title nor text")


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_write_names_the_setting(serve: Callable[[Answer], Service], status: int) -> None:
    """Who lacks the key is told which variable to set; the key itself is not shown."""
    service = serve(problem(status, "Writing needs the key"))
    with ServiceClient(service.address, api_key="hush") as client, pytest.raises(ServiceError) as raised:
        client.store(articles(1))
    assert "EIG_API_KEY" in str(raised.value)
    assert "hush" not in str(raised.value)


def test_a_fault_of_the_service_is_told(serve: Callable[[Answer], Service]) -> None:
    """Its status and its words, also where it does not answer with JSON."""
    with (
        ServiceClient(serve(lambda *_: (500, "<html>")).address, api_key=None) as client,
        pytest.raises(ServiceError, match="500: Internal Server Error"),
    ):
        client.stats()
    with (
        ServiceClient(serve(lambda *_: (503, [1])).address, api_key=None) as client,
        pytest.raises(ServiceError, match="503: Service Unavailable"),
    ):
        client.delete("a1")


def test_a_service_that_is_gone_is_told() -> None:
    """The address is named, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with ServiceClient(address, api_key=None) as client, pytest.raises(ServiceError, match="does not answer"):
        client.stats()


def test_deleting_an_unknown_article_says_so(serve: Callable[[Answer], Service]) -> None:
    """404 is UnknownArticle, as if the graph had been asked itself; 204 is done."""
    with (
        ServiceClient(serve(problem(404, "no article")).address, api_key=None) as client,
        pytest.raises(UnknownArticle),
    ):
        client.delete("a1")
    service = serve(lambda *_: (204, ""))
    with ServiceClient(service.address, api_key=None) as client:
        client.delete("a1")
    assert service.asked[0][:2] == ("DELETE", "/api/v1/articles/a1")


def test_cypher_answers_rows(serve: Callable[[Answer], Service]) -> None:
    """Fields, values and whether they were cut."""
    answer = {"data": {"fields": ["n"], "values": [[1], [2]]}, "truncated": True}
    service = serve(lambda *_: (200, answer))
    with ServiceClient(service.address, api_key=None) as client:
        rows = client.cypher("UNWIND $a AS n RETURN n", {"a": [1, 2]})
    assert (rows.fields, rows.values, rows.truncated) == (("n",), ((1,), (2,)), True)
    assert service.asked[0][2] == {"statement": "UNWIND $a AS n RETURN n", "parameters": {"a": [1, 2]}}


def test_a_wrong_statement_keeps_its_place(serve: Callable[[Answer], Service]) -> None:
    """Line, column and offset come back as the graph would have raised them."""
    service = serve(problem(400, "Invalid input", line=1, column=3, offset=2))
    with ServiceClient(service.address, api_key=None) as client, pytest.raises(StatementError) as raised:
        client.cypher("REPURN 1", {})
    error = raised.value
    assert (str(error), error.statement, error.line, error.column, error.offset) == (
        "Invalid input",
        "REPURN 1",
        1,
        3,
        2,
    )


def test_a_stopped_statement_says_so(serve: Callable[[Answer], Service]) -> None:
    """408 is StatementStopped."""
    with (
        ServiceClient(serve(problem(408, "stopped after 10 s")).address, api_key=None) as client,
        pytest.raises(StatementStopped, match="stopped after 10 s"),
    ):
        client.cypher("RETURN 1", {})


def test_all_pages_of_articles_are_read(serve: Callable[[Answer], Service]) -> None:
    """Every stored article is asked for by its id, page after page."""

    def answer(_method: str, path: str, _body: Any) -> tuple[int, Any]:
        if "?" not in path:
            return 200, {"id": path.rpartition("/")[2], "text": "T"}
        offset = int(path.partition("offset=")[2])
        ids = [f"a{n}" for n in range(offset, min(offset + 200, 250))]
        return 200, {"total": 250, "results": [{"id": id} for id in ids]}

    with ServiceClient(serve(answer).address, api_key=None) as client:
        assert [article["id"] for article in client.articles()] == [f"a{n}" for n in range(250)]
